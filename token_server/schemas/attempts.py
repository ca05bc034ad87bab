"""Attempts: one sitting of an interview, and the connection to its room."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import StringConstraints

from storage.models.attempt import Attempt, AttemptStatus, EndReason, Measurements
from storage.models.interview import Plan, PlannedQuestion, Tone
from storage.models.room import attempt_room, candidate_identity
from storage.models.transcript import Turn, joined
from token_server.schemas.base import Answer, ItemsPage, RequestBody


class NewAttemptBody(RequestBody):
    questions: Literal["same", "fresh"] = "same"
    """Fresh ones keep clear of those that were asked before, as long as the bank lasts."""
    tone: Tone | None = None
    """Of the interviewer, from this attempt on. The questions stay the same ones."""
    record_audio: bool = False


class CommandBody(RequestBody):
    command: Literal["repeat", "skip", "hint"]


class CorrectionBody(RequestBody):
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50_000)]


class Connection(Answer):
    """LiveKit's own field names, so that its client SDKs can use the answer as it is."""

    server_url: str
    participant_token: str
    room_name: str
    participant_identity: str
    expires_at: datetime


class StartedAttempt(Answer):
    id: str
    interview_id: str
    number: int
    status: AttemptStatus

    @classmethod
    def of(cls, attempt: Attempt) -> Self:
        return cls(id=attempt.id, interview_id=attempt.interview_id, number=attempt.number, status=attempt.status)


class NewAttempt(Answer):
    attempt: StartedAttempt
    connection: Connection
    question_count: int
    new_question_count: int | None
    """Of `fresh` questions, how many are new in this person's interviews for this role: fewer than all where no more
    were left that fit. None for the same questions again."""


class AttemptRoom(Answer):
    """Where an open attempt takes place. `POST .../connection` gives the participant token for it."""

    server_url: str
    room_name: str
    participant_identity: str


class AttemptVersions(Answer):
    plan: int
    questions: str
    """Where the questions came from, as `bank:3`."""


class AttemptDetail(Answer):
    id: str
    interview_id: str
    number: int
    status: AttemptStatus
    record_audio: bool
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    end_reason: EndReason | None
    phase: Literal["waiting", "introduction", "question", "closing", "ended"]
    question_index: int
    question_count: int
    questions: list[PlannedQuestion]
    """Of the plan that this attempt has; the interview may have a newer one."""
    versions: AttemptVersions
    measurements: Measurements
    room: AttemptRoom | None
    """None once the attempt is over."""

    @classmethod
    def of(cls, attempt: Attempt, plan: Plan, *, server_url: str) -> Self:
        room = AttemptRoom(
            server_url=server_url,
            room_name=attempt_room(attempt.id),
            participant_identity=candidate_identity(attempt.owner_id),
        )
        return cls(
            id=attempt.id,
            interview_id=attempt.interview_id,
            number=attempt.number,
            status=attempt.status,
            record_audio=attempt.record_audio,
            created_at=attempt.created_at,
            started_at=attempt.started_at,
            ended_at=attempt.ended_at,
            end_reason=attempt.end_reason,
            phase=attempt.position.phase,
            question_index=attempt.position.question_index,
            question_count=len(plan.questions),
            questions=plan.questions,
            versions=AttemptVersions(plan=plan.version, questions=plan.source),
            measurements=attempt.measurements,
            room=room if attempt.status in ("planned", "live") else None,
        )


class TurnPart(Answer):
    seq: int
    text: str
    corrected_text: str | None


class TranscriptTurn(Turn):
    """A turn as readers see it. `text` stays what was recognised."""

    corrected_text: str | None
    """What the candidate says they said; None while nothing of it is corrected."""
    parts: list[TurnPart]
    """Of a turn that was stored in several parts; each is corrected by its own `seq`. Else empty."""

    @classmethod
    def of(cls, parts: Sequence[Turn], corrected_texts: Mapping[int, str]) -> Self:
        """From the rows of one turn, in order, and the corrected texts by `seq`."""
        [whole] = joined(parts)
        corrected = [corrected_texts.get(part.seq) for part in parts]
        whole_text = " ".join(new or part.text for new, part in zip(corrected, parts, strict=True)).strip()
        shown = [
            TurnPart(seq=part.seq, text=part.text, corrected_text=new)
            for new, part in zip(corrected, parts, strict=True)
        ]
        return cls.model_validate(
            {
                **dict(whole),
                "corrected_text": whole_text if any(corrected) else None,
                "parts": shown if len(parts) > 1 else [],
            }
        )


TurnsPage = ItemsPage[TranscriptTurn]
