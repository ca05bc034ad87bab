"""Signing up, in and out; the profile; passwords."""

from contextlib import suppress

import structlog
from fastapi import APIRouter, Request, Response, status
from fastapi.responses import JSONResponse
from pydantic import SecretStr

from storage.errors import (
    AuthError,
    InvalidCredentialsError,
    RateLimitedError,
    StoreUnavailableError,
    UnauthenticatedError,
)
from storage.models.account import AuthSession, ConfirmationRequired
from token_server.auth.csrf import refuse_cross_site
from token_server.auth.dependencies import (
    ServicesNow,
    SignedInUser,
    SignedInUserOrNobody,
    credentials_of,
    network_address,
)
from token_server.auth.dependencies import SignedIn as Person
from token_server.auth.even_timing import evenly_timed
from token_server.auth.own_password import prove_password
from token_server.auth.passwords import refuse_weak
from token_server.errors import ProblemError, UpstreamUnavailableError, problem_response, translate
from token_server.schemas.auth import (
    ConfirmationRequiredAnswer,
    NewPasswordBody,
    PasswordBody,
    PasswordResetAnswer,
    PasswordResetBody,
    ProfileBody,
    RefreshBody,
    SessionNow,
    SignedIn,
    SignInBody,
    SignUpBody,
    User,
)
from token_server.services import Services

router = APIRouter(prefix="/auth", tags=["auth"])
log = structlog.get_logger()


@router.post(
    "/sign-up",
    status_code=status.HTTP_201_CREATED,
    responses={202: {"model": ConfirmationRequiredAnswer, "description": "Wherever e-mail must be confirmed"}},
)
async def sign_up(body: SignUpBody, request: Request, response: Response, services: ServicesNow) -> SignedIn:
    await _before_trying(request, services, "sign-up", body.email)
    refuse_weak(body.password.get_secret_value())
    async with evenly_timed(services.settings.auth_answer_step_sec) as timing:
        made = await services.auth.sign_up(body.email, body.password.get_secret_value(), body.display_name)
        timing.tells_nothing = isinstance(made, ConfirmationRequired)
    if isinstance(made, ConfirmationRequired):
        return JSONResponse(ConfirmationRequiredAnswer().model_dump(), status.HTTP_202_ACCEPTED)  # pyright: ignore[reportReturnType]
    await _end_session_before(request, services)
    return _signed_in(made, body.display_name, response, services)


@router.post("/sign-in")
async def sign_in(body: SignInBody, request: Request, response: Response, services: ServicesNow) -> SignedIn:
    await _before_trying(request, services, "sign-in", body.email)
    async with evenly_timed(services.settings.auth_answer_step_sec) as timing:
        session = await services.auth.sign_in(body.email, body.password.get_secret_value())
        timing.tells_nothing = False
    await _end_session_before(request, services)
    await services.store.note_seen(session.user.id, now=services.clock())
    return _signed_in(session, await services.store.display_name(session.user.id), response, services)


@router.post("/refresh")
async def refresh(
    request: Request, response: Response, services: ServicesNow, body: RefreshBody | None = None
) -> SignedIn:
    """With the token in the body, or, from the page, with the cookie."""
    sent = body.refresh_token if body is not None else None
    refresh_token = sent or services.cookies.refresh_token(request)
    # Also with a token in the body: the answer sets cookies, and so signs somebody in.
    refuse_cross_site(request, services.settings.allowed_origins, unknown_ok=sent is not None or refresh_token is None)
    if refresh_token is None:
        raise UnauthenticatedError
    await services.rate_limit.check("refresh", address=network_address(request))
    try:
        session = await services.refreshing.refresh(refresh_token)
        name = await services.store.display_name(session.user.id)
    except UnauthenticatedError as error:
        refusal = problem_response(translate(error))
        services.cookies.clear(refusal)
        return refusal  # pyright: ignore[reportReturnType]
    await services.store.note_seen(session.user.id, now=services.clock())
    return _signed_in(session, name, response, services)


@router.post("/sign-out", status_code=status.HTTP_204_NO_CONTENT)
async def sign_out(request: Request, response: Response, services: ServicesNow) -> None:
    """Also for somebody who is signed out already."""
    credentials = credentials_of(request, services)
    by_header = credentials is not None and credentials.source == "header"
    refresh_token = None if by_header else services.cookies.refresh_token(request)
    if credentials is None and refresh_token is not None:
        # The access cookie has run out; its session hasn't, and must not outlive the sign-out.
        refuse_cross_site(request, services.settings.allowed_origins)
    services.cookies.clear(response)
    await _end_session(services, credentials.access_token if credentials is not None else None, refresh_token)


@router.post("/sign-out-everywhere", status_code=status.HTTP_204_NO_CONTENT)
async def sign_out_everywhere(user: SignedInUser, response: Response, services: ServicesNow) -> None:
    await services.auth.sign_out(user.access_token, scope="global")
    services.sessions.forget()
    services.cookies.clear(response)


@router.post("/password-reset", status_code=status.HTTP_202_ACCEPTED)
async def ask_for_password_reset(
    body: PasswordResetBody, request: Request, services: ServicesNow
) -> PasswordResetAnswer:
    """Never tells whether there is such an account."""
    await _before_trying(request, services, "password-reset", body.email)
    async with evenly_timed(services.settings.auth_answer_step_sec):
        try:
            await services.auth.send_password_reset(body.email)
        except (AuthError, StoreUnavailableError) as error:
            # Supabase sends mail, and refuses a second one within a minute, only where there is an account.
            log.warning("password_reset_not_sent", error=type(error).__name__)
    return PasswordResetAnswer(code_goes_to="inbox" if services.settings.sends_mail else "folder")


@router.post("/password-reset/confirm")
async def set_forgotten_password(
    body: NewPasswordBody, request: Request, response: Response, services: ServicesNow
) -> SignedIn:
    """With the code of the reset mail. Signs in here, and out everywhere else."""
    await _before_trying(request, services, "password-reset-code", body.email)
    refuse_weak(body.password.get_secret_value())
    try:
        async with evenly_timed(services.settings.auth_answer_step_sec) as timing:
            proved = await services.auth.redeem_reset_code(body.email, body.code)
            timing.tells_nothing = False
    except InvalidCredentialsError as error:
        raise ProblemError("invalid_credentials", "The code is wrong, or too old.") from error
    await _set_password(proved, body.password, services)
    await _end_session_before(request, services)
    return _signed_in(proved, await services.store.display_name(proved.user.id), response, services)


@router.post("/password")
async def change_password(
    body: PasswordBody, user: SignedInUser, request: Request, response: Response, services: ServicesNow
) -> SignedIn:
    """Asks for the current one. This browser goes on with a session of its own, every other one is signed out."""
    refuse_weak(body.password.get_secret_value())
    proved = await prove_password(
        services,
        email=user.email,
        password=body.current_password.get_secret_value(),
        address=network_address(request),
    )
    await _set_password(proved, body.password, services)
    return _signed_in(proved, await services.store.display_name(user.user_id), response, services)


@router.get("/session")
async def read_session(request: Request, user: SignedInUserOrNobody, services: ServicesNow) -> SessionNow:
    """Who is signed in. Nobody is an answer here and no refusal: pages that anybody may see ask it."""
    if user is None:
        return SessionNow(user=None, renewable=services.cookies.refresh_token(request) is not None)
    return SessionNow(user=await _profile(user), renewable=False)


@router.get("/me")
async def me(user: SignedInUser) -> User:
    return await _profile(user)


@router.patch("/me")
async def change_me(body: ProfileBody, user: SignedInUser, services: ServicesNow) -> User:
    await services.store.set_display_name(user.user_id, body.display_name)
    return User(id=user.user_id, email=user.email, display_name=body.display_name)


async def _profile(person: Person) -> User:
    return User(id=person.user_id, email=person.email, display_name=await person.view.display_name())


def _signed_in(session: AuthSession, display_name: str, response: Response, services: Services) -> SignedIn:
    services.cookies.put(response, session, services.clock())
    return SignedIn(
        user=User(id=session.user.id, email=session.user.email, display_name=display_name),
        access_token=session.access_token,
        refresh_token=session.refresh_token,
        expires_at=session.expires_at,
    )


async def _set_password(proved: AuthSession, password: SecretStr, services: Services) -> None:
    await services.auth.change_password(proved.access_token, password.get_secret_value())
    # After it: whoever signs in with the old one until then is put out, too.
    await services.auth.sign_out(proved.access_token, scope="others")
    services.sessions.forget()


async def _end_session(services: Services, access_token: str | None, refresh_token: str | None) -> None:
    """Of both tokens: one of them may be over, or of another session. One that is over already is no error."""
    try:
        if access_token is not None:
            with suppress(UnauthenticatedError):
                # A cookie may hold anything, also what no request to Supabase can carry.
                await services.verifier.verify(access_token)
                await services.auth.sign_out(access_token)
        if refresh_token is not None:
            with suppress(UnauthenticatedError):
                session = await services.refreshing.refresh(refresh_token)
                await services.auth.sign_out(session.access_token)
    finally:
        services.sessions.forget()


async def _end_session_before(request: Request, services: Services) -> None:
    """What a browser's cookies were before somebody signed in opens nothing afterwards, whoever had put them there."""
    cookies = services.cookies
    try:
        await _end_session(services, cookies.access_token(request), cookies.refresh_token(request))
    except (RateLimitedError, StoreUnavailableError, UpstreamUnavailableError) as error:
        # The new session is there already, and is what was asked for.
        log.warning("earlier_session_not_ended", error=type(error).__name__)


async def _before_trying(request: Request, services: Services, action: str, email: str) -> None:
    # Signing somebody in is a change too: a foreign page must not put its own account under our visitor.
    refuse_cross_site(request, services.settings.allowed_origins, unknown_ok=True)
    await services.rate_limit.check(action, address=network_address(request), email=email)
