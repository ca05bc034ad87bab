"""Feedback: how far it is, the report, its versions, and asking for it again."""

from typing import Annotated

from fastapi import APIRouter, Query, Response, status

from storage.errors import NotFoundError
from storage.models.assessment import Assessment
from storage.models.attempt import Attempt
from token_server.auth.dependencies import OwnedAttempt, ServicesNow, SignedInUser
from token_server.jobs import OPEN
from token_server.schemas.base import ItemsPage, StorableText
from token_server.schemas.feedback import STATUS_OF_ASSESSMENT, FeedbackAnswer, FeedbackVersion, for_candidate

router = APIRouter(prefix="/attempts/{attempt_id}/feedback", tags=["feedback"])
RETRY_AFTER_SEC = 2
NO_ANSWER = "No question was answered in this interview, so there is nothing to assess."


@router.get("")
async def read_feedback(
    attempt: OwnedAttempt,
    user: SignedInUser,
    response: Response,
    assessment: Annotated[StorableText | None, Query(description="An older one; default: the newest")] = None,
) -> FeedbackAnswer:
    """Always 200; with Retry-After as long as waiting makes sense."""
    found = _chosen(await user.view.assessments(attempt.id), assessment)
    if found is None:
        answer = _without_assessment(attempt)
    else:
        status_ = STATUS_OF_ASSESSMENT[found.status]
        answer = FeedbackAnswer(
            status=status_,
            assessment_id=found.id,
            progress=found.progress if status_ in ("queued", "running") else None,
            reason=found.error if status_ in ("failed", "not_assessable") else None,
            feedback=for_candidate(await user.view.feedback(found.id)) if status_ == "ready" else None,
            corrections_since=_has_changed_since(found, attempt),
        )
    if answer.status in ("not_ready", "queued", "running"):
        response.headers["Retry-After"] = str(RETRY_AFTER_SEC)
    return answer


@router.post("", status_code=status.HTTP_202_ACCEPTED)
async def assess_again(attempt: OwnedAttempt, services: ServicesNow) -> FeedbackAnswer:
    """A new assessment beside the older ones; 409 while one is waiting or running."""
    queued = await services.store.queue_assessment(attempt.id)
    return FeedbackAnswer(status="queued", assessment_id=queued.id, progress=queued.progress)


@router.get("/versions")
async def list_feedback_versions(attempt: OwnedAttempt, user: SignedInUser) -> ItemsPage[FeedbackVersion]:
    """Newest first."""
    found = await user.view.assessments(attempt.id)
    return ItemsPage(items=[FeedbackVersion.of(assessment) for assessment in found])


def _chosen(assessments: list[Assessment], assessment_id: str | None) -> Assessment | None:
    if assessment_id is None:
        return assessments[0] if assessments else None
    for assessment in assessments:
        if assessment.id == assessment_id:
            return assessment
    raise NotFoundError


def _has_changed_since(assessment: Assessment, attempt: Attempt) -> bool:
    """One that is still waiting will read the transcript as it is then."""
    return assessment.status != "queued" and attempt.transcript_revision > assessment.transcript_revision


def _without_assessment(attempt: Attempt) -> FeedbackAnswer:
    if attempt.status in OPEN:
        return FeedbackAnswer(status="not_ready")
    return FeedbackAnswer(status="not_assessable", reason=NO_ANSWER)
