"""Files in a folder that only this user can read. For token servers of one machine."""

import asyncio
import os
from collections.abc import AsyncIterable, AsyncIterator, Generator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from storage.errors import NotFoundError, StoreUnavailableError
from storage.recordings.files import StoredFile

_CHUNK_BYTES = 256 * 1024
_UNFINISHED = ".part"


class FolderFiles:
    """A RecordingFiles. The folder is made when the first file comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, name: str, content: AsyncIterable[bytes], *, size_bytes: int) -> None:
        unfinished = self._folder / f"{name}.{uuid4().hex}{_UNFINISHED}"
        with _disk_errors():
            file = await asyncio.to_thread(self._create, unfinished)
            try:
                async for chunk in content:
                    await asyncio.to_thread(file.write, chunk)
                await asyncio.to_thread(_sync, file)
                unfinished.replace(self._folder / name)
            finally:
                file.close()
                unfinished.unlink(missing_ok=True)

    async def open(self, name: str, *, first: int, size_bytes: int) -> AsyncIterator[bytes]:
        with _disk_errors():
            file = await asyncio.to_thread((self._folder / name).open, "rb")
        return _read(file, first, size_bytes)

    async def stored(self, prefix: str = "") -> list[StoredFile]:
        with _disk_errors():
            return await asyncio.to_thread(self._stored, prefix)

    async def remove(self, names: Sequence[str]) -> None:
        with _disk_errors():
            for name in names:
                await asyncio.to_thread((self._folder / name).unlink, missing_ok=True)

    def _create(self, path: Path) -> BinaryIO:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def _stored(self, prefix: str) -> list[StoredFile]:
        if not self._folder.is_dir():
            return []
        found: list[StoredFile] = []
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.startswith(prefix):
                    try:
                        changed_at = datetime.fromtimestamp(entry.stat().st_mtime, UTC)
                    except FileNotFoundError:
                        continue  # removed since it was listed
                    found.append(StoredFile(entry.name, changed_at))
        return found


def _sync(file: BinaryIO) -> None:
    """On disk before it has its name: the worker forgets its own copy after this."""
    file.flush()
    os.fsync(file.fileno())


async def _read(file: BinaryIO, first: int, size_bytes: int) -> AsyncIterator[bytes]:
    try:
        await asyncio.to_thread(file.seek, first)
        left = size_bytes
        while left > 0 and (chunk := await asyncio.to_thread(file.read, min(left, _CHUNK_BYTES))):
            left -= len(chunk)
            yield chunk
    finally:
        file.close()


@contextmanager
def _disk_errors() -> Generator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise NotFoundError from error
    except OSError as error:
        raise StoreUnavailableError(f"recordings can't be kept or read: {type(error).__name__}") from error
