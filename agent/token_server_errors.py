"""What comes back instead of an answer: the errors of the token server's client, and which refusal is which."""

from http import HTTPStatus
from typing import Any

import httpx

_HOPELESS = frozenset(
    {
        HTTPStatus.NOT_FOUND,
        HTTPStatus.GONE,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    }
)
"""Refusals of what was sent: the same again is refused again."""


class TokenServerError(Exception):
    """Base of all. `code` is the problem code of the answer, where there was one."""

    def __init__(self, message: str, *, code: str | None = None, status: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.status = status


class SupersededError(TokenServerError):
    """A newer job or another assessor has taken over. Stop working; don't try again."""


class AttemptOverError(TokenServerError):
    """The attempt is ended or abandoned. Stop working; don't try again."""


class SetupOverError(TokenServerError):
    """The set-up is confirmed or abandoned. Stop working; don't try again."""


class StaleRevisionError(TokenServerError):
    """The draft has been changed meanwhile. Read it, and go on from there."""


class UnavailableError(TokenServerError):
    """Not reached, or it can't serve now. Trying again later may help."""

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        status: int | None = None,
        retry_after_sec: float | None = None,
    ) -> None:
        super().__init__(message, code=code, status=status)
        self.retry_after_sec = retry_after_sec


class RefusedError(TokenServerError):
    """Any other refusal, such as a wrong secret or an unknown id. Trying the same again won't help."""

    @property
    def is_about_the_item(self) -> bool:
        """What was sent is the trouble. Others, such as a wrong secret, are about us and may be put right."""
        return self.status in _HOPELESS


class UnexpectedAnswerError(TokenServerError):
    """Success, but not the shape that the contract promises: the two sides run different versions."""


def refusal_of(response: httpx.Response) -> TokenServerError:
    """The error that an answer other than a success stands for."""
    status = response.status_code
    code = _problem_code(response)
    message = f"{response.request.url.path} refused: {status} {code or response.reason_phrase}"
    if code == "superseded":
        return SupersededError(message, code=code, status=status)
    if code == "attempt_over":
        return AttemptOverError(message, code=code, status=status)
    if code == "setup_over":
        return SetupOverError(message, code=code, status=status)
    if code == "stale_revision":
        return StaleRevisionError(message, code=code, status=status)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        return UnavailableError(message, code=code, status=status, retry_after_sec=_retry_after_sec(response))
    return RefusedError(message, code=code, status=status)


def _problem_code(response: httpx.Response) -> str | None:
    try:
        problem: Any = response.json()
    except ValueError:
        return None
    code: object = problem.get("code") if isinstance(problem, dict) else None
    return code if isinstance(code, str) else None


def _retry_after_sec(response: httpx.Response) -> float | None:
    """The header's seconds. Its date form is not used by our server, so it counts as absent."""
    value = response.headers.get("Retry-After", "")
    return float(value) if value.isdecimal() else None
