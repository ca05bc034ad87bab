"""Checksums, locks and stamps: what makes a set-up that can be interrupted, repeated, and run twice at once."""

import fcntl
import hashlib
import os
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from pathlib import Path

_CHUNK_BYTES = 1 << 20


def sha256_of(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while chunk := content.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def fingerprint(files: Iterable[Path], base: Path, *, salt: str = "") -> str:
    """One checksum over names and contents."""
    digest = hashlib.sha256(salt.encode())
    for file in sorted(files):
        digest.update(f"\n{file.relative_to(base)}:{sha256_of(file)}".encode())
    return digest.hexdigest()


def read_stamp(stamp: Path) -> str | None:
    try:
        return stamp.read_text().strip()
    except (FileNotFoundError, NotADirectoryError):
        return None


def write_atomically(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f"{file.name}.{os.getpid()}.new")
    partial.write_text(text)
    partial.replace(file)


@contextmanager
def directory_lock(directory: Path, waiting: Callable[[], None]) -> Generator[None]:
    """Only one set-up at a time works in `directory`; `waiting` is called once if another one does.

    The lock is on the folder itself: there is no lock file to leave behind, and it ends with the process.
    """
    directory.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
