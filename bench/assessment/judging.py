"""Answers and interviews of the sets, judged once by the judge on the device."""

import asyncio
from collections.abc import Hashable
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from agent.assessment.answers import Answer
from agent.assessment.assess import NotAssessable, assess
from agent.assessment.embedding import MiniLm
from agent.assessment.judge import AnswerJudgement, Quoted
from agent.assessment.on_device import OnDeviceJudge
from agent.assessment.on_device_grading import OnDeviceGrading
from agent.assessment.scores import content_score
from agent.settings import ProviderSettings
from prompts.question_bank import load_bank
from storage.models.assessment import AssessmentWork
from storage.models.feedback import Feedback
from storage.models.interview import InterviewType, Level
from tests.unit.assessment.transcripts import interview

LEVEL: Level = "mid"
REMEMBERED_TEXTS = 300_000
"""Half a gigabyte: the same answers stand in many interviews."""

Answers: TypeAlias = tuple[tuple[str, str], ...]
"""Question ids with what was said to them."""


class RememberingJudge(OnDeviceJudge):
    """Judges a text once, in however many interviews it stands: the judgement is moved to the turns of each."""

    def __init__(self, embedder: MiniLm) -> None:
        super().__init__(embedder)
        self._known: dict[Hashable, AnswerJudgement] = {}

    def _judge(self, answer: Answer) -> AnswerJudgement:
        texts = tuple(spoken.turn.text for spoken in answer.turns)
        what = (answer.question.question_id, texts, answer.asked, answer.declined, answer.broken_off, answer.reference)
        if what not in self._known:
            self._known[what] = super()._judge(answer)
        return _moved(self._known[what], answer)


def _moved(known: AnswerJudgement, answer: Answer) -> AnswerJudgement:
    turns = {old.turn.seq: new for old, new in zip(known.answer.turns, answer.turns, strict=True)}

    def moved(quoted: Quoted) -> Quoted:
        return Quoted(turns[quoted.spoken.turn.seq], quoted.span)

    return replace(
        known,
        answer=answer,
        points=tuple(replace(one, quoted=one.quoted and moved(one.quoted)) for one in known.points),
        story=tuple(replace(one, quoted=one.quoted and moved(one.quoted)) for one in known.story),
        moves={move: moved(quoted) for move, quoted in known.moves.items()},
        relevant=None if known.relevant is None else tuple(map(moved, known.relevant)),
    )


@cache
def judge() -> OnDeviceJudge:
    return RememberingJudge(MiniLm(ProviderSettings().embedder_dir, remembered_texts=REMEMBERED_TEXTS))


def fresh_grading() -> OnDeviceGrading:
    """With a model of its own, as a process that has just started has."""
    return OnDeviceGrading(OnDeviceJudge(MiniLm(ProviderSettings().embedder_dir)))


@cache
def grading() -> OnDeviceGrading:
    return OnDeviceGrading(judge())


@cache
def judged(question_id: str, text: str) -> AnswerJudgement:
    """A text as the answer to a question of the bank."""
    bank = load_bank()
    answer = Answer.from_text(bank.planned(question_id, 0), bank.key(question_id), text)
    return asyncio.run(judge().judge(answer, LEVEL))


def content(question_id: str, text: str) -> float:
    """0 to 1; 0 where the answer wasn't judged."""
    return content_score(judged(question_id, text), LEVEL) or 0.0


def interview_of(answers: Answers, interview_type: InterviewType) -> AssessmentWork:
    return interview(answers, interview_type=interview_type, level=LEVEL)


@cache
def assessed(answers: Answers, interview_type: InterviewType) -> Feedback | NotAssessable:
    return assessed_anew(answers, interview_type, grading())


def assessed_anew(answers: Answers, interview_type: InterviewType, by: OnDeviceGrading) -> Feedback | NotAssessable:
    return asyncio.run(assess(interview_of(answers, interview_type), by, _nothing))


def overall(answers: Answers, interview_type: InterviewType) -> int | None:
    feedback = assessed(answers, interview_type)
    return feedback.overall_score if isinstance(feedback, Feedback) else None


async def _nothing(_: float) -> None:
    return None
