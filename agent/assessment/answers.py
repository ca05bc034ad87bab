"""Turns, grouped to one answer a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from agent.assessment.addressed import without_address
from agent.assessment.spoken import SpokenTurn
from storage.models.assessment import AssessmentWork
from storage.models.attempt import Position
from storage.models.interview import PlannedQuestion, QuestionKey
from storage.models.transcript import Turn

COMMAND_INTENTS = frozenset({"repeat", "skip", "hint", "stop", "ready", "hold"})
TOLD_ACTS = frozenset({"follow_up", "hint", "rephrase"})
LONGEST_COMMAND_WORDS = 12
"""A longer turn that was taken for a command holds more than the command."""


@dataclass(frozen=True)
class Answer:
    """All that the candidate said to one question, follow-ups included, and what happened around it."""

    question: PlannedQuestion
    key: QuestionKey
    turns: tuple[SpokenTurn, ...] = ()
    """The candidate's, without commands and without words to the judge."""
    around: tuple[Turn, ...] = ()
    """What the interviewer said during the answer: follow-ups, hints, rephrasings. A judge needs it to understand."""
    asked: bool = True
    declined: bool = False
    """Skipped or declined, by the candidate's word or button."""
    broken_off: bool = False
    """The interview ended on this question before its time."""
    hints: int = 0
    repeats: int = 0
    follow_ups: int = 0
    reference: str | None = None
    """A good answer to compare with, where one is given beside the points."""

    @property
    def text(self) -> str:
        return " ".join(spoken.turn.text for spoken in self.turns)

    @cached_property
    def word_count(self) -> int:
        """Words without fillers."""
        return sum(len(spoken.tokens) for spoken in self.turns)

    @property
    def doubtful_share(self) -> float:
        """Share of words that the recogniser was unsure of."""
        total = sum(len(spoken.tokens) for spoken in self.turns)
        return sum(spoken.doubtful_count for spoken in self.turns) / total if total else 0.0

    @classmethod
    def from_text(cls, question: PlannedQuestion, key: QuestionKey, text: str) -> "Answer":
        """An answer that was never a conversation: typed, or from a file."""
        turn = Turn(
            seq=0,
            speaker="candidate",
            question_id=question.question_id,
            question_index=question.index,
            text=text,
            started_ms=0,
            ended_ms=0,
            intent="answer",
        )
        return cls(question=question, key=key, turns=_to_judge([turn]))


def collect_answers(work: AssessmentWork) -> list[Answer]:
    """One answer for each question of the plan, in its order."""
    keys = {key.question_id: key for key in work.keys}
    last_asked = max((t.question_index for t in work.turns if t.question_index is not None), default=-1)
    ended_early = work.attempt.end_reason != "completed"
    return [
        _collect(
            question,
            keys.get(question.question_id) or QuestionKey(question_id=question.question_id, expected_points=[]),
            [turn for turn in work.turns if turn.question_id == question.question_id],
            work.attempt.position,
            broken_off=ended_early and question.index == last_asked,
        )
        for question in work.plan.questions
    ]


def _collect(
    question: PlannedQuestion, key: QuestionKey, turns: Sequence[Turn], position: Position, *, broken_off: bool
) -> Answer:
    acts = [turn.act for turn in turns if turn.speaker == "interviewer"]
    said = _to_judge([turn for turn in turns if turn.speaker == "candidate"])
    question_id = question.question_id
    return Answer(
        question=question,
        key=key,
        turns=tuple(spoken for spoken in said if not _is_command(spoken)),
        around=tuple(turn for turn in turns if turn.speaker == "interviewer" and turn.act in TOLD_ACTS),
        asked=bool(turns),
        declined=question_id in position.declined
        or any(spoken.turn.intent in ("skip", "dont_know") for spoken in said),
        broken_off=broken_off,
        hints=max(acts.count("hint"), position.hints.get(question_id, 0)),
        repeats=max(_asked_again(said), position.repeats.get(question_id, 0)),
        follow_ups=acts.count("follow_up"),
    )


def _to_judge(turns: Sequence[Turn]) -> tuple[SpokenTurn, ...]:
    """What was said to the question, without words to the judge."""
    left = [without_address(turn) for turn in turns]
    return tuple(SpokenTurn(turn) for turn in left if turn.text.strip())


def _asked_again(said: Sequence[SpokenTurn]) -> int:
    """The interviewer also repeats a question to somebody who was away: that was no wish of theirs."""
    return sum(spoken.turn.intent == "repeat" for spoken in said)


def _is_command(spoken: SpokenTurn) -> bool:
    return spoken.turn.intent in COMMAND_INTENTS and len(spoken.tokens) <= LONGEST_COMMAND_WORDS
