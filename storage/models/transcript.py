"""What was said."""

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
    question_id: str | None
    """None in introduction and closing."""
    question_index: int | None
    text: Annotated[str, StringConstraints(max_length=50_000)]
    """Of an interrupted interviewer turn: only what was actually heard."""
    started_ms: Annotated[int, Field(ge=0)]
    ended_ms: Annotated[int, Field(ge=0)]
    interrupted: bool = False
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    """Mean word confidence of the recogniser; None for the interviewer."""
    words: Annotated[list[Word], Field(max_length=10_000)] | None = None
    intent: Intent | None = None
    """What code took a candidate turn for; None for the interviewer."""
    act: Act | None = None
    """What an interviewer turn was; None for the candidate."""
