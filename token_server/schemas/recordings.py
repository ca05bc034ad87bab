"""Recordings as their owner sees them."""

from datetime import datetime
from typing import Literal, Self

from storage.models.recording import Recording
from token_server.schemas.base import Answer


class RecordingItem(Answer):
    epoch: int
    """Of the job that recorded it; it names the file."""
    offset_ms: int
    """Where its beginning is on the attempt's clock: a turn's `started_ms` less this is the place in the file."""
    duration_ms: int
    bytes: int

    @classmethod
    def of(cls, recording: Recording) -> Self:
        return cls(
            epoch=recording.epoch,
            offset_ms=recording.offset_ms,
            duration_ms=recording.duration_ms,
            bytes=recording.bytes,
        )


class RecordingsAnswer(Answer):
    items: list[RecordingItem]
    """In the order in which they were recorded. Empty until the attempt's job has sent what it recorded."""
    consented_at: datetime | None
    kept_until: datetime | None
    """When what is kept goes by itself. None without consent."""
    deleted_at: datetime | None


class RecordingTerms(Answer):
    """What a candidate is told before they consent."""

    kept_in: Literal["data_folder", "supabase"]
    """The data folder of the machine that serves the page, or a private bucket of the Supabase project."""
    retention_days: int
