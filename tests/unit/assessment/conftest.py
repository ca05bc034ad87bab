"""The real embedder, loaded once."""

from collections.abc import Awaitable, Callable

import pytest

from agent.assessment.answers import Answer
from agent.assessment.assess import NotAssessable, assess
from agent.assessment.embedding import MiniLm
from agent.assessment.judge import AnswerJudgement
from agent.assessment.on_device import OnDeviceJudge
from agent.assessment.on_device_grading import OnDeviceGrading
from agent.settings import ProviderSettings
from prompts.question_bank import load_bank
from storage.models.assessment import AssessmentWork
from storage.models.feedback import Feedback

JudgeText = Callable[[str, str], Awaitable[AnswerJudgement]]
Assess = Callable[[AssessmentWork], Awaitable[Feedback | NotAssessable]]


@pytest.fixture(scope="session")
def embedder() -> MiniLm:
    return MiniLm(ProviderSettings().embedder_dir)


@pytest.fixture(scope="session")
def judge(embedder: MiniLm) -> OnDeviceJudge:
    return OnDeviceJudge(embedder)


@pytest.fixture
def judge_text(judge: OnDeviceJudge) -> JudgeText:
    """Judges a text as the answer to a question of the bank."""

    async def judged(question_id: str, text: str) -> AnswerJudgement:
        bank = load_bank()
        answer = Answer.from_text(bank.planned(question_id, 0), bank.key(question_id), text)
        return await judge.judge(answer, "mid")

    return judged


@pytest.fixture
def assess_work(judge: OnDeviceJudge) -> Assess:
    async def assessed(work: AssessmentWork) -> Feedback | NotAssessable:
        return await assess(work, OnDeviceGrading(judge), _ignore)

    return assessed


async def _ignore(_: float) -> None:
    return None
