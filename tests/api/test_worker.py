"""The worker API: who may call, and that a repeated call changes nothing."""

import time
from typing import Any

import httpx
import jwt
import pytest
from pydantic import SecretStr

from agent.token_server_client import TokenServerClient, mint_worker_jwt
from agent.token_server_errors import AttemptOverError, RefusedError, SupersededError
from storage.models.attempt import Measurements, Position
from storage.models.worker_api import (
    AttemptEnd,
    AttemptHeartbeat,
    FeedbackReport,
    JoinRequest,
    TurnBatch,
    WorkerHeartbeat,
)
from tests.api.support import BASE_URL, LIVEKIT_SECRET, WORKER_SECRET, Person, World, problem_of
from tests.support.samples import feedback, turn

pytestmark = pytest.mark.api

BEAT = {"worker_id": "w1", "capacity": 2, "active": 0, "warm": 1, "registered": True}


def token(subject: str = "worker:w1", *, secret: str = WORKER_SECRET, **changes: Any) -> dict[str, str]:
    claims = {"aud": "mock-interview-worker", "sub": subject, "exp": int(time.time()) + 300} | changes
    claims = {name: value for name, value in claims.items() if value is not None}
    return {"Authorization": f"Bearer {jwt.encode(claims, secret, algorithm='HS256')}"}


def client(world: World, secret: str = WORKER_SECRET) -> TokenServerClient:
    """The worker's own client, on our transport."""
    return TokenServerClient(BASE_URL, SecretStr(secret), transport=world.http._transport)  # pyright: ignore[reportPrivateUsage]


async def test_a_workers_heartbeat_opens_its_places(world: World):
    beat = WorkerHeartbeat(worker_id="w1", capacity=2, active=1, warm=1, registered=True)
    await client(world).worker("w1").heartbeat(beat)
    assert beat in await world.store.workers(seen_after=world.clock().replace(year=2000))
    metrics = (await world.http.get("/metrics")).text
    assert 'worker_jobs{what="capacity",worker_id="w1"} 2.0' in metrics


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer nonsense"},
        token(secret="another-secret-of-more-than-thirty-two-characters"),
        token(aud="authenticated"),
        token(aud=None),
        token(exp=None),
        token(exp=int(time.time()) - 60),
        token(exp=int(time.time()) + 3600),
        token("candidate:w1"),
        token("worker:"),
    ],
)
async def test_only_our_own_short_lived_signatures_are_taken(world: World, headers: dict[str, str]):
    response = await world.http.post("/api/worker/heartbeat", json=BEAT, headers=headers)
    assert problem_of(response) == (401, "unauthenticated")


async def test_neither_a_person_nor_a_participant_reaches_the_worker_api(world: World, ada: Person):
    participant_token = (await ada.start())["connection"]["participant_token"]
    for other in (ada.access_token, participant_token, jwt.encode({"sub": "worker:w1"}, LIVEKIT_SECRET)):
        headers = {"Authorization": f"Bearer {other}"}
        response = await world.http.post("/api/worker/heartbeat", json=BEAT, headers=headers)
        assert problem_of(response) == (401, "unauthenticated")


async def test_each_subject_reaches_its_own_calls_and_no_others(world: World, ada: Person, eve: Person):
    mine, others = (await ada.start())["attempt"]["id"], (await eve.start())["attempt"]["id"]
    join, claim = {"epoch": 1, "job_id": "j"}, {"assessor_id": "a1"}
    calls = [
        (f"attempt:{mine}", f"/api/worker/attempts/{others}/join", join),
        ("worker:w1", f"/api/worker/attempts/{mine}/join", join),
        ("assessor:a1", "/api/worker/heartbeat", BEAT),
        (f"attempt:{mine}", "/api/worker/assessments/claim", claim),
        ("assessor:a2", "/api/worker/assessments/claim", claim),
        ("worker:w2", "/api/worker/heartbeat", BEAT),
    ]
    for subject, path, body in calls:
        response = await world.http.post(path, json=body, headers=token(subject))
        assert problem_of(response) == (403, "forbidden"), (subject, path)


async def test_a_job_runs_an_attempt_from_joining_to_the_end(world: World, ada: Person):
    attempt_id = (await ada.start())["attempt"]["id"]
    job = client(world).attempt(attempt_id)
    brief = await job.join(JoinRequest(epoch=1, job_id="job-1"))
    assert (brief.candidate_name, brief.resumed, len(brief.keys)) == ("Ada", False, 3)
    await job.heartbeat(AttemptHeartbeat(epoch=1, position=Position(phase="question")))
    batch = TurnBatch(turns=[turn(10_001), turn(10_002, speaker="candidate", intent="answer")])
    assert (await job.store_turns(batch)).stored == [10_001, 10_002]
    assert (await job.store_turns(batch)).stored == [10_001, 10_002]
    end = AttemptEnd(epoch=1, reason="completed", position=Position(phase="ended"), measurements=Measurements())
    await job.end(end)
    await job.end(end)
    assert (await world.attempt(attempt_id)).status == "ended"
    assert len(world.store.tables.turns_of(attempt_id)) == 2
    with pytest.raises(AttemptOverError):
        await job.heartbeat(AttemptHeartbeat(epoch=1, position=Position()))


async def test_a_job_that_was_replaced_may_only_hand_in_its_turns(world: World, ada: Person):
    attempt_id = (await ada.start())["attempt"]["id"]
    job = client(world).attempt(attempt_id)
    await job.join(JoinRequest(epoch=1, job_id="job-1"))
    await world.store.raise_epoch(attempt_id, expected_epoch=1)
    resumed = await job.join(JoinRequest(epoch=2, job_id="job-2"))
    assert resumed.resumed
    with pytest.raises(SupersededError):
        await job.heartbeat(AttemptHeartbeat(epoch=1, position=Position()))
    with pytest.raises(SupersededError):
        await job.end(AttemptEnd(epoch=1, reason="completed", position=Position(), measurements=Measurements()))
    assert (await job.store_turns(TurnBatch(turns=[turn(10_007)]))).stored == [10_007]


async def test_an_assessor_claims_reports_and_finishes_once(world: World, ada: Person):
    assessor = client(world).assessor("a1")
    assert await assessor.claim(lease_sec=60) is None
    attempt_id = (await ada.start())["attempt"]["id"]
    await world.go_live(attempt_id)
    await world.store.append_turns(attempt_id, [turn(10_001, speaker="candidate", intent="answer")])
    await world.store.end_attempt(attempt_id, reason="completed", now=world.clock())

    work = await assessor.claim(lease_sec=60)
    assert work is not None
    assert (len(work.keys), len(work.turns)) == (3, 1)
    assert await assessor.claim(lease_sec=60) is None
    report = FeedbackReport(assessor_id="a1", status="done", feedback=feedback(attempt_id, work.assessment.id))
    path = f"/api/worker/assessments/{work.assessment.id}"
    for _ in range(2):
        response = await post(world, f"{path}/feedback", report.model_dump(mode="json"), "assessor:a1")
        assert response.status_code == 204
    late = await post(world, f"{path}/progress", {"assessor_id": "a2", "progress": 0.1}, "assessor:a2")
    assert problem_of(late) == (409, "superseded")


async def test_a_report_must_fit_its_status(world: World, ada: Person):
    path = "/api/worker/assessments/00000000-0000-4000-8000-000000000000/feedback"
    for body in ({"assessor_id": "a1", "status": "done"}, {"assessor_id": "a1", "status": "not_assessable"}):
        assert problem_of(await post(world, path, body, "assessor:a1")) == (422, "validation_failed")


async def test_an_attempt_that_does_not_exist_is_refused(world: World):
    unknown = "00000000-0000-4000-8000-000000000000"
    with pytest.raises(RefusedError):
        await client(world).attempt(unknown).join(JoinRequest(epoch=1, job_id="j"))


async def post(world: World, path: str, body: dict[str, Any], subject: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {mint_worker_jwt(WORKER_SECRET, subject, time.time())}"}
    return await world.http.post(path, json=body, headers=headers)
