"""Starting an attempt: a free place, a plan, a row, a room, and an interviewer on its way."""

import hashlib

import structlog

from storage.errors import ConflictError, StoreError
from storage.models.attempt import Attempt
from storage.models.interview import Interview, InterviewParameters, PlanDraft
from token_server.errors import ProblemError, UpstreamUnavailableError
from token_server.jobs import OPEN
from token_server.plans import in_tone, plan_for, same_questions
from token_server.rooms import RoomView
from token_server.schemas.attempts import NewAttemptBody
from token_server.services import Services

log = structlog.get_logger()


async def start_attempt(
    services: Services, interview: Interview, wanted: NewAttemptBody, idempotency_key: str | None
) -> Attempt:
    """
    Raises:
        ConflictError: attempt_open, with the id of the one in the way.
        ProblemError: at_capacity, with nothing stored.
        UpstreamUnavailableError: LiveKit can't be reached; the attempt is abandoned.
    """
    key = _stored_key(idempotency_key)
    parameters = in_tone(interview.current_plan.parameters, wanted.tone)
    fresh = await _fresh_plan(services, interview, parameters, key) if wanted.questions == "fresh" else None
    # One at a time in this process: two that look for a place together would both find the last one.
    async with services.admission:
        attempt = await _admitted(services, interview, wanted, parameters, key, fresh)
    if attempt.job_epoch > 0:  # The same request again.
        await services.jobs.ensure(attempt)
        return attempt
    try:
        await services.jobs.dispatch(attempt, RoomView())
    except (UpstreamUnavailableError, StoreError):
        await services.jobs.abandon(attempt)
        raise
    services.metrics.attempts_started.inc()
    log.info("attempt_started", attempt_id=attempt.id, number=attempt.number, questions=wanted.questions)
    return attempt


async def _fresh_plan(
    services: Services, interview: Interview, parameters: InterviewParameters, key: str | None
) -> PlanDraft | None:
    """Written before admission, since a model takes seconds for it; None where there is an attempt already.

    Raises:
        ConflictError, ProblemError: what would be refused afterwards is refused at once.
    """
    if await _attempt_of_key_or_place(services, interview, key) is not None:
        return None
    used = await services.store.used_questions(interview.id)
    return await plan_for(services, interview.owner_id, parameters, used=used)


async def _admitted(
    services: Services,
    interview: Interview,
    wanted: NewAttemptBody,
    parameters: InterviewParameters,
    key: str | None,
    fresh: PlanDraft | None,
) -> Attempt:
    if (again := await _attempt_of_key_or_place(services, interview, key)) is not None:
        return again
    plan = interview.current_plan
    if fresh is None and parameters != plan.parameters:
        fresh = await same_questions(services, plan)
    if fresh is not None:
        plan = await services.store.add_plan(interview.id, parameters, fresh)
    return await services.store.create_attempt(
        interview.id, interview.owner_id, plan.id, record_audio=wanted.record_audio, idempotency_key=key
    )


async def _attempt_of_key_or_place(services: Services, interview: Interview, key: str | None) -> Attempt | None:
    """The attempt that the same request has started; None where there is none, and a place for one.

    Raises:
        ConflictError: attempt_open, with the id of the one in the way.
        ProblemError: at_capacity
    """
    if key is not None and (again := await services.store.attempt_of_key(interview.id, key)) is not None:
        if again.status not in OPEN:
            raise ProblemError("attempt_over", "the attempt that was started with this Idempotency-Key")
        return again
    open_attempts = await services.store.open_attempts()
    mine = next((attempt for attempt in open_attempts if attempt.owner_id == interview.owner_id), None)
    if mine is not None:
        raise ConflictError("attempt_open", ref=mine.id)
    await services.jobs.admit(open_attempts=open_attempts)
    return None


def _stored_key(idempotency_key: str | None) -> str | None:
    """A digest: it is theirs to choose, and ours to compare only."""
    return None if idempotency_key is None else hashlib.sha256(idempotency_key.encode()).hexdigest()
