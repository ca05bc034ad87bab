"""Interviews: set up, list, change, delete."""

from typing import Annotated

from fastapi import APIRouter, Query, status
from pydantic import Field, StringConstraints

from storage.models.interview import InterviewType, Level
from storage.store import InterviewQuery, InterviewSort, InterviewStatus, InterviewWithAttempts
from token_server.auth.dependencies import OwnedInterview, ServicesNow, SignedInUser
from token_server.planning import interview_title
from token_server.plans import asked_before, in_tone, plan_for, same_questions
from token_server.schemas.base import ItemsPage, StorableText
from token_server.schemas.interviews import (
    ChangeInterviewBody,
    InterviewDetail,
    InterviewItem,
    NewInterviewBody,
    Technologies,
)

router = APIRouter(prefix="/interviews", tags=["interviews"])

SearchText = Annotated[StorableText, StringConstraints(max_length=200)]
Cursor = Annotated[StorableText, StringConstraints(max_length=2000)]
Limit = Annotated[int, Field(ge=1, le=100)]


@router.post("", status_code=status.HTTP_201_CREATED)
async def create_interview(body: NewInterviewBody, user: SignedInUser, services: ServicesNow) -> InterviewDetail:
    parameters = body.parameters()
    used = await asked_before(user.view, parameters)
    draft = await plan_for(services, user.user_id, parameters, used=used)
    interview = await services.store.create_interview(user.user_id, interview_title(parameters), parameters, draft)
    return InterviewDetail.of(InterviewWithAttempts(interview))


@router.get("")
async def list_interviews(
    user: SignedInUser,
    cursor: Annotated[Cursor | None, Query()] = None,
    limit: Annotated[Limit, Query()] = 20,
    q: Annotated[SearchText | None, Query()] = None,
    role: Annotated[SearchText | None, Query()] = None,
    interview_type: Annotated[InterviewType | None, Query(alias="type")] = None,
    level: Level | None = None,
    technology: Annotated[SearchText | None, Query()] = None,
    interview_status: Annotated[InterviewStatus | None, Query(alias="status")] = None,
    sort: InterviewSort = "newest",
) -> ItemsPage[InterviewItem]:
    """`q` searches title, role and technologies."""
    query = InterviewQuery(
        cursor=cursor,
        limit=limit,
        q=q,
        role=role,
        interview_type=interview_type,
        level=level,
        technology=technology,
        status=interview_status,
        sort=sort,
    )
    page = await user.view.interviews(query)
    return ItemsPage(items=[InterviewItem.of(found) for found in page.items], next_cursor=page.next_cursor)


@router.get("/technologies")
async def list_technologies(user: SignedInUser) -> Technologies:
    """Of all interviews, to narrow the list by."""
    return Technologies(items=await user.view.technologies())


@router.get("/{interview_id}")
async def read_interview(interview: OwnedInterview) -> InterviewDetail:
    return InterviewDetail.of(interview)


@router.patch("/{interview_id}")
async def change_interview(
    body: ChangeInterviewBody, found: OwnedInterview, user: SignedInUser, services: ServicesNow
) -> InterviewDetail:
    interview = found.interview
    old = interview.current_plan.parameters
    new = body.changed(old)
    if new != old:
        if new == in_tone(old, new.tone):
            draft = await same_questions(services, interview.current_plan)
        else:
            used = [*await asked_before(user.view, new), *await services.store.used_questions(interview.id)]
            draft = await plan_for(services, user.user_id, new, used=used)
        await services.store.add_plan(interview.id, new, draft)
    if old.job_description is not None and new.job_description is None:
        await services.store.forget_job_description(interview.id)
    if body.title is not None:
        await services.store.rename_interview(interview.id, body.title)
    elif interview.title == interview_title(old) != interview_title(new):
        # Still the title that we made: it follows what it was made from.
        await services.store.rename_interview(interview.id, interview_title(new))
    return InterviewDetail.of(await user.view.interview(interview.id))


@router.delete("/{interview_id}/job-description", status_code=status.HTTP_204_NO_CONTENT)
async def delete_job_description(found: OwnedInterview, services: ServicesNow) -> None:
    """The text, from all plans of the interview. Its questions stay, with what they were chosen for."""
    await services.store.forget_job_description(found.interview.id)


@router.delete("/{interview_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_interview(found: OwnedInterview, services: ServicesNow) -> None:
    """With all its attempts. One that is going on is cut short."""
    await services.store.delete_interview(found.interview.id)
    for summary in found.attempts:
        if summary.attempt.status in ("planned", "live"):
            await services.jobs.close_room(summary.attempt.id)
    await services.recordings.remove_files(s.attempt.id for s in found.attempts if s.attempt.record_audio)
