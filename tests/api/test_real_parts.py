"""One attempt over real HTTP: uvicorn, embedded Supabase and livekit-server. Worker and assessor are played here."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from agent.token_server_client import TokenServerClient
from storage.models.attempt import Measurements, Position
from storage.models.worker_api import (
    AttemptEnd,
    AttemptHeartbeat,
    FeedbackReport,
    JoinRequest,
    TurnBatch,
    WorkerHeartbeat,
)
from tests.api.support import WORKER_SECRET
from tests.support.client import PASSWORD, Caller, Refused
from tests.support.livekit_server import KEY, SECRET, livekit_server
from tests.support.samples import feedback, turn
from tests.support.supabase import EmbeddedSupabase
from tests.support.token_server import running_token_server

pytestmark = pytest.mark.api


@pytest.fixture
async def base_url(embedded_supabase: EmbeddedSupabase, tmp_path: Path) -> AsyncIterator[str]:
    log_file = tmp_path / "token_server.log"
    async with livekit_server(tmp_path) as livekit_url:
        livekit = {"LIVEKIT_URL": livekit_url, "LIVEKIT_API_KEY": KEY, "LIVEKIT_API_SECRET": SECRET}
        async with running_token_server(embedded_supabase, livekit, log_file) as url:
            yield url
    _assert_log_is_clean(log_file.read_text(encoding="utf-8"), [WORKER_SECRET, SECRET, embedded_supabase.secret_key])


async def test_an_attempt_goes_from_sign_up_to_its_report(base_url: str):
    worker_client = TokenServerClient(base_url, SecretStr(WORKER_SECRET))
    async with worker_client as client, httpx.AsyncClient(base_url=base_url) as http, Caller.signed_up(base_url) as ada:
        not_ready = await http.get("/readyz")
        assert (not_ready.status_code, not_ready.json()["missing"]) == (503, ["worker"])
        interview = await ada.create_interview(2)
        with pytest.raises(Refused, match="at_capacity"):
            await ada.start_attempt(interview.id)

        await client.worker("w1").heartbeat(
            WorkerHeartbeat(worker_id="w1", capacity=2, active=0, warm=1, registered=True)
        )
        assert (await http.get("/readyz")).status_code == 200
        headers = {"Authorization": ada._headers["Authorization"], "Idempotency-Key": "click"}  # pyright: ignore[reportPrivateUsage]
        starts = [
            (await http.post(f"/api/interviews/{interview.id}/attempts", headers=headers)).json() for _ in range(2)
        ]
        attempt_id = starts[0]["attempt"]["id"]
        assert starts[1]["attempt"]["id"] == attempt_id
        with pytest.raises(Refused, match="attempt_open"):
            await ada.start_attempt(interview.id)

        job = client.attempt(attempt_id)
        brief = await job.join(JoinRequest(epoch=1, job_id="job-1"))
        assert (brief.candidate_name, len(brief.keys)) == ("Robin", 2)
        await job.heartbeat(AttemptHeartbeat(epoch=1, position=Position(phase="question")))
        said = [turn(10_001), turn(10_002, speaker="candidate", intent="answer")]
        await job.store_turns(TurnBatch(turns=said))
        assert [seen.seq for seen in await ada.turns(attempt_id)] == [10_001, 10_002]
        assert (await ada.connection(attempt_id)).room_name == starts[0]["connection"]["room_name"]
        await job.end(
            AttemptEnd(epoch=1, reason="completed", position=Position(phase="ended"), measurements=Measurements())
        )
        assert (await ada.feedback(attempt_id)).status == "queued"

        assessor = client.assessor("a1")
        work = await assessor.claim(lease_sec=60)
        while work is not None and work.attempt.id != attempt_id:  # Left by another test on the same Supabase.
            work = await assessor.claim(lease_sec=60)
        assert work is not None
        report = feedback(attempt_id, work.assessment.id)
        await assessor.deliver(work.assessment.id, FeedbackReport(assessor_id="a1", status="done", feedback=report))
        assert (await ada.feedback(attempt_id)).feedback == report.model_dump(mode="json")

        turns = f"/api/attempts/{attempt_id}/turns"
        await ada.call("PUT", f"{turns}/10002/correction", json={"text": "An index makes it fast, I said."})
        corrected = [item["corrected_text"] for item in (await ada.call("GET", turns))["items"]]
        assert corrected == [None, "An index makes it fast, I said."]
        assert (await ada.call("GET", f"/api/attempts/{attempt_id}/feedback"))["corrections_since"] is True
        [point] = (await ada.call("GET", "/api/progress"))["points"]
        assert (point["attempt_id"], point["overall_score"]) == (attempt_id, report.overall_score)
        with pytest.raises(Refused, match="not_comparable"):
            await ada.call("GET", f"/api/interviews/{interview.id}/comparison")

        async with Caller.signed_up(base_url, "Eve") as eve:
            with pytest.raises(Refused, match="not_found"):
                await eve.attempt(attempt_id)
        listed = await ada.call("GET", "/api/interviews")
        assert listed["items"][0]["attempts"][0]["overall_score"] == report.overall_score
        goodbye = {"json": {"password": PASSWORD}}
        await ada.call("DELETE", "/api/account", **goodbye)
        with pytest.raises(Refused, match="unauthenticated"):
            await ada.call("DELETE", "/api/account", **goodbye)


def _assert_log_is_clean(log: str, secrets: list[str]) -> None:
    assert "attempt_started" in log
    assert "Traceback" not in log
    assert "sweep_failed" not in log
    for private in (*secrets, "example.com", "Robin"):
        assert private not in log
