"""What was said."""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from storage.models.base import Model

Speaker = Literal["interviewer", "candidate"]
Intent = Literal["answer", "repeat", "skip", "hint", "dont_know", "stop", "ready", "hold", "other"]
Act = Literal["greeting", "question", "follow_up", "repeat", "rephrase", "hint", "nudge", "transition", "closing"]
SEQ_PER_EPOCH = 10_000
"""`seq` of a turn is `job_epoch * SEQ_PER_EPOCH + n`: ascending, not contiguous."""


class Word(Model):
    """One recognised word. Times in milliseconds since `Attempt.started_at`."""

    text: Annotated[str, StringConstraints(max_length=100)]
    started_ms: Annotated[int, Field(ge=0)]
    ended_ms: Annotated[int, Field(ge=0)]
    confidence: Annotated[float, Field(ge=0, le=1)]


class Turn(Model):
    """What one side said until the other took over.

    Times are milliseconds since `Attempt.started_at`, never falling with `seq`, across jobs too.
    """

    seq: Annotated[int, Field(ge=0)]
    speaker: Speaker
    question_id: Annotated[str, StringConstraints(max_length=200)] | None
    """None in introduction and closing."""
    question_index: int | None
    text: Annotated[str, StringConstraints(max_length=50_000)]
    """Of an interrupted interviewer turn: only what was actually heard."""
    started_ms: Annotated[int, Field(ge=0)]
    ended_ms: Annotated[int, Field(ge=0)]
    interrupted: bool = False
    """Of the candidate: their connection or the interviewer's ended in the middle of it."""
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    """Mean word confidence of the recogniser; None for the interviewer."""
    words: Annotated[list[Word], Field(max_length=10_000)] | None = None
    intent: Intent | None = None
    """What code took a candidate turn for; None for the interviewer."""
    act: Act | None = None
    """What an interviewer turn was; None for the candidate."""
    goes_on: bool = False
    """The candidate goes on with their turn before, over an interviewer who had begun too early: both are one turn.
    Rows never change, so the parts are stored as they end, and `joined` makes readers see one."""


class TurnCorrection(Model):
    """What the candidate says they said. Kept beside the turn, whose row never changes."""

    seq: Annotated[int, Field(ge=0)]
    text: Annotated[str, StringConstraints(min_length=1, max_length=50_000)]
    corrected_at: datetime


def in_parts(turns: Sequence[Turn]) -> list[list[Turn]]:
    """The turns in order, each as the rows that it was stored in: several where the candidate went on.

    What the interviewer had begun to say stands after them. A part whose beginning isn't among `turns` stays alone.
    """
    whole: list[list[Turn]] = []
    for turn in turns:
        begun = next((parts for parts in reversed(whole) if parts[0].speaker == "candidate"), None)
        if turn.goes_on and begun is not None:
            begun.append(turn)
        else:
            whole.append([turn])
    return whole


def joined(turns: Sequence[Turn]) -> list[Turn]:
    """The turns in order, with each part that goes on added to the candidate's turn that it goes on with."""
    return [reduce(_with, parts) for parts in in_parts(turns)]


def _with(turn: Turn, rest: Turn) -> Turn:
    words = [*(turn.words or []), *(rest.words or [])]
    counts = [max(1, len(part.text.split())) for part in (turn, rest)]
    confidences = (turn.confidence, rest.confidence)
    known = [(c, n) for c, n in zip(confidences, counts, strict=True) if c is not None]
    return turn.model_copy(
        update={
            "text": f"{turn.text} {rest.text}".strip(),
            "ended_ms": max(turn.ended_ms, rest.ended_ms),
            "words": words or None,
            "confidence": sum(c * n for c, n in known) / sum(n for _, n in known) if known else None,
            "intent": rest.intent if turn.intent in (None, "other") else turn.intent,
        }
    )
