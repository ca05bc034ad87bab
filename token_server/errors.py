"""Refusals: one exception of ours, and the one place where every error becomes problem+json."""

from collections.abc import Mapping
from typing import cast, get_args

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from storage.errors import (
    AuthError,
    ConflictError,
    InvalidEmailError,
    NotFoundError,
    StaleRevisionError,
    StoreError,
    StoreUnavailableError,
)
from token_server.documents.problems import DocumentError
from token_server.documents.reader import ReaderBusyError
from token_server.schemas.problem import InvalidField, Problem, ProblemCode

PROBLEM_JSON = "application/problem+json"
UPSTREAM_RETRY_SEC = 2
READER_RETRY_SEC = 5

log = structlog.get_logger()

STATUS_OF_CODE: dict[ProblemCode, int] = {
    "invalid_credentials": 401,
    "email_taken": 409,
    "email_not_confirmed": 403,
    "weak_password": 422,
    "wrong_password": 403,
    "rate_limited": 429,
    "csrf_failed": 403,
    "validation_failed": 422,
    "unauthenticated": 401,
    "forbidden": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "attempt_open": 409,
    "attempt_over": 409,
    "assessment_running": 409,
    "not_comparable": 409,
    "at_capacity": 503,
    "stale_revision": 409,
    "setup_over": 409,
    "superseded": 409,
    "too_large": 413,
    "unknown_document_type": 415,
    "encrypted_document": 422,
    "document_without_text": 422,
    "document_too_long": 422,
    "unreadable_document": 422,
    "range_not_satisfiable": 416,
    "upstream_unavailable": 503,
    "internal_error": 500,
}
TITLES: dict[ProblemCode, str] = {
    "invalid_credentials": "E-mail address or password is wrong.",
    "email_taken": "There is an account with this e-mail address.",
    "email_not_confirmed": "Confirm your e-mail address first.",
    "weak_password": "This password is too weak.",
    "wrong_password": "That is not the password of this account.",
    "rate_limited": "Too many tries. Wait a moment.",
    "csrf_failed": "This request did not come from our own page.",
    "validation_failed": "Something in the request is not valid.",
    "unauthenticated": "Sign in first.",
    "forbidden": "These credentials don't allow this.",
    "not_found": "There is no such thing.",
    "method_not_allowed": "This address doesn't know that method.",
    "attempt_open": "You have an interview going on.",
    "attempt_over": "This interview is over.",
    "assessment_running": "This interview is being assessed.",
    "not_comparable": "There are no two reports to compare.",
    "at_capacity": "All interviewers are busy. Try again in a moment.",
    "stale_revision": "This has changed in the meantime.",
    "setup_over": "This conversation is over.",
    "superseded": "Another one has taken over.",
    "too_large": "The request is too large.",
    "unknown_document_type": "Only PDF, Word (docx), text and Markdown files can be read. Paste the text instead.",
    "encrypted_document": "This file needs a password. Save it without one, or paste its text.",
    "document_without_text": "There is no text in it, perhaps because it is a scan. Paste the text instead.",
    "document_too_long": "This is too long. Paste the part that matters.",
    "unreadable_document": "This file can't be read. Save it anew as PDF or text, or paste its text.",
    "range_not_satisfiable": "The file has no such part.",
    "upstream_unavailable": "A service that this needs can't be reached. Try again in a moment.",
    "internal_error": "Something went wrong on our side.",
}
CODE_OF_STATUS: dict[int, ProblemCode] = {
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
}
PROBLEM_CODES: tuple[str, ...] = get_args(ProblemCode)


class ProblemError(Exception):
    """A refusal by the token server's own rules."""

    def __init__(
        self,
        code: ProblemCode,
        detail: str | None = None,
        *,
        errors: list[InvalidField] | None = None,
        attempt_id: str | None = None,
        revision: int | None = None,
        retry_after_sec: int | None = None,
    ) -> None:
        super().__init__(detail or code)
        self.code: ProblemCode = code
        self.detail = detail
        self.errors = errors
        self.attempt_id = attempt_id
        self.revision = revision
        self.retry_after_sec = retry_after_sec


class UpstreamUnavailableError(Exception):
    """LiveKit, or the keys of the auth service, can't be reached. Trying again may help."""


def problem_response(problem: ProblemError, *, headers: Mapping[str, str] | None = None) -> JSONResponse:
    status = STATUS_OF_CODE[problem.code]
    body = Problem(
        title=TITLES[problem.code],
        status=status,
        code=problem.code,
        detail=problem.detail,
        errors=problem.errors,
        attempt_id=problem.attempt_id,
        revision=problem.revision,
    )
    all_headers = {"Cache-Control": "no-store", **(headers or {})}
    if problem.retry_after_sec is not None:
        all_headers["Retry-After"] = str(problem.retry_after_sec)
    if status == 401:
        all_headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(
        body.model_dump(exclude_none=True), status_code=status, headers=all_headers, media_type=PROBLEM_JSON
    )


def translate(error: Exception) -> ProblemError:
    """The refusal that a caller gets for an error of the layers below."""
    match error:
        case ProblemError():
            return error
        case NotFoundError():
            return ProblemError("not_found")
        case StaleRevisionError(revision=revision):
            return ProblemError("stale_revision", str(error), revision=revision)
        case ConflictError(code=code, ref=ref) if code in PROBLEM_CODES:
            detail = None if str(error) == code else str(error)
            return ProblemError(cast(ProblemCode, code), detail, attempt_id=ref if code == "attempt_open" else None)
        case InvalidEmailError():
            field = InvalidField(field="email", message="is not an address that can be used")
            return ProblemError("validation_failed", errors=[field])
        case AuthError(code="rate_limited"):
            return ProblemError("rate_limited", retry_after_sec=60)
        case AuthError(code=code) if code in PROBLEM_CODES:
            return ProblemError(cast(ProblemCode, code))
        case DocumentError(code=code):
            return ProblemError(code)
        case ReaderBusyError():
            return ProblemError("rate_limited", retry_after_sec=READER_RETRY_SEC)
        case StoreUnavailableError() | UpstreamUnavailableError():
            return ProblemError("upstream_unavailable", retry_after_sec=UPSTREAM_RETRY_SEC)
        case _:
            return ProblemError("internal_error")


def invalid_fields(error: RequestValidationError) -> list[InvalidField]:
    """Field and reason of each mistake, without the value that was sent."""
    fields: list[InvalidField] = []
    for item in error.errors():
        place = [str(part) for part in item["loc"] if part not in ("body", "query", "path", "header")]
        fields.append(InvalidField(field=".".join(place) or str(item["loc"][0]), message=item["msg"]))
    return fields


def add_error_handlers(app: FastAPI) -> None:
    async def refuse(request: Request, error: Exception) -> JSONResponse:
        problem = translate(error)
        if isinstance(error, StoreUnavailableError | UpstreamUnavailableError):
            log.warning("upstream_unavailable", error=type(error).__name__, detail=str(error))
        elif problem.code == "internal_error":
            log.error("store_refused", error=type(error).__name__)
        return problem_response(problem)

    async def refuse_invalid(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)  # noqa: S101  # registered for this type only
        return problem_response(ProblemError("validation_failed", errors=invalid_fields(error)))

    async def refuse_http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)  # noqa: S101  # registered for this type only
        other: ProblemCode = "internal_error" if error.status_code >= 500 else "validation_failed"
        code = CODE_OF_STATUS.get(error.status_code, other)
        return problem_response(ProblemError(code), headers=error.headers)

    async def refuse_unexpected(request: Request, error: Exception) -> JSONResponse:
        log.error("unexpected_error", error=type(error).__name__, exc_info=error)
        return problem_response(ProblemError("internal_error"))

    for kind in (ProblemError, StoreError, AuthError, UpstreamUnavailableError, DocumentError, ReaderBusyError):
        app.add_exception_handler(kind, refuse)
    app.add_exception_handler(RequestValidationError, refuse_invalid)
    app.add_exception_handler(HTTPException, refuse_http)
    app.add_exception_handler(Exception, refuse_unexpected)
