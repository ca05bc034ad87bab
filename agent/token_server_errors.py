"""What comes back instead of an answer: the errors of the token server's client, and which refusal is which."""

from http import HTTPStatus
from typing import Any, cast

import httpx

_ABOUT_WHAT_WAS_SENT = frozenset({HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY})
_FINAL = frozenset({"not_found", "too_large", "validation_failed"})
"""Problem codes of refusals that come again for the same. The bare status may be that of a proxy."""
_OF_ANOTHER_VERSION = ("Extra inputs are not permitted", "Field required", "Input should be '")
"""How pydantic's reasons begin for a field or a word that the other side's model doesn't have."""


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
    """Any other refusal, such as a wrong secret or an unknown id."""

    def __init__(
        self, message: str, *, code: str | None = None, status: int | None = None, is_understood: bool = True
    ) -> None:
        super().__init__(message, code=code, status=status)
        self._is_understood = is_understood

    @property
    def is_final(self) -> bool:
        """The token server itself looked at what was sent: it belongs to nothing that is there, or isn't valid.

        All others may be put right: a wrong secret, a proxy that answers while the token server starts, a token server
        that is older than what it was sent.
        """
        return self.code in _FINAL and self._is_understood

    @property
    def is_about_what_was_sent(self) -> bool:
        """Something else, or less of it, may be taken."""
        return self.status in _ABOUT_WHAT_WAS_SENT


class UnexpectedAnswerError(TokenServerError):
    """Success, but not the shape that the contract promises: the two sides run different versions."""


def refusal_of(response: httpx.Response) -> TokenServerError:
    """The error that an answer other than a success stands for."""
    status = response.status_code
    problem = _problem(response)
    code = _text(problem.get("code"))
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
    return RefusedError(message, code=code, status=status, is_understood=not _is_of_another_version(problem))


def _problem(response: httpx.Response) -> dict[str, Any]:
    """Empty for what isn't a problem document."""
    try:
        problem: Any = response.json()
    except ValueError:
        return {}
    return cast("dict[str, Any]", problem) if isinstance(problem, dict) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _is_of_another_version(problem: dict[str, Any]) -> bool:
    """One of the reasons is that the two sides' models differ."""
    errors: Any = problem.get("errors")
    reasons = [error.get("message") for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
    return any(isinstance(reason, str) and reason.startswith(_OF_ANOTHER_VERSION) for reason in reasons)


def _retry_after_sec(response: httpx.Response) -> float | None:
    """The header's seconds. Its date form is not used by our server, so it counts as absent."""
    value = response.headers.get("Retry-After", "")
    return float(value) if value.isdecimal() else None
