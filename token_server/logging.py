"""Structured logs: JSON lines with the attempt's id, never with secrets, e-mail addresses or what people said."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

NEVER_LOGGED = frozenset(
    (
        "access_token",
        "authorization",
        "cookie",
        "display_name",
        "email",
        "job_description",
        "participant_token",
        "password",
        "refresh_token",
        "remarks",
        "resume",
        "text",
    )
)


def drop_private_fields(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The last line of defence: a field with such a name is a mistake in our code."""
    for name in NEVER_LOGGED & event.keys():
        event[name] = "[withheld]"
    return event


def set_up_logging() -> None:
    """For the process. uvicorn's own access log prints query strings, so ours takes its place."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            drop_private_fields,
            structlog.processors.ExceptionRenderer(
                # Without locals: they hold bodies and tokens.
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
            ),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.getLogger("uvicorn.access").disabled = True
    # httpx logs every URL it calls at INFO.
    logging.getLogger("httpx").setLevel(logging.WARNING)
