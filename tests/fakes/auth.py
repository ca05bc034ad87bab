"""Accounts in memory, with real HS256 access tokens, so that the token server verifies them as it does Supabase's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from uuid import uuid4

import jwt

from storage.auth import SignOutScope
from storage.errors import (
    EmailTakenError,
    InvalidCredentialsError,
    InvalidEmailError,
    UnauthenticatedError,
    WeakPasswordError,
)
from storage.models.account import AuthSession, AuthUser, ConfirmationRequired
from tests.fakes.store import FakeStore

JWT_SECRET = "test-secret-that-is-long-enough-for-hs256"
ACCESS_TOKEN_SEC = 3600
REFRESH_REUSE_SEC = 10
MIN_PASSWORD_CHARS = 8


@dataclass
class _Account:
    user: AuthUser
    password: str


@dataclass
class _Session:
    session_id: str
    user_id: str
    refresh_token: str
    previous_token: str | None = None
    refreshed_at: datetime | None = None


def _utc_now() -> datetime:
    return datetime.now(UTC)


class FakeAuth:
    """An Auth. With a store, signing up makes the profile there, as the database's trigger does."""

    def __init__(
        self,
        store: FakeStore | None = None,
        *,
        jwt_secret: str = JWT_SECRET,
        confirm_email: bool = False,
        clock: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._store = store
        self._jwt_secret = jwt_secret
        self._confirm_email = confirm_email
        self._clock = clock
        self._accounts: dict[str, _Account] = {}
        self._sessions: dict[str, _Session] = {}
        self.reset_mails: list[str] = []
        """Addresses that a reset mail was sent to."""
        self.reset_codes: dict[str, str] = {}
        """What the newest mail to an address holds, until it is used."""

    async def sign_up(self, email: str, password: str, display_name: str) -> AuthSession | ConfirmationRequired:
        email = email.lower()
        if "@" not in email:
            raise InvalidEmailError("that is not an e-mail address")
        if len(password) < MIN_PASSWORD_CHARS:
            raise WeakPasswordError(f"at least {MIN_PASSWORD_CHARS} characters")
        if self._confirm_email:
            return ConfirmationRequired(email=email)
        if email in self._accounts:
            raise EmailTakenError
        user = AuthUser(id=str(uuid4()), email=email, display_name=display_name)
        self._accounts[email] = _Account(user, password)
        if self._store is not None:
            self._store.add_profile(display_name, user.id)
        return self._open_session(user)

    async def sign_in(self, email: str, password: str) -> AuthSession:
        account = self._accounts.get(email.lower())
        if account is None or account.password != password or self._is_deleted(account.user.id):
            raise InvalidCredentialsError
        return self._open_session(account.user)

    async def refresh(self, refresh_token: str) -> AuthSession:
        now = self._clock()
        for session in list(self._sessions.values()):
            if session.refresh_token == refresh_token:
                session.previous_token, session.refresh_token = refresh_token, token_urlsafe(24)
                session.refreshed_at = now
                return self._answer(session)
            if session.previous_token == refresh_token and session.refreshed_at is not None:
                if now - session.refreshed_at <= timedelta(seconds=REFRESH_REUSE_SEC):
                    return self._answer(session)
                del self._sessions[session.session_id]
        raise UnauthenticatedError

    async def sign_out(self, access_token: str, *, scope: SignOutScope = "local") -> None:
        session = self._sessions.get(self._claims(access_token)["session_id"])
        if session is None:
            return
        for other in list(self._sessions.values()):
            is_meant = other is not session if scope == "others" else other is session or scope == "global"
            if is_meant and other.user_id == session.user_id:
                del self._sessions[other.session_id]

    async def get_user(self, access_token: str) -> AuthUser:
        session = self._sessions.get(self._claims(access_token)["session_id"])
        if session is None:
            raise UnauthenticatedError
        return self._account(session.user_id).user

    async def send_password_reset(self, email: str) -> None:
        if email.lower() in self._accounts:
            self.reset_mails.append(email.lower())
            self.reset_codes[email.lower()] = f"{len(self.reset_mails):06}"

    async def redeem_reset_code(self, email: str, code: str) -> AuthSession:
        account = self._accounts.get(email.lower())
        if account is None or self.reset_codes.get(email.lower()) != code:
            raise InvalidCredentialsError
        del self.reset_codes[email.lower()]
        return self._open_session(account.user)

    async def change_password(self, access_token: str, new_password: str) -> None:
        user = await self.get_user(access_token)
        if len(new_password) < MIN_PASSWORD_CHARS:
            raise WeakPasswordError(f"at least {MIN_PASSWORD_CHARS} characters")
        self._account(user.id).password = new_password

    def _account(self, user_id: str) -> _Account:
        for account in self._accounts.values():
            if account.user.id == user_id and not self._is_deleted(user_id):
                return account
        raise UnauthenticatedError

    def _is_deleted(self, user_id: str) -> bool:
        return self._store is not None and user_id not in self._store.tables.profiles

    def _open_session(self, user: AuthUser) -> AuthSession:
        session = _Session(session_id=str(uuid4()), user_id=user.id, refresh_token=token_urlsafe(24))
        self._sessions[session.session_id] = session
        return self._answer(session)

    def _answer(self, session: _Session) -> AuthSession:
        user = self._account(session.user_id).user
        now = self._clock()
        expires_at = now + timedelta(seconds=ACCESS_TOKEN_SEC)
        claims = {
            "sub": user.id,
            "aud": "authenticated",
            "role": "authenticated",
            "email": user.email,
            "session_id": session.session_id,
            "iat": int(now.timestamp()),
            "exp": int(expires_at.timestamp()),
        }
        access_token = jwt.encode(claims, self._jwt_secret, algorithm="HS256")
        return AuthSession(
            user=user, access_token=access_token, refresh_token=session.refresh_token, expires_at=expires_at
        )

    def _claims(self, access_token: str) -> dict[str, str]:
        try:
            return jwt.decode(
                access_token,
                self._jwt_secret,
                algorithms=["HS256"],
                audience="authenticated",
                # a clock that a test has put forward makes tokens of the future
                options={"require": ["exp", "sub", "aud", "session_id"], "verify_iat": False},
            )
        except jwt.InvalidTokenError as error:
            raise UnauthenticatedError from error
