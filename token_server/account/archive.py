"""A ZIP file that is sent while it is made: never more of it in memory than one piece of one file."""

import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

OWNER_ONLY = 0o600 << 16
"""Of the unpacked files, where the unpacker keeps such things."""


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    name: str
    pieces: AsyncIterator[bytes]


class _Sink:
    """What the archive writes to; `take` gives what came since the last call. It can't be rewound, and needn't be."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, data: bytes) -> int:
        self._written += data
        return len(data)

    def flush(self) -> None:
        """There is nothing behind it."""

    def take(self) -> bytes:
        taken = bytes(self._written)
        self._written.clear()
        return taken


async def zip_stream(files: AsyncIterator[ArchiveFile], now: datetime) -> AsyncIterator[bytes]:
    """An error of `files` ends the stream in the middle: what arrived by then is no valid archive."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # pyright: ignore[reportArgumentType,reportCallIssue]
        async for file in files:
            info = zipfile.ZipInfo(file.name, (now.year, now.month, now.day, now.hour, now.minute, now.second))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = OWNER_ONLY
            with archive.open(info, "w") as entry:
                async for piece in file.pieces:
                    entry.write(piece)
                    if written := sink.take():
                        yield written
    yield sink.take()
