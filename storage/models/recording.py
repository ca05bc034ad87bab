"""Sound of an attempt: one file per job that recorded."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from storage.models.base import Model

CONTENT_TYPE = "audio/ogg"
"""Opus in Ogg."""


class Recording(Model):
    attempt_id: str
    epoch: Annotated[int, Field(ge=1)]
    """Of the job that recorded it."""
    offset_ms: Annotated[int, Field(ge=0)]
    """Where its beginning is on the attempt's clock: a turn's `started_ms` less this is the place in the file."""
    duration_ms: Annotated[int, Field(ge=0)]
    bytes: Annotated[int, Field(gt=0)]
    consented_at: datetime
    """When its candidate consented. Its time to be kept counts from here."""
    created_at: datetime
