"""Growth: two attempts of an interview compared, and progress over all interviews."""

import asyncio
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query

from storage.errors import NotFoundError
from storage.store import AssessedAttempt, InterviewWithAttempts
from token_server.auth.dependencies import OwnedInterview, SignedInUser
from token_server.errors import ProblemError
from token_server.growth.comparison import compare
from token_server.growth.progress import progress_of
from token_server.schemas.base import StorableText
from token_server.schemas.growth import Comparison, Progress
from token_server.schemas.problem import InvalidField

router = APIRouter(tags=["growth"])
TOO_FEW = "Two attempts of this interview must have feedback first."
NONE_BEFORE = "No attempt before this one has feedback."
SAME = "is the attempt that it would be compared with"


@router.get("/interviews/{interview_id}/comparison")
async def compare_attempts(
    found: OwnedInterview,
    user: SignedInUser,
    from_: Annotated[
        StorableText | None, Query(alias="from", description="An attempt; default: the assessed one before `to`")
    ] = None,
    to: Annotated[StorableText | None, Query(description="An attempt; default: the newest assessed one")] = None,
) -> Comparison:
    """By the newest feedback on each. A difference within its `spread` is no real change."""
    assessed = await user.view.assessed_attempts(interview_id=found.interview.id)
    after = _named(to, assessed, found) if to is not None else _newest(assessed)
    before = _named(from_, assessed, found) if from_ is not None else _one_before(after, assessed)
    if before.attempt_id == after.attempt_id:
        raise ProblemError("validation_failed", errors=[InvalidField(field="from", message=SAME)])
    feedback = await asyncio.gather(user.view.feedback(before.assessment_id), user.view.feedback(after.assessment_id))
    return compare(before, feedback[0], after, feedback[1])


@router.get("/progress")
async def read_progress(user: SignedInUser) -> Progress:
    """Over the 200 newest assessed attempts of all interviews; areas that recur, over the 60 newest."""
    assessed = await user.view.assessed_attempts()
    # Off the event loop: many areas to compare take tenths of a second.
    return await asyncio.to_thread(progress_of, assessed)


def _named(attempt_id: str, assessed: Sequence[AssessedAttempt], found: InterviewWithAttempts) -> AssessedAttempt:
    attempt = next((summary.attempt for summary in found.attempts if summary.attempt.id == attempt_id), None)
    if attempt is None:
        raise NotFoundError
    for one in assessed:
        if one.attempt_id == attempt.id:
            return one
    raise ProblemError("not_comparable", f"Attempt {attempt.number} has no feedback.")


def _newest(assessed: Sequence[AssessedAttempt]) -> AssessedAttempt:
    if not assessed:
        raise ProblemError("not_comparable", TOO_FEW)
    return max(assessed, key=lambda one: one.number)


def _one_before(attempt: AssessedAttempt, assessed: Sequence[AssessedAttempt]) -> AssessedAttempt:
    before = [one for one in assessed if one.number < attempt.number]
    if not before:
        raise ProblemError("not_comparable", NONE_BEFORE if len(assessed) > 1 else TOO_FEW)
    return max(before, key=lambda one: one.number)
