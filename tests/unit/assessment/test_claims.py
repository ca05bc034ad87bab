"""The claim loop against a token server of the test."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest
from pydantic import SecretStr

from agent.assessment.answers import Answer
from agent.assessment.claims import BROKE, STOPPED, ClaimLoop
from agent.assessment.grading import CategoryGrades, Found, GraderFacts, Grading, Wording
from agent.assessment.interview import JudgedInterview
from agent.assessment.judge import AnswerJudgement
from agent.assessment.on_device import OnDeviceJudge
from agent.assessment.on_device_grading import OnDeviceGrading
from agent.token_server_client import TokenServerClient
from storage.models.assessment import AssessmentWork
from storage.models.interview import Level
from storage.models.worker_api import FailureReport, FeedbackReport, ProgressReport
from tests.unit.assessment.transcripts import TECHNICAL, answered_at, interview

pytestmark = pytest.mark.unit

PROBLEMS = {409: "superseded", 503: "upstream_unavailable"}


class Server:
    """Hands out the given work once, and keeps what it is told."""

    def __init__(self, *work: AssessmentWork) -> None:
        self.waiting = list(work)
        self.progress: list[float] = []
        self.feedback: list[FeedbackReport] = []
        self.failures: list[FailureReport] = []
        self.refuse: dict[str, list[int]] = {}
        self.changed = asyncio.Event()

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        call = request.url.path.rpartition("/")[2]
        if self.refuse.get(call):
            status = self.refuse[call].pop(0)
            return httpx.Response(status, json={"code": PROBLEMS[status], "status": status})
        if call == "claim":
            if not self.waiting:
                return httpx.Response(204)
            return httpx.Response(200, content=self.waiting.pop(0).model_dump_json())
        if call == "progress":
            self.progress.append(ProgressReport.model_validate_json(request.content).progress)
        elif call == "feedback":
            self.feedback.append(FeedbackReport.model_validate_json(request.content))
        elif call == "failure":
            self.failures.append(FailureReport.model_validate_json(request.content))
        self.changed.set()
        return httpx.Response(204)

    async def until(self, happened: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not happened():
                self.changed.clear()
                await self.changed.wait()


@asynccontextmanager
async def running(server: Server, grading: Grading, renew_sec: float = 15) -> AsyncGenerator[ClaimLoop]:
    transport = httpx.MockTransport(server)
    async with TokenServerClient("http://127.0.0.1:1", SecretStr("s" * 32), transport=transport) as client:
        loop = ClaimLoop(client.assessor("a1"), lambda: grading, poll_sec=0.01, renew_sec=renew_sec)
        task = asyncio.create_task(loop.run())
        try:
            yield loop
        finally:
            loop.stop()
            await asyncio.wait_for(task, timeout=5)


class ScriptedGrading:
    """Does what the test says instead of judging."""

    answers_at_once = 1

    def __init__(self, behave: Callable[[], Awaitable[None]]) -> None:
        self._behave = behave

    async def judge(self, answer: Answer, level: Level) -> AnswerJudgement:
        await self._behave()
        return AnswerJudgement(answer, "declined", "skipped")

    async def score(self, interview: JudgedInterview) -> CategoryGrades:
        raise AssertionError("nothing was judged")

    async def word(self, found: Found) -> Wording:
        raise AssertionError("nothing was judged")

    def facts(self) -> GraderFacts:
        return GraderFacts("on_device", "scripted", "1", "0", samples=1)


async def test_claimed_work_ends_as_feedback_with_progress_on_the_way(judge: OnDeviceJudge):
    server = Server(interview(answered_at("strong")))
    async with running(server, OnDeviceGrading(judge)):
        await server.until(lambda: bool(server.feedback))
    assert server.feedback[0].status == "done"
    assert server.feedback[0].feedback is not None
    assert server.progress == sorted(server.progress)
    assert len(server.progress) == len(TECHNICAL)


async def test_an_attempt_of_silence_is_delivered_as_not_assessable(judge: OnDeviceJudge):
    server = Server(interview([(question_id, "") for question_id in TECHNICAL]))
    async with running(server, OnDeviceGrading(judge)):
        await server.until(lambda: bool(server.feedback))
    report = server.feedback[0]
    assert (report.status, report.feedback) == ("not_assessable", None)
    assert report.reason == "No answer was heard in this interview."


async def test_a_broken_assessment_is_reported_in_plain_words_and_the_loop_goes_on():
    async def break_down() -> None:
        raise RuntimeError("the words of a traceback")

    server = Server(interview(answered_at("weak")), interview(answered_at("weak")))
    async with running(server, ScriptedGrading(break_down)):
        await server.until(lambda: len(server.failures) == 2)
    assert [(failure.reason, failure.retry) for failure in server.failures] == [(BROKE, True)] * 2


async def test_a_token_server_that_is_away_for_a_moment_costs_nothing(judge: OnDeviceJudge):
    server = Server(interview(answered_at("fair")))
    server.refuse = {"claim": [503, 503], "progress": [503], "feedback": [503, 503]}
    async with running(server, OnDeviceGrading(judge)):
        await server.until(lambda: bool(server.feedback))
    assert server.failures == []


async def test_superseded_work_is_dropped(judge: OnDeviceJudge):
    server = Server(interview(answered_at("fair")), interview(answered_at("fair")))
    server.refuse = {"progress": [409]}
    async with running(server, OnDeviceGrading(judge)):
        await server.until(lambda: bool(server.feedback))
    assert len(server.feedback) == 1
    assert server.failures == []


async def test_the_lease_is_renewed_while_a_judge_takes_its_time():
    released = asyncio.Event()

    async def take_time() -> None:
        await released.wait()

    server = Server(interview(answered_at("fair")))
    async with running(server, ScriptedGrading(take_time), renew_sec=0.01):
        await server.until(lambda: len(server.progress) >= 3)
        released.set()
        await server.until(lambda: bool(server.feedback))
    assert server.progress[:3] == [0.0, 0.0, 0.0]


async def test_stopping_in_the_middle_hands_the_work_back_at_once():
    started = asyncio.Event()

    async def never_end() -> None:
        started.set()
        await asyncio.Event().wait()

    server = Server(interview(answered_at("fair")))
    async with running(server, ScriptedGrading(never_end)) as loop:
        await started.wait()
        loop.stop()
    assert [(failure.reason, failure.retry) for failure in server.failures] == [(STOPPED, True)]
    assert server.feedback == []
