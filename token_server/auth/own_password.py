"""Proving once more that it is you: asked for before what can't be undone."""

from storage.errors import InvalidCredentialsError
from storage.models.account import AuthSession
from token_server.errors import ProblemError
from token_server.services import Services

ACTION = "own-password"
"""Changing a password and deleting the account count as tries of one kind: both ask the same question."""


async def prove_password(services: Services, *, email: str, password: str, address: str) -> AuthSession:
    """A session of their own, for somebody who knows the account's password.

    Raises:
        ProblemError: wrong_password; rate_limited after too many tries.
    """
    await services.rate_limit.check(ACTION, address=address, email=email)
    try:
        return await services.auth.sign_in(email, password)
    except InvalidCredentialsError as error:
        # Not 401: that says that the session is over, and a page would refresh it and try the password again.
        raise ProblemError("wrong_password") from error
