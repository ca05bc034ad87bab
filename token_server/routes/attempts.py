"""Attempts: start one, get into its room, steer it, read what was said."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Header, Query, status
from pydantic import StringConstraints

from storage.models.room import CommandMessage
from storage.models.transcript import in_parts
from token_server.auth.dependencies import OwnedAttempt, OwnedInterview, ServicesNow, SignedInUser
from token_server.errors import ProblemError
from token_server.jobs import OPEN
from token_server.routes.interviews import Limit
from token_server.schemas.attempts import (
    AttemptDetail,
    CommandBody,
    Connection,
    NewAttempt,
    NewAttemptBody,
    StartedAttempt,
    TranscriptTurn,
    TurnsPage,
)
from token_server.schemas.base import StorableText
from token_server.starting import start_attempt as start
from token_server.tokens import attempt_connection

router = APIRouter(tags=["attempts"])
INTERVIEWER_RETRY_SEC = 3
IdempotencyKey = Annotated[StorableText, StringConstraints(min_length=1, max_length=200)]


@router.post("/interviews/{interview_id}/attempts", status_code=status.HTTP_201_CREATED)
async def start_attempt(
    found: OwnedInterview,
    user: SignedInUser,
    services: ServicesNow,
    body: NewAttemptBody | None = None,
    idempotency_key: Annotated[IdempotencyKey | None, Header()] = None,
) -> NewAttempt:
    """Ask for it after the microphone check: the interviewer is sent for at once."""
    await services.auth.get_user(user.access_token)
    wanted = body or NewAttemptBody()
    attempt = await start(services, found.interview, wanted, idempotency_key)
    plan = await user.view.plan(attempt.plan_id)
    return NewAttempt(
        attempt=StartedAttempt.of(attempt),
        connection=await _connection(attempt.id, user, services),
        question_count=len(plan.questions),
        new_question_count=plan.new_question_count if wanted.questions == "fresh" else None,
    )


@router.post("/attempts/{attempt_id}/connection", status_code=status.HTTP_201_CREATED)
async def connect(attempt: OwnedAttempt, user: SignedInUser, services: ServicesNow) -> Connection:
    """A fresh participant token, and an interviewer if none is there. Any body is accepted and ignored, so that
    LiveKit's client SDKs can use this as their token endpoint."""
    await services.auth.get_user(user.access_token)
    if attempt.status not in OPEN:
        raise ProblemError("attempt_over")
    await services.jobs.ensure(attempt)
    return await _connection(attempt.id, user, services)


@router.post("/attempts/{attempt_id}/commands", status_code=status.HTTP_202_ACCEPTED)
async def command_attempt(body: CommandBody, attempt: OwnedAttempt, services: ServicesNow) -> None:
    if attempt.status not in OPEN:
        raise ProblemError("attempt_over")
    if not await services.jobs.command(attempt, CommandMessage(command=body.command)):
        services.sweep.hint()
        raise ProblemError(
            "upstream_unavailable", "the interviewer is on its way", retry_after_sec=INTERVIEWER_RETRY_SEC
        )


@router.post("/attempts/{attempt_id}/end", status_code=status.HTTP_202_ACCEPTED)
async def end_attempt(attempt: OwnedAttempt, services: ServicesNow) -> None:
    """The interviewer says good-bye and ends it. Also 202 when it is over already."""
    if attempt.status not in OPEN:
        return
    told = services.jobs.heard_of(attempt) and await services.jobs.command(attempt, CommandMessage(command="end"))
    if told:
        services.sweep.end_unless_over(attempt.id)
    else:
        await services.jobs.finish(attempt, "candidate_ended", fenced=False)


@router.get("/attempts/{attempt_id}")
async def read_attempt(attempt: OwnedAttempt, user: SignedInUser, services: ServicesNow) -> AttemptDetail:
    plan = await user.view.plan(attempt.plan_id)
    return AttemptDetail.of(attempt, plan, server_url=services.settings.server_url)


@router.get("/attempts/{attempt_id}/turns")
async def read_turns(
    attempt: OwnedAttempt,
    user: SignedInUser,
    cursor: Annotated[int | None, Query(ge=0, le=2**31 - 1)] = None,
    limit: Annotated[Limit, Query()] = 100,
) -> TurnsPage:
    """In the order in which they were spoken. The cursor is the last `seq` of the page before.

    A candidate's turn into which the interviewer began to speak too early is one turn, if one page holds all of it;
    `parts` then says what it was put together of.
    """
    page, corrections = await asyncio.gather(
        user.view.turns(attempt.id, after_seq=cursor, limit=limit), user.view.corrections(attempt.id)
    )
    corrected_texts = {correction.seq: correction.text for correction in corrections}
    items = [TranscriptTurn.of(parts, corrected_texts) for parts in in_parts(page.items)]
    return TurnsPage(items=items, next_cursor=page.next_cursor)


async def _connection(attempt_id: str, user: SignedInUser, services: ServicesNow) -> Connection:
    return attempt_connection(
        services.settings,
        attempt_id=attempt_id,
        user_id=user.user_id,
        display_name=await user.view.display_name(),
        now=services.clock(),
    )
