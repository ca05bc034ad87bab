"""A person with a set-up, and the job that talks in it, for the tests of the set-up API."""

import time
from typing import Any

import httpx

from agent.token_server_client import mint_worker_jwt
from storage.models.setup import SetupConversation
from tests.api.support import WORKER_SECRET, Person, World

DRAFT: dict[str, Any] = {
    "role": "Backend engineer",
    "interview_type": "technical",
    "level": "senior",
    "question_count": 4,
    "technologies": ["Go", "PostgreSQL"],
}
"""All that must be known."""
NOTHING: dict[str, Any] = dict.fromkeys((*DRAFT, "tone", "job_description", "remarks", "use_resume"))


async def begin(person: Person) -> str:
    response = await person.call("POST", "/api/setup-conversations", json={})
    assert response.status_code == 201, response.text
    return response.json()["id"]


async def change(person: Person, setup_id: str, revision: int, **fields: Any) -> dict[str, Any]:
    response = await person.call("PATCH", path_of(setup_id), json={"revision": revision} | fields)
    assert response.status_code == 200, response.text
    return response.json()


async def read(person: Person, setup_id: str) -> dict[str, Any]:
    response = await person.call("GET", path_of(setup_id))
    assert response.status_code == 200, response.text
    return response.json()


async def listed(person: Person, **query: Any) -> list[str]:
    response = await person.call("GET", "/api/setup-conversations", params=query)
    assert response.status_code == 200, response.text
    return [item["id"] for item in response.json()["items"]]


async def stored(world: World, setup_id: str) -> SetupConversation:
    return await world.store.setup(setup_id)


async def as_job(
    world: World, method: str, setup_id: str, call: str, body: Any = None, *, subject: str | None = None
) -> httpx.Response:
    """A call of the set-up's job, or of whoever `subject` is."""
    signed = mint_worker_jwt(WORKER_SECRET, subject or f"setup:{setup_id}", time.time())
    return await world.http.request(
        method,
        f"/api/worker/setup-conversations/{setup_id}/{call}",
        json=body,
        headers={"Authorization": f"Bearer {signed}"},
    )


async def join(world: World, setup_id: str, job_id: str = "job-1") -> dict[str, Any]:
    """The assistant's job joins, with the candidate in the room."""
    setup = await stored(world, setup_id)
    world.rooms.enter(room_of(setup_id), candidate=f"candidate-{setup.owner_id}", agent=f"agent-{job_id}")
    response = await as_job(world, "POST", setup_id, "join", {"job_id": job_id})
    assert response.status_code == 200, response.text
    return response.json()


def path_of(setup_id: str) -> str:
    return f"/api/setup-conversations/{setup_id}"


def room_of(setup_id: str) -> str:
    return f"setup-{setup_id}"
