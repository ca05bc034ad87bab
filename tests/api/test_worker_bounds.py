"""What a signature of ours can't do: write another's attempt, send too much, or too often."""

import json
import time
from collections.abc import AsyncIterator
from typing import Any

import jwt
import pytest

from tests.api.support import WORKER_SECRET, Person, World, make_settings, open_world, problem_of, sign_up
from tests.api.test_isolation import ROUTES
from tests.api.test_worker import post, token
from tests.support.samples import turn

pytestmark = pytest.mark.api

WORKER_ROUTES = sorted(route for route in ROUTES if "/api/worker/" in route)
NOBODY = "00000000-0000-4000-8000-000000000000"
IDS: dict[str, str] = {"attempt_id": NOBODY, "assessment_id": NOBODY, "setup_id": NOBODY, "epoch": "1"}
NOW = int(time.time())


def unsigned(subject: str) -> dict[str, str]:
    claims = {"aud": "mock-interview-worker", "sub": subject, "exp": NOW + 300}
    return {"Authorization": f"Bearer {jwt.encode(claims, '', algorithm='none')}"}


def subject_of(route: str) -> str:
    """Of a token that the route would take."""
    for part, kind in (("attempts", "attempt"), ("setup-conversations", "setup")):
        if f"/worker/{part}" in route:
            return f"{kind}:{IDS[f'{kind}_id']}"
    return "assessor:a1" if "assessments" in route else "worker:w1"


async def test_no_call_of_the_worker_api_takes_a_signature_that_is_not_ours(world: World):
    for route in WORKER_ROUTES:
        for name, headers in forgeries(subject_of(route)).items():
            answer = await world.http.request(
                route.partition(" ")[0], route.partition(" ")[2].format_map(IDS), headers=headers, json={}
            )
            assert problem_of(answer) == (401, "unauthenticated"), (route, name)


def forgeries(subject: str) -> dict[str, dict[str, str]]:
    return {
        "nothing": {},
        "nonsense": {"Authorization": "Bearer a.b.c"},
        "another scheme": {"Authorization": token(subject)["Authorization"].replace("Bearer", "Basic")},
        "another key": token(subject, secret="another-secret-of-more-than-thirty-two-characters"),
        "another audience": token(subject, aud="authenticated"),
        "expired": token(subject, exp=NOW - 60),
        "valid for days": token(subject, exp=NOW + 7 * 86_400),
        "alg none": unsigned(subject),
        "another algorithm": {
            "Authorization": "Bearer "
            + jwt.encode(
                {"aud": "mock-interview-worker", "sub": subject, "exp": NOW + 300}, WORKER_SECRET, algorithm="HS512"
            )
        },
        "nobody": token(""),
    }


async def test_a_signature_for_one_opens_nothing_of_another(world: World):
    others = {"worker:w1", "assessor:a1", "attempt:11111111-1111-4111-8111-111111111111", "setup:s2", "attempt:w1"}
    for route in WORKER_ROUTES:
        for subject in others - {subject_of(route)}:
            answer = await world.http.request(
                route.partition(" ")[0], route.partition(" ")[2].format_map(IDS), headers=token(subject), json={}
            )
            # What a token may do is looked at before its body is.
            assert problem_of(answer) == (403, "forbidden"), (route, subject)


async def test_one_attempts_job_adds_no_turn_to_another_attempt(world: World, ada: Person, eve: Person):
    mine, theirs = (await ada.start())["attempt"]["id"], (await eve.start())["attempt"]["id"]
    body = {"turns": [turn(10_001).model_dump(mode="json")]}
    answer = await post(world, f"/api/worker/attempts/{theirs}/turns", body, f"attempt:{mine}")
    assert problem_of(answer) == (403, "forbidden")
    assert world.store.tables.turns_of(theirs) == []


@pytest.mark.parametrize(
    ("call", "body"),
    [
        ("turns", {"turns": []}),
        ("turns", {"turns": [turn(n).model_dump(mode="json") for n in range(101)]}),
        ("turns", {"turns": [turn(1).model_dump(mode="json") | {"text": "x" * 50_001}]}),
        ("turns", {"turns": [turn(1).model_dump(mode="json") | {"question_id": "x" * 201}]}),
        ("turns", {"turns": [turn(1).model_dump(mode="json") | {"seq": -1}]}),
        ("turns", {"turns": [turn(1).model_dump(mode="json") | {"owner_id": "somebody"}]}),
        ("join", {"epoch": 1, "job_id": "x" * 201}),
        ("join", {"epoch": 0, "job_id": "j"}),
        ("heartbeat", {"epoch": 1, "position": {"declined": ["q"] * 101}}),
        ("heartbeat", {"epoch": 1, "position": {}, "measurements": {"response_delay_ms": [1] * 10_001}}),
    ],
)
async def test_what_is_too_much_or_none_of_ours_is_refused(world: World, ada: Person, call: str, body: dict[str, Any]):
    attempt_id = (await ada.start())["attempt"]["id"]
    answer = await post(world, f"/api/worker/attempts/{attempt_id}/{call}", body, f"attempt:{attempt_id}")
    assert problem_of(answer) == (422, "validation_failed")


async def test_a_body_beyond_the_bound_is_refused_before_it_is_read():
    async with open_world(make_settings(max_worker_body_bytes=2048, max_body_bytes=2048)) as world:
        ada = await sign_up(world)
        attempt_id = (await ada.start())["attempt"]["id"]
        big = json.dumps({"turns": [turn(1).model_dump(mode="json") | {"text": "x" * 4096}]}).encode()

        async def in_pieces() -> AsyncIterator[bytes]:
            for at in range(0, len(big), 500):
                yield big[at : at + 500]

        headers = token(f"attempt:{attempt_id}") | {"Content-Type": "application/json"}
        for content in (big, in_pieces()):
            answer = await world.http.post(f"/api/worker/attempts/{attempt_id}/turns", content=content, headers=headers)
            assert problem_of(answer) == (413, "too_large")
        for length in ("-1", "1e3", "²", "9" * 5000, ""):
            raw = {name.encode(): value.encode() for name, value in headers.items()}
            answer = await world.http.post(
                "/api/worker/heartbeat", content=b"", headers=raw | {b"Content-Length": length.encode("latin-1")}
            )
            assert problem_of(answer)[0] == 413, length
        assert world.store.tables.turns_of(attempt_id) == []


async def test_a_caller_gone_wild_is_slowed_down_and_the_others_are_not():
    async with open_world(make_settings(worker_calls_per_minute=60)) as world:
        ada, eve = await sign_up(world, "Ada"), await sign_up(world, "Eve")
        wild, calm = (await ada.start())["attempt"]["id"], (await eve.start())["attempt"]["id"]
        body = {"epoch": 1, "position": {}}
        answers = [
            await post(world, f"/api/worker/attempts/{wild}/heartbeat", body, f"attempt:{wild}") for _ in range(130)
        ]
        refused = [answer for answer in answers if answer.status_code == 429]
        assert len(refused) >= 10
        assert problem_of(refused[0]) == (429, "rate_limited")
        assert 1 <= int(refused[0].headers["retry-after"]) <= 60
        other = await post(world, f"/api/worker/attempts/{calm}/heartbeat", body, f"attempt:{calm}")
        assert other.status_code == 204
