"""Who is calling, as parameter types of routes. Every route that belongs to somebody has one of these."""

from dataclasses import dataclass
from typing import Annotated, Literal

import structlog
from fastapi import Depends, Request

from storage.errors import NotFoundError, UnauthenticatedError
from storage.models.attempt import Attempt
from storage.models.setup import SetupConversation
from storage.store import InterviewWithAttempts, OwnerView
from token_server.auth.csrf import refuse_cross_site
from token_server.auth.worker_tokens import WorkerCaller, verify_worker_token
from token_server.errors import ProblemError
from token_server.services import Services


async def _services(request: Request) -> Services:
    return request.app.state.services


ServicesNow = Annotated[Services, Depends(_services)]


@dataclass(frozen=True, slots=True)
class Credentials:
    access_token: str
    source: Literal["header", "cookie"]


def network_address(request: Request) -> str:
    """Whose tries are counted together."""
    return request.client.host if request.client is not None else "unknown"


def bearer_token(request: Request) -> str | None:
    """None without an Authorization header.

    Raises:
        UnauthenticatedError: the header is there and holds no bearer token.
    """
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise UnauthenticatedError
    return token.strip()


def credentials_of(request: Request, services: Services) -> Credentials | None:
    """With an Authorization header the cookies are ignored; without one, a changing request must be our own page's.

    Raises:
        UnauthenticatedError
        ProblemError: csrf_failed
    """
    token = bearer_token(request)
    if token is not None:
        return Credentials(token, "header")
    token = services.cookies.access_token(request)
    if token is None:
        return None
    refuse_cross_site(request, services.settings.allowed_origins)
    return Credentials(token, "cookie")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A verified person, and the token that Supabase will see for them."""

    user_id: str
    email: str
    access_token: str
    view: OwnerView
    """Reads as this person."""


async def _signed_in(request: Request, services: ServicesNow) -> SignedIn:
    credentials = credentials_of(request, services)
    if credentials is None:
        raise UnauthenticatedError
    claims = await services.verifier.verify(credentials.access_token)
    await services.sessions.check(credentials.access_token)
    return SignedIn(
        user_id=claims.user_id,
        email=claims.email,
        access_token=credentials.access_token,
        view=services.store.as_owner(credentials.access_token, claims.user_id),
    )


SignedInUser = Annotated[SignedIn, Depends(_signed_in)]


async def _signed_in_or_nobody(request: Request, services: ServicesNow) -> SignedIn | None:
    try:
        return await _signed_in(request, services)
    except UnauthenticatedError:
        return None


SignedInUserOrNobody = Annotated[SignedIn | None, Depends(_signed_in_or_nobody)]
"""For what tells somebody who they are. Nothing that belongs to a person hangs on it."""


async def _owned_interview(interview_id: str, user: SignedInUser) -> InterviewWithAttempts:
    found = await user.view.interview(interview_id)
    if found.interview.owner_id != user.user_id:
        raise NotFoundError
    return found


OwnedInterview = Annotated[InterviewWithAttempts, Depends(_owned_interview)]


async def _owned_attempt(attempt_id: str, user: SignedInUser) -> Attempt:
    attempt = await user.view.attempt(attempt_id)
    if attempt.owner_id != user.user_id:
        raise NotFoundError
    structlog.contextvars.bind_contextvars(attempt_id=attempt.id)
    return attempt


OwnedAttempt = Annotated[Attempt, Depends(_owned_attempt)]


async def _owned_setup(setup_id: str, user: SignedInUser) -> SetupConversation:
    setup = await user.view.setup(setup_id)
    if setup.owner_id != user.user_id:
        raise NotFoundError
    structlog.contextvars.bind_contextvars(setup_id=setup.id)
    return setup


OwnedSetup = Annotated[SetupConversation, Depends(_owned_setup)]


async def _worker_api_caller(request: Request, services: ServicesNow) -> WorkerCaller:
    token = bearer_token(request)
    if token is None:
        raise UnauthenticatedError
    caller = verify_worker_token(token, services.settings.worker_api_secret.get_secret_value())
    await services.worker_rate_limit.check(caller)
    return caller


async def _worker_caller(caller: Annotated[WorkerCaller, Depends(_worker_api_caller)]) -> WorkerCaller:
    if caller.kind != "worker":
        raise ProblemError("forbidden")
    return caller


async def _assessor_caller(caller: Annotated[WorkerCaller, Depends(_worker_api_caller)]) -> WorkerCaller:
    if caller.kind != "assessor":
        raise ProblemError("forbidden")
    return caller


async def _attempt_job_caller(
    attempt_id: str, caller: Annotated[WorkerCaller, Depends(_worker_api_caller)]
) -> WorkerCaller:
    """One attempt's job reaches its own attempt and no other."""
    if caller.kind != "attempt" or caller.id != attempt_id:
        raise ProblemError("forbidden")
    structlog.contextvars.bind_contextvars(attempt_id=attempt_id)
    return caller


async def _setup_job_caller(
    setup_id: str, caller: Annotated[WorkerCaller, Depends(_worker_api_caller)]
) -> WorkerCaller:
    """One set-up's job reaches its own set-up and no other."""
    if caller.kind != "setup" or caller.id != setup_id:
        raise ProblemError("forbidden")
    structlog.contextvars.bind_contextvars(setup_id=setup_id)
    return caller


CallingWorker = Annotated[WorkerCaller, Depends(_worker_caller)]
CallingAssessor = Annotated[WorkerCaller, Depends(_assessor_caller)]
CallingJob = Annotated[WorkerCaller, Depends(_attempt_job_caller)]
CallingSetupJob = Annotated[WorkerCaller, Depends(_setup_job_caller)]
