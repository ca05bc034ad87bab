"""The token server over the fakes, called as a page or a program would call it."""

import io
import json
import tempfile
import zipfile
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from pydantic import SecretStr

from prompts.question_bank import load_bank
from storage.models.attempt import Attempt, Measurements, Position
from storage.models.room import attempt_room
from storage.models.transcript import Turn
from storage.models.worker_api import WorkerHeartbeat
from storage.recordings import FolderFiles
from tests.fakes.auth import JWT_SECRET, FakeAuth
from tests.fakes.rooms import FakeRooms
from tests.fakes.store import FakeStore
from tests.support.samples import feedback, turn
from token_server.auth.access_tokens import SharedSecretVerifier
from token_server.main import create_app
from token_server.metrics import Metrics
from token_server.planning import PlanWriter
from token_server.services import Services, assemble
from token_server.settings import TokenServerSettings

PASSWORD = "correct horse battery"
BASE_URL = "http://127.0.0.1:8000"
WORKER_SECRET = "worker-secret-of-more-than-thirty-two-characters"
LIVEKIT_SECRET = "livekit-secret-of-more-than-thirty-two-chars"
NEW_INTERVIEW: dict[str, Any] = {
    "role": "Backend developer",
    "interview_type": "technical",
    "level": "mid",
    "technologies": ["Python", "PostgreSQL"],
    "question_count": 3,
}


class MovableClock:
    def __init__(self) -> None:
        self.now = datetime.now(UTC)
        self._set_by = timedelta()

    def __call__(self) -> datetime:
        return self.now

    def pass_sec(self, sec: float) -> None:
        self.now += timedelta(seconds=sec)

    def set_by_sec(self, sec: float) -> None:
        """As an administrator or a machine that slept: no time passes."""
        self._set_by += timedelta(seconds=sec)
        self.now += timedelta(seconds=sec)

    def monotonic_sec(self) -> float:
        return (self.now - self._set_by).timestamp()


@dataclass
class World:
    """Everything behind the API, to set up and to look at."""

    settings: TokenServerSettings
    store: FakeStore
    auth: FakeAuth
    rooms: FakeRooms
    clock: MovableClock
    services: Services
    http: httpx.AsyncClient
    worker_id: str = "worker-1"

    async def beat_worker(
        self,
        *,
        capacity: int = 4,
        active: int = 0,
        warm: int = 1,
        registered: bool = True,
        outbox_problem: str | None = None,
    ) -> None:
        beat = WorkerHeartbeat(
            worker_id=self.worker_id,
            capacity=capacity,
            active=active,
            warm=warm,
            registered=registered,
            outbox_problem=outbox_problem,
        )
        await self.store.beat_worker(beat, now=self.clock())

    async def go_live(self, attempt_id: str, *, epoch: int = 1) -> None:
        """The interviewer's job joins and reports, with the candidate in the room."""
        attempt = await self.store.attempt(attempt_id)
        room = attempt_room(attempt_id)
        self.rooms.enter(room, candidate=f"candidate-{attempt.owner_id}", agent=f"agent-{epoch}")
        await self.store.join_attempt(attempt_id, epoch=epoch, now=self.clock())

    async def beat_attempt(self, attempt_id: str, *, epoch: int = 1) -> None:
        await self.store.beat_attempt(
            attempt_id, epoch=epoch, now=self.clock(), position=Position(), measurements=Measurements()
        )

    async def attempt(self, attempt_id: str) -> Attempt:
        return await self.store.attempt(attempt_id)


@dataclass
class Person:
    """Signed up, with a bearer token."""

    id: str
    email: str
    access_token: str
    refresh_token: str
    http: httpx.AsyncClient

    async def call(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.access_token}", **arguments.pop("headers", {})}
        return await self.http.request(method, path, headers=headers, **arguments)

    async def interview(self, **changes: Any) -> dict[str, Any]:
        response = await self.call("POST", "/api/interviews", json=NEW_INTERVIEW | changes)
        assert response.status_code == 201, response.text
        return response.json()

    async def start(self, interview_id: str | None = None, **arguments: Any) -> dict[str, Any]:
        interview_id = interview_id or (await self.interview())["id"]
        response = await self.call("POST", f"/api/interviews/{interview_id}/attempts", **arguments)
        assert response.status_code == 201, response.text
        return response.json()


def problem_of(response: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal, which must be a proper one."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    problem = response.json()
    assert problem["status"] == response.status_code
    return response.status_code, problem["code"]


def make_settings(**changes: Any) -> TokenServerSettings:
    given: dict[str, Any] = {
        "livekit_url": "ws://127.0.0.1:7880",
        "livekit_api_key": "devkey",
        "livekit_api_secret": SecretStr(LIVEKIT_SECRET),
        "supabase_url": "http://127.0.0.1:54321",
        "supabase_publishable_key": SecretStr("sb_publishable_test"),
        "supabase_secret_key": SecretStr("sb_secret_test"),
        "supabase_jwt_secret": SecretStr(JWT_SECRET),
        "worker_api_secret": SecretStr(WORKER_SECRET),
        "auth_answer_step_sec": 0.001,
        "heartbeat_lost_sec": 6.0,
        "dispatch_grace_sec": 10.0,
        # never a developer's own: the sweep removes recordings that its store doesn't know
        "mock_interview_data_dir": Path(tempfile.gettempdir()) / f"mock-interview-{uuid4()}",
        # whatever a developer's environment says
        "plan_with_llm": "off",
        "llm_provider": "auto",
        "openai_api_key": None,
        "openai_base_url": None,
    }
    return TokenServerSettings(**(given | changes), _env_file=None)  # pyright: ignore[reportCallIssue]


async def exported(person: Person) -> dict[str, Any]:
    """Of every file its content, parsed where it is JSON."""
    response = await person.call("GET", "/api/account/export")
    assert response.status_code == 200, response.text
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert archive.testzip() is None
    texts = {name: archive.read(name).decode() for name in archive.namelist()}
    return {name: json.loads(text) if name.endswith(".json") else text for name, text in texts.items()}


@asynccontextmanager
async def open_world(
    settings: TokenServerSettings, *, confirm_email: bool = False, plan_writer: PlanWriter | None = None
) -> AsyncGenerator[World]:
    clock = MovableClock()
    store = FakeStore(clock)
    auth = FakeAuth(store, confirm_email=confirm_email, clock=clock)
    rooms = FakeRooms(clock)
    files = FolderFiles(settings.recordings_dir)
    services = assemble(
        settings,
        store=store,
        auth=auth,
        rooms=rooms,
        recording_files=files,
        bank=load_bank(),
        verifier=SharedSecretVerifier(JWT_SECRET),
        metrics=Metrics(),
        clock=clock,
        monotonic_sec=clock.monotonic_sec,
        plan_writer=plan_writer,
    )
    # raise_app_exceptions: an unexpected error is to be seen as the caller sees it.
    transport = httpx.ASGITransport(create_app(services=services), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as http:
        made = World(settings, store, auth, rooms, clock, services, http)
        await made.beat_worker()
        yield made


async def sign_up(world: World, display_name: str = "Ada") -> Person:
    email = f"{uuid4().hex[:12]}@example.com"
    body = {"email": email, "password": PASSWORD, "display_name": display_name}
    response = await world.http.post("/api/auth/sign-up", json=body)
    assert response.status_code == 201, response.text
    world.http.cookies.clear()
    answer = response.json()
    return Person(answer["user"]["id"], email, answer["access_token"], answer["refresh_token"], world.http)


async def ended_attempt(
    world: World, person: Person, *, interview_id: str | None = None, said: Sequence[Turn] | None = None
) -> str:
    """The id of one that is over; by default it has one answer, whose seq is 10001."""
    attempt_id = (await person.start(interview_id))["attempt"]["id"]
    await world.go_live(attempt_id)
    await world.store.append_turns(attempt_id, [turn(10_001)] if said is None else said)
    await world.store.end_attempt(attempt_id, reason="completed", now=world.clock())
    return attempt_id


async def assess(world: World, attempt_id: str, **changes: Any) -> None:
    """The assessor gives this attempt, whose assessment waits, feedback with these changes."""
    work = await world.store.claim_assessment("assessor-1", lease_sec=60)
    assert work is not None
    assert work.attempt.id == attempt_id
    report = feedback(attempt_id, work.assessment.id).model_copy(update=changes)
    await world.store.finish_assessment(work.assessment.id, assessor_id="assessor-1", feedback=report)


async def assessed_attempt(world: World, person: Person, interview_id: str | None = None, **changes: Any) -> str:
    """The id of one that has feedback with these changes, a second after what was before."""
    world.clock.pass_sec(1)
    attempt_id = await ended_attempt(world, person, interview_id=interview_id)
    await assess(world, attempt_id, **changes)
    return attempt_id
