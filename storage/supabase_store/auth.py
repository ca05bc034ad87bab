"""Accounts on Supabase Auth. A fresh client per call: one that signed somebody in would go on speaking as them."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from http import HTTPStatus

import httpx
import supabase_auth.errors as supabase_errors
from pydantic import ValidationError
from supabase_auth import AsyncGoTrueClient, AsyncMemoryStorage
from supabase_auth.types import AuthResponse, User

from storage.auth import SignOutScope
from storage.errors import (
    AuthError,
    EmailNotConfirmedError,
    EmailTakenError,
    InvalidCredentialsError,
    InvalidEmailError,
    RateLimitedError,
    StoreUnavailableError,
    UnauthenticatedError,
    WeakPasswordError,
)
from storage.models.account import AuthSession, AuthUser, ConfirmationRequired
from storage.supabase_store.connection import open_http

_BY_CODE: dict[str, type[AuthError]] = {
    "email_exists": EmailTakenError,
    "user_already_exists": EmailTakenError,
    "weak_password": WeakPasswordError,
    "same_password": WeakPasswordError,
    "invalid_credentials": InvalidCredentialsError,
    "email_not_confirmed": EmailNotConfirmedError,
    "over_request_rate_limit": RateLimitedError,
    "over_email_send_rate_limit": RateLimitedError,
    "email_address_invalid": InvalidEmailError,
    "email_address_not_authorized": InvalidEmailError,
}
_MAX_EMAIL_CHARS = 320


@asynccontextmanager
async def open_supabase_auth(
    url: str, publishable_key: str, *, reset_url: str | None = None
) -> "AsyncGenerator[SupabaseAuth]":
    """`reset_url`: where the link in a reset mail leads; default is the project's own setting."""
    async with open_http() as http:
        yield SupabaseAuth(http, url, publishable_key, reset_url=reset_url)


class SupabaseAuth:
    """An Auth. Holds the publishable key only."""

    def __init__(
        self, http: httpx.AsyncClient, url: str, publishable_key: str, *, reset_url: str | None = None
    ) -> None:
        self._http = http
        self._url = f"{url.rstrip('/')}/auth/v1"
        self._publishable_key = publishable_key
        self._reset_url = reset_url

    def _client(self) -> AsyncGoTrueClient:
        return AsyncGoTrueClient(
            url=self._url,
            headers={"apikey": self._publishable_key},
            auto_refresh_token=False,
            persist_session=False,
            storage=AsyncMemoryStorage(),
            http_client=self._http,
            flow_type="implicit",
        )

    async def sign_up(self, email: str, password: str, display_name: str) -> AuthSession | ConfirmationRequired:
        if not email or len(email) > _MAX_EMAIL_CHARS:
            raise InvalidEmailError
        if not password:
            raise WeakPasswordError
        with _translated(malformed=InvalidEmailError):
            answer = await self._client().sign_up(
                {"email": email, "password": password, "options": {"data": {"display_name": display_name}}}
            )
        if answer.session is None:
            return ConfirmationRequired(email=email)
        return _session(answer)

    async def sign_in(self, email: str, password: str) -> AuthSession:
        if not email or not password:
            raise InvalidCredentialsError
        with _translated(malformed=InvalidCredentialsError):
            return _session(await self._client().sign_in_with_password({"email": email, "password": password}))

    async def refresh(self, refresh_token: str) -> AuthSession:
        if not refresh_token:
            raise UnauthenticatedError
        with _translated(otherwise=UnauthenticatedError):
            return _session(await self._client().refresh_session(refresh_token))

    async def sign_out(self, access_token: str, *, scope: SignOutScope = "local") -> None:
        try:
            with _translated(otherwise=UnauthenticatedError):
                await self._client().admin.sign_out(access_token, scope)
        except UnauthenticatedError:
            return  # over already

    async def get_user(self, access_token: str) -> AuthUser:
        if not access_token:
            raise UnauthenticatedError
        with _translated(otherwise=UnauthenticatedError):
            answer = await self._client().get_user(access_token)
        if answer is None:
            raise UnauthenticatedError
        return _user(answer.user)

    async def send_password_reset(self, email: str) -> None:
        if not email or len(email) > _MAX_EMAIL_CHARS:
            return
        with _translated():
            await self._client().reset_password_for_email(
                email, {"redirect_to": self._reset_url} if self._reset_url else {}
            )

    async def redeem_reset_code(self, email: str, code: str) -> AuthSession:
        with _translated(malformed=InvalidCredentialsError, otherwise=InvalidCredentialsError):
            return _session(await self._client().verify_otp({"type": "recovery", "email": email, "token": code}))

    async def change_password(self, access_token: str, new_password: str) -> None:
        client = self._client()
        with _translated(otherwise=UnauthenticatedError):
            await client.set_session(access_token, "")
            await client.update_user({"password": new_password})


def _session(answer: AuthResponse) -> AuthSession:
    session = answer.session
    if session is None or session.expires_at is None:
        raise StoreUnavailableError("Supabase Auth gave no session")
    return AuthSession(
        user=_user(session.user),
        access_token=session.access_token,
        refresh_token=session.refresh_token,
        expires_at=datetime.fromtimestamp(session.expires_at, UTC),
    )


def _user(user: User) -> AuthUser:
    email = user.email or ""
    display_name = user.user_metadata.get("display_name")
    return AuthUser(
        id=user.id, email=email, display_name=display_name if isinstance(display_name, str) else email.split("@")[0]
    )


@contextmanager
def _translated(
    *, malformed: type[AuthError] | None = None, otherwise: type[AuthError] | None = None
) -> Generator[None]:
    """Supabase Auth's errors in our words: what a malformed field means in this call, and what any other refusal."""
    try:
        yield
    except (supabase_errors.AuthRetryableError, supabase_errors.AuthUnknownError, httpx.HTTPError) as error:
        raise StoreUnavailableError(f"Supabase Auth can't be reached: {type(error).__name__}") from error
    except ValidationError as error:
        raise StoreUnavailableError("Supabase Auth gave an answer of another shape") from error
    except supabase_errors.AuthError as error:
        status = getattr(error, "status", 0)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise StoreUnavailableError(f"Supabase Auth failed: {status}") from error
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise RateLimitedError from error
        is_malformed = error.code == "validation_failed" and malformed is not None
        kind = malformed if is_malformed else _BY_CODE.get(error.code or "", otherwise)
        if kind is None:
            raise StoreUnavailableError(f"Supabase Auth refused: {status} {error.code}") from error
        raise kind(error.message) from error
