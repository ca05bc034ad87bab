"""What worker and assessor call: storage/models/worker_api.py is the contract."""

from fastapi import APIRouter, Response, status

from storage.models.assessment import AssessmentWork
from storage.models.worker_api import (
    AttemptBrief,
    AttemptEnd,
    AttemptHeartbeat,
    ClaimRequest,
    FailureReport,
    FeedbackReport,
    JobLost,
    JoinRequest,
    ProgressReport,
    TurnBatch,
    TurnsStored,
    WorkerHeartbeat,
)
from token_server.auth.dependencies import CallingAssessor, CallingJob, CallingWorker, ServicesNow
from token_server.auth.worker_tokens import WorkerCaller
from token_server.errors import ProblemError
from token_server.schemas.problem import InvalidField

router = APIRouter(prefix="/worker", tags=["worker"])
NO_CONTENT = status.HTTP_204_NO_CONTENT


@router.post("/heartbeat", status_code=NO_CONTENT)
async def beat_worker(body: WorkerHeartbeat, caller: CallingWorker, services: ServicesNow) -> None:
    _same_caller(caller, body.worker_id)
    await services.store.beat_worker(body, now=services.clock())
    services.sweep.worker_beats(body.worker_id, registered=body.registered)
    for what, number in (("capacity", body.capacity), ("active", body.active), ("warm", body.warm)):
        services.metrics.worker_places.labels(body.worker_id, what).set(number)


@router.post("/attempts/{attempt_id}/join")
async def join_attempt(attempt_id: str, body: JoinRequest, caller: CallingJob, services: ServicesNow) -> AttemptBrief:
    return await services.store.join_attempt(attempt_id, epoch=body.epoch, now=services.clock())


@router.post("/attempts/{attempt_id}/heartbeat", status_code=NO_CONTENT)
async def beat_attempt(attempt_id: str, body: AttemptHeartbeat, caller: CallingJob, services: ServicesNow) -> None:
    await services.store.beat_attempt(
        attempt_id,
        epoch=body.epoch,
        now=services.clock(),
        position=body.position,
        measurements=body.measurements,
    )


@router.post("/attempts/{attempt_id}/lost", status_code=NO_CONTENT)
async def replace_lost_job(attempt_id: str, body: JobLost, caller: CallingJob, services: ServicesNow) -> None:
    await services.jobs.replace_lost(attempt_id, body.epoch)


@router.post("/attempts/{attempt_id}/turns")
async def append_turns(attempt_id: str, body: TurnBatch, caller: CallingJob, services: ServicesNow) -> TurnsStored:
    stored = await services.store.append_turns(attempt_id, body.turns)
    services.metrics.turns_stored.inc(len(stored))
    return TurnsStored(stored=stored)


@router.post("/attempts/{attempt_id}/end", status_code=NO_CONTENT)
async def end_attempt_by_job(attempt_id: str, body: AttemptEnd, caller: CallingJob, services: ServicesNow) -> None:
    ended = await services.store.end_attempt(
        attempt_id,
        reason=body.reason,
        now=services.clock(),
        epoch=body.epoch,
        position=body.position,
        measurements=body.measurements,
    )
    services.metrics.attempts_ended.labels(ended.end_reason or body.reason).inc()


@router.post(
    "/assessments/claim",
    responses={204: {"description": "Nothing to assess"}},
)
async def claim_assessment(body: ClaimRequest, caller: CallingAssessor, services: ServicesNow) -> AssessmentWork:
    _same_caller(caller, body.assessor_id)
    work = await services.store.claim_assessment(body.assessor_id, lease_sec=body.lease_sec)
    if work is None:
        return Response(status_code=NO_CONTENT)  # pyright: ignore[reportReturnType]
    return work


@router.post("/assessments/{assessment_id}/progress", status_code=NO_CONTENT)
async def report_progress(
    assessment_id: str, body: ProgressReport, caller: CallingAssessor, services: ServicesNow
) -> None:
    _same_caller(caller, body.assessor_id)
    await services.store.report_progress(
        assessment_id, assessor_id=body.assessor_id, progress=body.progress, lease_sec=body.lease_sec
    )


@router.post("/assessments/{assessment_id}/feedback", status_code=NO_CONTENT)
async def finish_assessment(
    assessment_id: str, body: FeedbackReport, caller: CallingAssessor, services: ServicesNow
) -> None:
    _same_caller(caller, body.assessor_id)
    if body.status == "done":
        if body.feedback is None or body.feedback.assessment_id != assessment_id:
            raise _invalid("feedback", "is needed with status done, and must be of this assessment")
        await services.store.finish_assessment(assessment_id, assessor_id=body.assessor_id, feedback=body.feedback)
    else:
        if body.feedback is not None or not body.reason:
            raise _invalid("reason", "is needed with status not_assessable, and no feedback")
        await services.store.mark_not_assessable(assessment_id, assessor_id=body.assessor_id, reason=body.reason)
    services.metrics.assessments.labels(body.status).inc()


@router.post("/assessments/{assessment_id}/failure", status_code=NO_CONTENT)
async def fail_assessment(
    assessment_id: str, body: FailureReport, caller: CallingAssessor, services: ServicesNow
) -> None:
    _same_caller(caller, body.assessor_id)
    await services.store.fail_assessment(
        assessment_id, assessor_id=body.assessor_id, reason=body.reason, retry=body.retry
    )
    services.metrics.assessments.labels("retry" if body.retry else "failed").inc()


def _same_caller(caller: WorkerCaller, claimed_id: str) -> None:
    if caller.id != claimed_id:
        raise ProblemError("forbidden", "the token is another one's")


def _invalid(field: str, message: str) -> ProblemError:
    return ProblemError("validation_failed", errors=[InvalidField(field=field, message=message)])
