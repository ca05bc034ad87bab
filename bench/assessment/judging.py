"""Answers and interviews of the sets, judged once by the judge on the device."""

import asyncio
from collections.abc import Sequence
from functools import cache

from agent.assessment.answers import Answer
from agent.assessment.assess import NotAssessable, assess
from agent.assessment.embedding import MiniLm
from agent.assessment.judge import AnswerJudgement
from agent.assessment.on_device import OnDeviceJudge
from agent.assessment.scores import content_score
from agent.settings import ProviderSettings
from prompts.question_bank import load_bank
from storage.models.assessment import AssessmentWork
from storage.models.feedback import Feedback
from storage.models.interview import InterviewType, Level
from tests.unit.assessment.transcripts import interview

LEVEL: Level = "mid"


@cache
def judge() -> OnDeviceJudge:
    return OnDeviceJudge(MiniLm(ProviderSettings().embedder_dir))


@cache
def judged(question_id: str, text: str) -> AnswerJudgement:
    """A text as the answer to a question of the bank."""
    bank = load_bank()
    answer = Answer.from_text(bank.planned(question_id, 0), bank.key(question_id), text)
    return asyncio.run(judge().judge(answer, LEVEL))


def content(question_id: str, text: str) -> float:
    """0 to 1; 0 where the answer wasn't judged."""
    return content_score(judged(question_id, text), LEVEL) or 0.0


def interview_of(answers: Sequence[tuple[str, str]], interview_type: InterviewType) -> AssessmentWork:
    return interview(answers, interview_type=interview_type, level=LEVEL)


def assessed(work: AssessmentWork) -> Feedback | NotAssessable:
    return asyncio.run(assess(work, judge(), _nothing))


def overall(work: AssessmentWork) -> int | None:
    feedback = assessed(work)
    return feedback.overall_score if isinstance(feedback, Feedback) else None


async def _nothing(_: float) -> None:
    return None
