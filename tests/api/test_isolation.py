"""Every route of the OpenAPI document, called by everybody who may try. A new route must be added to the table.

Straight at Supabase, with every table and verb: tests/storage/test_row_level_security.py.
"""

import time
from dataclasses import dataclass
from typing import Any, Literal

import httpx
import jwt
import pytest

from tests.api.support import (
    BASE_URL,
    PASSWORD,
    WORKER_SECRET,
    Person,
    World,
    assessed_attempt,
    problem_of,
    sign_up,
)
from tests.fakes.auth import JWT_SECRET
from token_server.main import describe_app

pytestmark = pytest.mark.api

Caller = Literal[
    "owner",
    "other",
    "anonymous",
    "expired",
    "signed with another key",
    "alg none",
    "for another audience",
    "service role",
    "signed out",
    "participant token",
]
NO_CREDENTIALS: tuple[Caller, ...] = (
    "anonymous",
    "expired",
    "signed with another key",
    "alg none",
    "for another audience",
    "service role",
    "signed out",
    "participant token",
)
FOREIGN_KEY = "another-secret-that-is-long-enough-for-hs256"


@dataclass(frozen=True)
class Expected:
    """Statuses. `nobody` is everybody without the credentials of a person who is signed in."""

    owner: int
    other: int
    nobody: int = 401
    body: Any = None
    query: str = ""

    def of(self, caller: Caller) -> int:
        return {"owner": self.owner, "other": self.other}.get(caller, self.nobody)


def mine(owner: int, body: Any = None, query: str = "") -> Expected:
    """Of one person: for others it isn't there."""
    return Expected(owner, 404, body=body, query=query)


def ones_own(status: int, body: Any = None) -> Expected:
    """Of whoever calls."""
    return Expected(status, status, body=body)


def anybody(status: int, body: Any = None) -> Expected:
    """Needs no credentials."""
    return Expected(status, status, status, body=body)


JOB_ONLY = Expected(401, 401, body={})
"""The worker API knows no people."""
INTERVIEW = {"role": "Barista", "interview_type": "behavioral", "level": "mid", "technologies": [], "question_count": 1}
TRIES = {"email": "nobody@example.com", "password": "wrong password"}
NEW_PASSWORD = "a lamp beside the old harbour"

ROUTES: dict[str, Expected] = {
    "POST /api/auth/sign-up": anybody(422, {"email": "nobody", "password": PASSWORD, "display_name": "N"}),
    "POST /api/auth/sign-in": anybody(401, TRIES),
    "POST /api/auth/refresh": anybody(401, {"refresh_token": "made up"}),
    # Also for somebody who is signed out already; a token that is no token ends nothing.
    "POST /api/auth/sign-out": anybody(204),
    "POST /api/auth/sign-out-everywhere": ones_own(204),
    "POST /api/auth/password-reset": anybody(202, {"email": "nobody@example.com"}),
    "POST /api/auth/password-reset/confirm": anybody(401, TRIES | {"code": "123456", "password": NEW_PASSWORD}),
    "POST /api/auth/password": ones_own(200, {"current_password": PASSWORD, "password": NEW_PASSWORD}),
    "GET /api/auth/me": ones_own(200),
    "GET /api/auth/session": anybody(200),
    "PATCH /api/auth/me": ones_own(200, {"display_name": "Somebody"}),
    "GET /api/account/export": ones_own(200),
    "DELETE /api/account": ones_own(204, {"password": PASSWORD}),
    "POST /api/documents/read": ones_own(200, "We look for somebody who knows Python, PostgreSQL and Kafka well."),
    "GET /api/resume": ones_own(200),
    "PUT /api/resume": ones_own(200, {"text": "I have worked with Python and PostgreSQL for six years."}),
    "DELETE /api/resume": ones_own(204),
    "POST /api/interviews": ones_own(201, INTERVIEW),
    "GET /api/interviews": ones_own(200),
    "GET /api/interviews/technologies": ones_own(200),
    "GET /api/interviews/{interview_id}": mine(200),
    "PATCH /api/interviews/{interview_id}": mine(200, {"title": "Changed"}),
    "DELETE /api/interviews/{interview_id}": mine(204),
    "DELETE /api/interviews/{interview_id}/job-description": mine(204),
    "POST /api/interviews/{interview_id}/attempts": mine(201, {}),
    "GET /api/interviews/{interview_id}/comparison": mine(409),
    "GET /api/attempts/{attempt_id}": mine(200),
    "POST /api/attempts/{attempt_id}/connection": mine(409),
    "POST /api/attempts/{attempt_id}/commands": mine(409, {"command": "skip"}),
    "POST /api/attempts/{attempt_id}/end": mine(202),
    "GET /api/attempts/{attempt_id}/turns": mine(200),
    "PUT /api/attempts/{attempt_id}/turns/{seq}/correction": mine(200, {"text": "What I said."}),
    "DELETE /api/attempts/{attempt_id}/turns/{seq}/correction": mine(204),
    "GET /api/recording-terms": ones_own(200),
    "GET /api/attempts/{attempt_id}/recordings": mine(200),
    "GET /api/attempts/{attempt_id}/recordings/{epoch}": mine(404),
    "DELETE /api/attempts/{attempt_id}/recordings": mine(204),
    "GET /api/attempts/{attempt_id}/feedback": mine(200),
    "POST /api/attempts/{attempt_id}/feedback": mine(202),
    "GET /api/attempts/{attempt_id}/feedback/versions": mine(200),
    "GET /api/progress": ones_own(200),
    "POST /api/setup-conversations": ones_own(201, {}),
    "GET /api/setup-conversations": ones_own(200),
    "GET /api/setup-conversations/{setup_id}": mine(200),
    "PATCH /api/setup-conversations/{setup_id}": mine(200, {"revision": 0, "role": "Barista"}),
    "POST /api/setup-conversations/{setup_id}/connection": mine(201),
    "POST /api/setup-conversations/{setup_id}/confirm": mine(422, {"revision": 0}),
    "DELETE /api/setup-conversations/{setup_id}": mine(204),
    "POST /api/worker/heartbeat": JOB_ONLY,
    "POST /api/worker/attempts/{attempt_id}/join": JOB_ONLY,
    "POST /api/worker/attempts/{attempt_id}/heartbeat": JOB_ONLY,
    "POST /api/worker/attempts/{attempt_id}/turns": JOB_ONLY,
    "POST /api/worker/attempts/{attempt_id}/end": JOB_ONLY,
    "PUT /api/worker/attempts/{attempt_id}/recordings/{epoch}": JOB_ONLY,
    "POST /api/worker/attempts/{attempt_id}/lost": JOB_ONLY,
    "POST /api/worker/assessments/claim": JOB_ONLY,
    "POST /api/worker/assessments/{assessment_id}/progress": JOB_ONLY,
    "POST /api/worker/assessments/{assessment_id}/feedback": JOB_ONLY,
    "POST /api/worker/assessments/{assessment_id}/failure": JOB_ONLY,
    "POST /api/worker/setup-conversations/{setup_id}/join": JOB_ONLY,
    "GET /api/worker/setup-conversations/{setup_id}/draft": JOB_ONLY,
    "PUT /api/worker/setup-conversations/{setup_id}/draft": JOB_ONLY,
    "POST /api/worker/setup-conversations/{setup_id}/confirm": JOB_ONLY,
    "POST /api/worker/setup-conversations/{setup_id}/abandon": JOB_ONLY,
    "POST /api/worker/setup-conversations/{setup_id}/lost": JOB_ONLY,
    "POST /api/livekit/webhook": Expected(401, 401, body={}),
    "GET /healthz": anybody(200),
    "GET /readyz": anybody(200),
    "GET /metrics": anybody(200),
}
PRIVATE_TEXT = "An index makes it fast"
"""Said by the owner."""


def documented() -> list[str]:
    return sorted(
        f"{method.upper()} {path}"
        for path, methods in describe_app().openapi()["paths"].items()
        for method in methods
        if method in ("get", "post", "put", "patch", "delete")
    )


@dataclass(frozen=True)
class Scene:
    world: World
    tokens: dict[Caller, str]
    ids: dict[str, str]
    refresh_token: str

    def path(self, route: str) -> str:
        return route.partition(" ")[2].format_map(self.ids)

    async def call(self, route: str, caller: Caller, **more: Any) -> httpx.Response:
        token = self.tokens.get(caller)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        expected = ROUTES[route]
        return await self.world.http.request(
            route.partition(" ")[0], self.path(route), headers=headers, json=expected.body, **more
        )


@pytest.fixture
async def scene(world: World, ada: Person, eve: Person) -> Scene:
    """Ada has an interview with one assessed attempt, and a live set-up."""
    gone = await sign_up(world, "Gone")
    await gone.call("POST", "/api/auth/sign-out")
    interview = await ada.interview()
    attempt_id = await assessed_attempt(world, ada, interview["id"])
    setup = (await ada.call("POST", "/api/setup-conversations", json={})).json()
    [assessment] = [one for one in world.store.tables.assessments.values() if one.attempt_id == attempt_id]
    return Scene(
        world,
        tokens={
            "owner": ada.access_token,
            "other": eve.access_token,
            "expired": changed(ada, exp=int(time.time()) - 60),
            "signed with another key": changed(ada, key=FOREIGN_KEY),
            "alg none": changed(ada, key="", algorithm="none"),
            "for another audience": changed(ada, aud="anon"),
            "service role": changed(ada, role="service_role"),
            "signed out": gone.access_token,
            "participant token": setup["connection"]["participant_token"],
        },
        ids={
            "interview_id": interview["id"],
            "attempt_id": attempt_id,
            "setup_id": setup["id"],
            "assessment_id": assessment.id,
            "seq": "10001",
            "epoch": "1",
        },
        refresh_token=ada.refresh_token,
    )


def changed(person: Person, *, key: str = JWT_SECRET, algorithm: str = "HS256", **claims: Any) -> str:
    known = jwt.decode(person.access_token, options={"verify_signature": False})
    return jwt.encode(known | claims, key, algorithm=algorithm)


def test_every_route_is_in_the_table():
    assert documented() == sorted(ROUTES)


@pytest.mark.parametrize("route", sorted(ROUTES))
async def test_a_person_reaches_what_is_theirs_and_nothing_else(scene: Scene, route: str):
    # The owner last: some of it is gone afterwards.
    for caller in ("other", "owner"):
        answer = await scene.call(route, caller)
        assert answer.status_code == ROUTES[route].of(caller), (caller, answer.text)
        if answer.status_code >= 400:
            problem_of(answer)
        if caller == "other":
            assert PRIVATE_TEXT not in answer.text


@pytest.mark.parametrize("caller", NO_CREDENTIALS)
async def test_whoever_is_not_signed_in_reads_nothing_and_changes_nothing(scene: Scene, caller: Caller):
    before = repr(scene.world.store.tables.__dict__)
    for route, expected in ROUTES.items():
        answer = await scene.call(route, caller)
        assert answer.status_code == expected.of(caller), (route, answer.text)
        if answer.status_code >= 400:
            problem_of(answer)
        assert PRIVATE_TEXT not in answer.text, route
        assert repr(scene.world.store.tables.__dict__) == before, route


CHANGES = [route for route in sorted(ROUTES) if not route.startswith("GET ")]
FROM_ELSEWHERE: list[dict[str, str]] = [
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://127.0.0.1:9999"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site"},
    {},
]


@pytest.mark.parametrize("headers", FROM_ELSEWHERE, ids=str)
async def test_no_change_is_made_on_the_strength_of_a_cookie_from_elsewhere(scene: Scene, headers: dict[str, str]):
    cookies = scene.world.services.cookies
    jar = {cookies.access_name: scene.tokens["owner"], cookies.refresh_name: scene.refresh_token}
    cookie = "; ".join(f"{name}={value}" for name, value in jar.items())
    before = repr(scene.world.store.tables.__dict__)
    for route in CHANGES:
        if not headers and route in NEED_NO_COOKIE:
            continue
        answer = await scene.world.http.request(
            route.partition(" ")[0],
            scene.path(route),
            json=None if route == "POST /api/auth/refresh" else ROUTES[route].body,
            headers={**headers, "Cookie": cookie},
        )
        takes_no_cookies = ROUTES[route] is JOB_ONLY or route == "POST /api/livekit/webhook"
        wanted = (401, "unauthenticated") if takes_no_cookies else (403, "csrf_failed")
        assert problem_of(answer) == wanted, route
        assert repr(scene.world.store.tables.__dict__) == before, route


NEED_NO_COOKIE = {
    "POST /api/auth/sign-up",
    "POST /api/auth/sign-in",
    "POST /api/auth/password-reset",
    "POST /api/auth/password-reset/confirm",
}
"""A program may call these with neither Origin nor token: nothing of it rests on the cookies that it has."""


async def test_nothing_that_is_read_may_be_kept_or_embedded_elsewhere(scene: Scene):
    for route in ROUTES:
        if route.startswith("GET "):
            answer = await scene.call(route, "owner")
            assert "no-store" in answer.headers["cache-control"], route
            assert answer.headers["cross-origin-resource-policy"] == "same-origin", route
            assert "access-control-allow-origin" not in answer.headers, route


async def test_another_persons_id_and_one_that_never_was_look_the_same(scene: Scene):
    unknown = dict.fromkeys(scene.ids, "00000000-0000-4000-8000-000000000000") | {"seq": "10001", "epoch": "1"}
    for route, expected in ROUTES.items():
        if expected.other != 404:
            continue
        theirs = await scene.call(route, "other")
        made_up = await scene.world.http.request(
            route.partition(" ")[0],
            route.partition(" ")[2].format_map(unknown),
            headers={"Authorization": f"Bearer {scene.tokens['other']}"},
            json=expected.body,
        )
        assert (theirs.status_code, theirs.json()) == (made_up.status_code, made_up.json()), route


async def test_a_worker_signature_opens_nothing_of_a_person(scene: Scene):
    claims = {"aud": "mock-interview-worker", "sub": f"attempt:{scene.ids['attempt_id']}", "exp": time.time() + 60}
    token = jwt.encode(claims, WORKER_SECRET, algorithm="HS256")
    for route, expected in ROUTES.items():
        if expected.nobody != 401 or expected.owner == 401:
            continue  # takes no person's token either
        answer = await scene.world.http.request(
            route.partition(" ")[0],
            scene.path(route),
            headers={"Authorization": f"Bearer {token}"},
            json=expected.body,
        )
        assert problem_of(answer) == (401, "unauthenticated"), route


async def test_a_session_that_ended_elsewhere_is_noticed_within_seconds(world: World, ada: Person):
    assert (await ada.call("GET", "/api/interviews")).status_code == 200
    await world.auth.sign_out(ada.access_token)  # at another token server
    world.clock.pass_sec(11)
    assert problem_of(await ada.call("GET", "/api/interviews")) == (401, "unauthenticated")


async def test_the_cookies_from_before_a_sign_in_are_worthless_afterwards(world: World, ada: Person, eve: Person):
    cookies = world.services.cookies
    planted = {cookies.access_name: eve.access_token, cookies.refresh_name: eve.refresh_token}
    own_page = {"Origin": BASE_URL, "Sec-Fetch-Site": "same-origin"}
    header = {"Cookie": "; ".join(f"{name}={value}" for name, value in planted.items())}
    signed_in = await world.http.post(
        "/api/auth/sign-in", json={"email": ada.email, "password": PASSWORD}, headers=own_page | header
    )
    assert signed_in.status_code == 200
    world.http.cookies.clear()
    assert signed_in.json()["access_token"] != eve.access_token
    assert problem_of(await world.http.get("/api/auth/me", headers=header)) == (401, "unauthenticated")
    refreshed = await world.http.post("/api/auth/refresh", headers=own_page | header)
    assert problem_of(refreshed) == (401, "unauthenticated")
    assert (await ada.call("GET", "/api/auth/me")).status_code == 200, "her other session goes on"
