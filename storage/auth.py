"""The auth protocol: accounts and their sessions, as the token server uses them.

Errors: the AuthError family of storage.errors; StoreUnavailableError when the service can't be reached.
"""

from typing import Literal, Protocol

from storage.models.account import AuthSession, AuthUser, ConfirmationRequired

SignOutScope = Literal["local", "others", "global"]


class Auth(Protocol):
    async def sign_up(self, email: str, password: str, display_name: str) -> AuthSession | ConfirmationRequired:
        """Makes the account and its profile.

        Raises:
            EmailTakenError, WeakPasswordError, InvalidEmailError, RateLimitedError
        """
        ...

    async def sign_in(self, email: str, password: str) -> AuthSession:
        """
        Raises:
            InvalidCredentialsError, EmailNotConfirmedError, RateLimitedError
        """
        ...

    async def refresh(self, refresh_token: str) -> AuthSession:
        """A new pair of tokens. A second refresh with the old one, more than 10 s later, ends the whole session.

        Raises:
            UnauthenticatedError, RateLimitedError
        """
        ...

    async def sign_out(self, access_token: str, *, scope: SignOutScope = "local") -> None:
        """Ends this session, all `others` of the person, or all. A session that is over already is no error."""
        ...

    async def get_user(self, access_token: str) -> AuthUser:
        """Asks the service, so that a signed-out or deleted account is noticed.

        Raises:
            UnauthenticatedError
        """
        ...

    async def send_password_reset(self, email: str) -> None:
        """Sends a mail if there is such an account, and never tells whether there is.

        Raises:
            RateLimitedError
        """
        ...

    async def redeem_reset_code(self, email: str, code: str) -> AuthSession:
        """A session for whoever can read the account's mail. A code counts once.

        Raises:
            InvalidCredentialsError: a wrong or old code, or no such account.
            RateLimitedError
        """
        ...

    async def change_password(self, access_token: str, new_password: str) -> None:
        """
        Raises:
            UnauthenticatedError, WeakPasswordError
        """
        ...
