"""One sitting of an interview."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field

from storage.models.base import Model

AttemptStatus = Literal["planned", "live", "ended", "abandoned"]
EndReason = Literal[
    "completed",
    "candidate_ended",
    "candidate_absent",
    "no_show",
    "time_limit",
    "interviewer_lost",
]

_MOST_QUESTIONS = 100
_KEPT_DELAYS = 1000


class Position(Model):
    """Where the interviewer is. Stored with the heartbeat, so that a new job can go on from it."""

    phase: Literal["waiting", "introduction", "question", "closing", "ended"] = "waiting"
    question_index: Annotated[int, Field(ge=0)] = 0
    follow_ups_asked: Annotated[int, Field(ge=0)] = 0
    """Of the current question."""
    declined: Annotated[list[str], Field(max_length=_MOST_QUESTIONS)] = []
    """`question_id`s that the candidate declined or skipped."""
    hints: Annotated[dict[str, int], Field(max_length=_MOST_QUESTIONS)] = {}
    """Hints given, by `question_id`."""
    repeats: Annotated[dict[str, int], Field(max_length=_MOST_QUESTIONS)] = {}
    """Times a question was repeated on request, by `question_id`."""


class Measurements(Model):
    """Facts about the conversation that the worker measured. All times in milliseconds."""

    response_delay_ms: Annotated[list[int], Field(max_length=10_000)] = []
    """Per interviewer reply: end of the candidate's speech to the first audio frame sent."""
    interruptions: Annotated[int, Field(ge=0)] = 0
    stages: dict[str, str] = {}
    """Which implementation served each stage: `{"stt": "whisper:tiny.en", ...}`."""
    back_channels: Annotated[int, Field(ge=0)] = 0
    """Sounds of a listener ("mhm") that the interviewer made."""
    delivery_styles: dict[str, int] = {}
    """Interviewer utterances that were heard, per delivery style: `{"warm": 2, "curious": 5}`."""

    def followed_by(self, later: Self) -> Self:
        """Of both together. The later ones tell which stages serve now."""
        styles = self.delivery_styles.keys() | later.delivery_styles.keys()
        return self.model_copy(
            update={
                "response_delay_ms": [*self.response_delay_ms, *later.response_delay_ms][-_KEPT_DELAYS:],
                "interruptions": self.interruptions + later.interruptions,
                "stages": later.stages or self.stages,
                "back_channels": self.back_channels + later.back_channels,
                "delivery_styles": {
                    style: self.delivery_styles.get(style, 0) + later.delivery_styles.get(style, 0)
                    for style in sorted(styles)
                },
            }
        )


class Attempt(Model):
    id: str
    interview_id: str
    owner_id: str
    plan_id: str
    number: Annotated[int, Field(ge=1)]
    """1 for the first sitting of the interview."""
    status: AttemptStatus
    job_epoch: Annotated[int, Field(ge=0)] = 0
    """Raised with each dispatch. A job with a lower epoch is superseded."""
    heartbeat_at: datetime | None = None
    position: Position = Position()
    measurements: Measurements = Measurements()
    transcript_revision: Annotated[int, Field(ge=0)] = 0
    """Raised by each turn that is stored, by each correction and by each that is taken back."""
    record_audio: bool = False
    """The candidate consented to it."""
    audio_consented_at: datetime | None = None
    recordings_deleted_at: datetime | None = None
    """By the candidate, or since their time was over. Nothing is recorded or kept from then on."""
    created_at: datetime
    started_at: datetime | None = None
    """When the first job went live. Turn times count from here."""
    ended_at: datetime | None = None
    end_reason: EndReason | None = None

    @property
    def may_be_recorded(self) -> bool:
        return self.record_audio and self.recordings_deleted_at is None
