"""Attempts: one sitting of an interview, and the connection to its room."""

from datetime import datetime
from typing import Literal, Self

from storage.models.attempt import Attempt, AttemptStatus, EndReason, Measurements
from storage.models.interview import Plan, PlannedQuestion
from storage.models.room import attempt_room, candidate_identity
from storage.models.transcript import Turn
from token_server.schemas.base import Answer, ItemsPage, RequestBody


class NewAttemptBody(RequestBody):
    questions: Literal["same", "fresh"] = "same"
    """Fresh ones avoid every question that this interview has asked before, as long as the bank lasts."""
    record_audio: bool = False


class CommandBody(RequestBody):
    command: Literal["repeat", "skip", "hint"]


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


TurnsPage = ItemsPage[Turn]
