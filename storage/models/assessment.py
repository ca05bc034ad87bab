"""The act of assessing an attempt, as a row that is claimed, retried and finished."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from storage.models.attempt import Attempt
from storage.models.base import Model
from storage.models.interview import Plan, QuestionKey
from storage.models.transcript import Turn, TurnCorrection

AssessmentStatus = Literal["queued", "running", "done", "failed", "not_assessable"]
RUBRIC_VERSION = "1"


class Assessment(Model):
    id: str
    attempt_id: str
    transcript_revision: int
    rubric_version: str
    status: AssessmentStatus
    progress: Annotated[float, Field(ge=0, le=1)] = 0.0
    lease_owner: str | None = None
    lease_until: datetime | None = None
    tries: int = 0
    error: str | None = None
    """Plain words for the candidate, never a traceback."""
    created_at: datetime
    finished_at: datetime | None = None


class AssessmentWork(Model):
    """Everything an assessor needs to judge one attempt. It reads nothing else."""

    assessment: Assessment
    attempt: Attempt
    plan: Plan
    keys: list[QuestionKey]
    turns: list[Turn]
    corrections: list[TurnCorrection] = []
    """Of candidate turns, as they were when the work was claimed. They take the place of what was recognised."""
