"""The signed client against a small ASGI token server that checks what it is sent."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import jwt
import pytest
from pydantic import SecretStr

from agent.token_server_client import TokenServerClient
from agent.token_server_errors import (
    AttemptOverError,
    RefusedError,
    SetupOverError,
    StaleRevisionError,
    SupersededError,
    UnavailableError,
    UnexpectedAnswerError,
)
from storage.models.attempt import Measurements, Position
from storage.models.setup import SetupDraft, SetupDraftChange
from storage.models.transcript import Turn
from storage.models.worker_api import (
    WORKER_AUDIENCE,
    AttemptEnd,
    AttemptHeartbeat,
    FeedbackReport,
    JoinRequest,
    TurnBatch,
    WorkerHeartbeat,
)

pytestmark = pytest.mark.unit

SECRET = "a secret that is long enough for HS256"
NOW_SEC = 1_800_000_000
Handler = Callable[[httpx.Request], httpx.Response]


def client_of(handler: Handler) -> TokenServerClient:
    return TokenServerClient(
        "http://127.0.0.1:1", SecretStr(SECRET), transport=httpx.MockTransport(handler), now_sec=lambda: NOW_SEC
    )


def problem(status: int, code: str, **headers: str) -> Handler:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(
            status,
            json={"type": "about:blank", "title": code, "status": status, "code": code},
            headers={"content-type": "application/problem+json", **headers},
        )

    return answer


class Recorder:
    """Answers every call as told, and keeps what it was asked."""

    def __init__(self, answer: httpx.Response) -> None:
        self._answer = answer
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self._answer

    @property
    def claims(self) -> dict[str, Any]:
        token = self.requests[-1].headers["Authorization"].removeprefix("Bearer ")
        return jwt.decode(
            token,
            SECRET,
            algorithms=["HS256"],
            audience=WORKER_AUDIENCE,
            options={"require": ["exp", "sub"], "verify_exp": False, "verify_iat": False},
        )


def a_turn() -> Turn:
    return Turn(
        seq=10_001, speaker="candidate", question_id="q", question_index=0, text="Hi.", started_ms=0, ended_ms=9
    )


async def test_each_call_goes_to_its_path_with_the_subject_it_is_made_for():
    recorder = Recorder(httpx.Response(204))
    async with client_of(recorder) as client:
        await client.worker("w1").heartbeat(
            WorkerHeartbeat(worker_id="w1", capacity=2, active=0, warm=1, registered=True)
        )
        assert (recorder.requests[-1].url.path, recorder.claims["sub"]) == ("/api/worker/heartbeat", "worker:w1")

        await client.attempt("a1").heartbeat(AttemptHeartbeat(epoch=1, position=Position()))
        assert recorder.requests[-1].url.path == "/api/worker/attempts/a1/heartbeat"
        assert recorder.claims["sub"] == "attempt:a1"

        end = AttemptEnd(epoch=1, reason="completed", position=Position(), measurements=Measurements())
        await client.attempt("a1").end(end)
        assert recorder.requests[-1].url.path == "/api/worker/attempts/a1/end"
        assert AttemptEnd.model_validate_json(recorder.requests[-1].content) == end

        assessor = client.assessor("s1")
        assert await assessor.claim(lease_sec=30) is None
        assert (recorder.requests[-1].url.path, recorder.claims["sub"]) == (
            "/api/worker/assessments/claim",
            "assessor:s1",
        )
        await assessor.report_progress("x", 0.5, lease_sec=30)
        assert recorder.requests[-1].url.path == "/api/worker/assessments/x/progress"
        await assessor.deliver("x", FeedbackReport(assessor_id="s1", status="not_assessable", reason="silence"))
        assert recorder.requests[-1].url.path == "/api/worker/assessments/x/feedback"
        await assessor.report_failure("x", "It broke.", retry=True)
        assert recorder.requests[-1].url.path == "/api/worker/assessments/x/failure"


async def test_the_calls_of_a_set_up_go_to_its_paths_as_itself():
    stored = {"revision": 1, "draft": {"role": "Nurse"}}
    brief = {"setup_id": "s1", "candidate_name": "Ada", "status": "live", "resumed": False, **stored}
    recorder = Recorder(httpx.Response(200, json=brief))
    async with client_of(recorder) as client:
        assert (await client.setup("s1").join("j1")).draft.role == "Nurse"
    assert recorder.requests[-1].url.path == "/api/worker/setup-conversations/s1/join"
    assert recorder.claims["sub"] == "setup:s1"
    assert recorder.requests[-1].content == b'{"job_id":"j1"}'

    recorder = Recorder(httpx.Response(200, json=stored))
    async with client_of(recorder) as client:
        await client.setup("s1").draft()
        await client.setup("s1").store_draft(0, SetupDraft(role="Nurse"))
    assert [(one.method, one.url.path) for one in recorder.requests] == [
        ("GET", "/api/worker/setup-conversations/s1/draft"),
        ("PUT", "/api/worker/setup-conversations/s1/draft"),
    ]
    sent = SetupDraftChange.model_validate_json(recorder.requests[-1].content)
    assert sent == SetupDraftChange(revision=0, draft=SetupDraft(role="Nurse"))

    recorder = Recorder(httpx.Response(200, json={"interview_id": "i1", "title": "Nurse"}))
    async with client_of(recorder) as client:
        assert (await client.setup("s1").confirm(3)).interview_id == "i1"
    assert recorder.requests[-1].url.path == "/api/worker/setup-conversations/s1/confirm"
    assert recorder.requests[-1].content == b'{"revision":3}'

    recorder = Recorder(httpx.Response(204))
    async with client_of(recorder) as client:
        await client.setup("s1").abandon()
    assert recorder.requests[-1].url.path == "/api/worker/setup-conversations/s1/abandon"


async def test_a_jwt_lives_for_less_than_ten_minutes():
    recorder = Recorder(httpx.Response(204))
    async with client_of(recorder) as client:
        await client.assessor("s1").claim(lease_sec=30)
    assert NOW_SEC < recorder.claims["exp"] <= NOW_SEC + 600


async def test_answers_come_back_as_models():
    brief = {
        "attempt_id": "a1",
        "epoch": 1,
        "candidate_name": "Ada",
        "plan": {
            "id": "p1",
            "interview_id": "i1",
            "version": 1,
            "parameters": {"role": "Engineer", "interview_type": "mixed", "level": "mid", "question_count": 1},
            "questions": [],
            "source": "bank:1",
            "created_at": datetime(2026, 1, 1, tzinfo=UTC).isoformat(),
        },
        "keys": [],
        "started_at": datetime(2026, 1, 1, tzinfo=UTC).isoformat(),
        "elapsed_ms": 12,
        "resumed": False,
        "position": {},
        "turns": [],
        "record_audio": False,
    }
    async with client_of(Recorder(httpx.Response(200, json=brief))) as client:
        joined = await client.attempt("a1").join(JoinRequest(epoch=1, job_id="j1"))
    assert (joined.candidate_name, joined.plan.parameters.role) == ("Ada", "Engineer")

    async with client_of(Recorder(httpx.Response(200, json={"stored": [10_001]}))) as client:
        assert (await client.attempt("a1").store_turns(TurnBatch(turns=[a_turn()]))).stored == [10_001]


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (409, "superseded", SupersededError),
        (409, "attempt_over", AttemptOverError),
        (409, "setup_over", SetupOverError),
        (409, "stale_revision", StaleRevisionError),
        (503, "upstream_unavailable", UnavailableError),
        (429, "rate_limited", UnavailableError),
        (401, "unauthenticated", RefusedError),
        (404, "not_found", RefusedError),
        (422, "validation_failed", RefusedError),
    ],
)
async def test_refusals_are_typed_by_their_problem_code(status: int, code: str, error: type[Exception]):
    async with client_of(problem(status, code)) as client:
        with pytest.raises(error) as refused:
            await client.attempt("a1").heartbeat(AttemptHeartbeat(epoch=1, position=Position()))
    assert refused.value.code == code  # type: ignore[attr-defined]


async def test_the_time_to_wait_is_told_when_the_server_names_it():
    async with client_of(problem(503, "at_capacity", **{"Retry-After": "7"})) as client:
        with pytest.raises(UnavailableError) as refused:
            await client.assessor("s1").claim(lease_sec=30)
    assert refused.value.retry_after_sec == 7


async def test_a_server_that_is_not_there_is_unavailable():
    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    async with client_of(fail) as client:
        with pytest.raises(UnavailableError):
            await client.assessor("s1").claim(lease_sec=30)


@pytest.mark.parametrize("body", [b"<html>bad gateway</html>", b'"text"', b""])
async def test_a_refusal_that_is_no_problem_document_is_told_by_its_status(body: bytes):
    async with client_of(Recorder(httpx.Response(502, content=body))) as client:
        with pytest.raises(UnavailableError):
            await client.assessor("s1").claim(lease_sec=30)


async def test_an_answer_of_another_shape_is_named_without_its_content():
    async with client_of(Recorder(httpx.Response(200, json={"stored": "words of a candidate"}))) as client:
        with pytest.raises(UnexpectedAnswerError) as unexpected:
            await client.attempt("a1").store_turns(TurnBatch(turns=[a_turn()]))
    assert "words of a candidate" not in str(unexpected.value)


async def test_an_id_cannot_leave_its_place_in_the_path():
    recorder = Recorder(httpx.Response(204))
    async with client_of(recorder) as client:
        await client.attempt("../assessments/claim").heartbeat(AttemptHeartbeat(epoch=1, position=Position()))
    assert recorder.requests[-1].url.raw_path == b"/api/worker/attempts/..%2Fassessments%2Fclaim/heartbeat"
