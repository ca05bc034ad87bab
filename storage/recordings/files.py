"""What a place for files can do. Names are made of ids only, so that a listing tells nothing about anybody."""

from collections.abc import AsyncIterable, AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


def file_name(attempt_id: str, epoch: int) -> str:
    """Of the recording of one job."""
    return f"{attempt_prefix(attempt_id)}{epoch}.ogg"


def attempt_prefix(attempt_id: str) -> str:
    """How the names of all files of an attempt begin."""
    return f"{attempt_id}."


@dataclass(frozen=True, slots=True)
class StoredFile:
    name: str
    changed_at: datetime


class RecordingFiles(Protocol):
    """Each raises StoreUnavailableError where the place can't be reached, or is full."""

    async def put(self, name: str, content: AsyncIterable[bytes], *, size_bytes: int) -> None:
        """Whole or not at all; takes the place of an older file of this name."""
        ...

    async def open(self, name: str, *, first: int, size_bytes: int) -> AsyncIterator[bytes]:
        """That many bytes from the byte `first` on. Iterate it to its end, or close it.

        Raises:
            NotFoundError
        """
        ...

    async def stored(self, prefix: str = "") -> list[StoredFile]:
        """All files whose names begin so, also what an interrupted `put` left behind."""
        ...

    async def remove(self, names: Sequence[str]) -> None:
        """Those that aren't there are no error."""
        ...
