"""Accounts."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, SecretStr, StringConstraints

from token_server.schemas.base import Answer, RequestBody

Email = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=320)]
DisplayName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Password = Annotated[SecretStr, Field(min_length=1, max_length=200)]
"""What is too weak is said by token_server/auth/passwords.py; the bound keeps a megabyte away from bcrypt."""


class SignUpBody(RequestBody):
    email: Email
    password: Password
    display_name: DisplayName


class SignInBody(RequestBody):
    email: Email
    password: Password


class RefreshBody(RequestBody):
    """API clients send their refresh token; the page leaves it out and its cookie is used."""

    refresh_token: Annotated[str, StringConstraints(min_length=1, max_length=4096)] | None = None


class PasswordResetBody(RequestBody):
    email: Email


class PasswordResetAnswer(Answer):
    """Says nothing about the account: where codes go at all."""

    code_goes_to: Literal["inbox", "folder"]
    """Embedded Supabase sends no mail. It puts it into a folder of this machine."""


class PasswordBody(RequestBody):
    current_password: Password
    password: Password
    """The new one."""


class NewPasswordBody(RequestBody):
    """`code` is the one that the reset mail holds."""

    email: Email
    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=6, max_length=100)]
    password: Password


class ProfileBody(RequestBody):
    display_name: DisplayName


class User(Answer):
    id: str
    email: str
    display_name: str


class SessionNow(Answer):
    """Of whoever asks."""

    user: User | None
    """None where nobody is signed in, or not any more."""
    renewable: bool
    """Nobody is, but the cookie that a session is renewed with came along: `POST /api/auth/refresh` may bring one."""


class SignedIn(Answer):
    user: User
    access_token: str
    refresh_token: str
    expires_at: datetime


class ConfirmationRequiredAnswer(Answer):
    confirmation_required: Literal[True] = True
