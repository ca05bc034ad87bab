"""Interviews: what was set up."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints

from storage.models.attempt import AttemptStatus, EndReason
from storage.models.document import DocumentText
from storage.models.interview import (
    InterviewParameters,
    InterviewType,
    Level,
    PlannedQuestion,
    PracticeArea,
    PracticeAreas,
    Role,
    Technology,
    Tone,
)
from storage.store import AttemptSummary, InterviewWithAttempts
from token_server.documents.cleaning import cleaned
from token_server.schemas.base import Answer, RequestBody

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
JobDescription = Annotated[DocumentText, AfterValidator(cleaned)]
"""Without what nobody can see in it."""


class NewInterviewBody(RequestBody):
    role: Role
    interview_type: InterviewType
    level: Level
    technologies: Annotated[list[Technology], Field(default_factory=list, max_length=20)]
    question_count: Annotated[int, Field(ge=1, le=15)]
    tone: Tone = "neutral"
    job_description: JobDescription | None = None
    use_resume: bool = False
    """The stored résumé helps to choose the questions. Nothing happens where there is none."""
    focus: Annotated[PracticeAreas, Field(default_factory=list)]
    """Areas for improvement of earlier reports: questions that are about them come first."""

    def parameters(self) -> InterviewParameters:
        return InterviewParameters.model_validate(self.model_dump() | {"job_description": self.job_description or None})


class ChangeInterviewBody(RequestBody):
    """What is left out stays. A changed parameter makes a new plan; attempts keep theirs."""

    title: Title | None = None
    role: Role | None = None
    interview_type: InterviewType | None = None
    level: Level | None = None
    technologies: Annotated[list[Technology], Field(max_length=20)] | None = None
    question_count: Annotated[int, Field(ge=1, le=15)] | None = None
    tone: Tone | None = None
    job_description: JobDescription | None = None
    """An empty text deletes it, from earlier plans of this interview too."""
    use_resume: bool | None = None
    """An empty text takes it away."""
    focus: PracticeAreas | None = None

    def changed(self, parameters: InterviewParameters) -> InterviewParameters:
        changes = {
            name: value
            for name, value in self.model_dump(exclude_unset=True, exclude={"title"}).items()
            if value is not None
        }
        if changes.get("job_description") == "":
            changes["job_description"] = None
        return InterviewParameters.model_validate(parameters.model_dump() | changes)


class AttemptOfInterview(Answer):
    id: str
    number: int
    status: AttemptStatus
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    end_reason: EndReason | None
    overall_score: int | None
    """Of the newest finished assessment."""
    assessment_status: str | None

    @classmethod
    def of(cls, summary: AttemptSummary) -> Self:
        attempt = summary.attempt
        return cls(
            id=attempt.id,
            number=attempt.number,
            status=attempt.status,
            created_at=attempt.created_at,
            started_at=attempt.started_at,
            ended_at=attempt.ended_at,
            end_reason=attempt.end_reason,
            overall_score=summary.overall_score,
            assessment_status=summary.assessment_status,
        )


class InterviewItem(Answer):
    """An interview in a list."""

    id: str
    title: str
    role: str
    interview_type: InterviewType
    level: Level
    technologies: list[str]
    question_count: int
    tone: Tone
    use_resume: bool = False
    created_at: datetime
    plan_version: int
    attempts: list[AttemptOfInterview]
    """Newest first."""

    @classmethod
    def of(cls, found: InterviewWithAttempts) -> Self:
        return cls.model_validate(_item_fields(found))


class InterviewDetail(InterviewItem):
    job_description: str | None
    focus: list[PracticeArea]
    questions: list[PlannedQuestion]

    @classmethod
    def of(cls, found: InterviewWithAttempts) -> Self:
        plan = found.interview.current_plan
        return cls.model_validate(
            {
                **_item_fields(found),
                "job_description": plan.parameters.job_description,
                "focus": plan.parameters.focus,
                "questions": plan.questions,
            }
        )


class Technologies(Answer):
    items: list[str]


def _item_fields(found: InterviewWithAttempts) -> dict[str, object]:
    interview, plan = found.interview, found.interview.current_plan
    return {
        "id": interview.id,
        "title": interview.title,
        "created_at": interview.created_at,
        "plan_version": plan.version,
        "attempts": [AttemptOfInterview.of(summary) for summary in found.attempts],
        **plan.parameters.model_dump(exclude={"job_description", "focus"}),
    }
