"""What became of an attempt's assessment."""

from datetime import datetime
from typing import Literal, Self

from storage.models.assessment import Assessment, AssessmentStatus
from storage.models.feedback import Feedback
from token_server.schemas.base import Answer

FeedbackStatus = Literal["not_ready", "queued", "running", "ready", "failed", "not_assessable"]
STATUS_OF_ASSESSMENT: dict[AssessmentStatus, FeedbackStatus] = {
    "queued": "queued",
    "running": "running",
    "done": "ready",
    "failed": "failed",
    "not_assessable": "not_assessable",
}


class FeedbackAnswer(Answer):
    """`not_ready`: the attempt isn't over. `reason` goes with failed and not_assessable."""

    status: FeedbackStatus
    assessment_id: str | None = None
    progress: float | None = None
    """0 to 1, while running."""
    reason: str | None = None
    feedback: Feedback | None = None
    corrections_since: bool = False
    """The transcript has changed since this assessment read it: asking for another takes that into account."""


def for_candidate(feedback: Feedback) -> Feedback:
    """Without what is only there to compare and to practise areas by."""
    areas = [area.model_copy(update={"meaning": None, "about": []}) for area in feedback.areas_for_improvement]
    return feedback.model_copy(update={"areas_for_improvement": areas})


class FeedbackVersion(Answer):
    assessment_id: str
    status: FeedbackStatus
    rubric_version: str
    created_at: datetime
    finished_at: datetime | None
    reason: str | None

    @classmethod
    def of(cls, assessment: Assessment) -> Self:
        return cls(
            assessment_id=assessment.id,
            status=STATUS_OF_ASSESSMENT[assessment.status],
            rubric_version=assessment.rubric_version,
            created_at=assessment.created_at,
            finished_at=assessment.finished_at,
            reason=assessment.error,
        )
