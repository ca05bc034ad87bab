"""RFC 9457 problem+json."""

from typing import Literal

from token_server.schemas.base import Answer

ProblemCode = Literal[
    "invalid_credentials",
    "email_taken",
    "email_not_confirmed",
    "weak_password",
    "wrong_password",
    "rate_limited",
    "csrf_failed",
    "validation_failed",
    "unauthenticated",
    "forbidden",
    "not_found",
    "method_not_allowed",
    "attempt_open",
    "attempt_over",
    "assessment_running",
    "not_comparable",
    "at_capacity",
    "stale_revision",
    "setup_over",
    "superseded",
    "too_large",
    "unknown_document_type",
    "encrypted_document",
    "document_without_text",
    "document_too_long",
    "unreadable_document",
    "range_not_satisfiable",
    "upstream_unavailable",
    "internal_error",
]


class InvalidField(Answer):
    """What is wrong with one field of the request. Never repeats the value."""

    field: str
    message: str


class Problem(Answer):
    """Every refusal. `code` is stable; title and detail are for people."""

    type: str = "about:blank"
    title: str
    status: int
    code: ProblemCode
    detail: str | None = None
    errors: list[InvalidField] | None = None
    """Of validation_failed."""
    attempt_id: str | None = None
    """Of attempt_open: the attempt in the way."""
    revision: int | None = None
    """Of stale_revision: the newer one."""
