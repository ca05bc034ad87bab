"""Recordings on disk, from their first page until the token server has them.

Who writes or sends a file holds a lock on it, which ends with the process: what isn't locked is nobody's, and may be
sent by whoever finds it.
"""

import fcntl
import os
import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_NAME = re.compile(r"(?P<attempt_id>[0-9a-f-]{36})\.(?P<epoch>\d+)\.(?P<offset_ms>\d+)\.ogg")


@dataclass(frozen=True, slots=True)
class ShelvedRecording:
    path: Path
    attempt_id: str
    epoch: int
    offset_ms: int
    """Its beginning on the attempt's clock."""


class RecordingShelf:
    """
    Raises:
        OSError: the folder can't be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self, attempt_id: str, epoch: int, offset_ms: int) -> tuple[ShelvedRecording, BinaryIO]:
        """A new file, unbuffered and locked until it is closed."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._folder / f"{attempt_id}.{epoch}.{offset_ms}.ogg"
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "r+b", buffering=0)
        fcntl.flock(file, fcntl.LOCK_EX)
        return ShelvedRecording(path, attempt_id, epoch, offset_ms), file

    def left_behind(self) -> list[ShelvedRecording]:
        """What nobody is writing or sending, the oldest first."""
        if not self._folder.is_dir():
            return []
        found = [_named(path) for path in sorted(self._folder.iterdir(), key=_age)]
        return [recording for recording in found if recording is not None and _is_free(recording.path)]


@contextmanager
def claimed(path: Path) -> Generator[bool]:
    """Locks a file that was left behind. False where somebody else has it, or it is gone."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        yield False
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield path.exists()


def _is_free(path: Path) -> bool:
    with claimed(path) as ours:
        return ours


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0  # sent since it was listed


def _named(path: Path) -> ShelvedRecording | None:
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    return ShelvedRecording(path, match["attempt_id"], int(match["epoch"]), int(match["offset_ms"]))
