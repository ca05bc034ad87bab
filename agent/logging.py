"""Structured logs of worker and assessor. No transcript text, e-mail address or secret is ever logged."""

import logging
import sys
from typing import Literal

import structlog

LogLevel = Literal["debug", "info", "warning", "error"]


def configure_logging(level: LogLevel = "info") -> None:
    for name in ("livekit.agents", "livekit"):
        logging.getLogger(name).addFilter(_without_content)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )


def _without_content(record: logging.LogRecord) -> bool:
    """LiveKit logs what people say in fields that it marks as personal: they go no further."""
    for field in [field for field in vars(record) if field.startswith("lk.pii.")]:
        delattr(record, field)
    return True
