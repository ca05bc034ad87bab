"""One moment of the data into one file."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path, PurePosixPath

from embedded.backup.archive import Manifest, write_archive
from embedded.backup.parts import DATABASE, RECORDINGS, BackupError, is_sqlite, is_wanted, present
from embedded.backup.stillness import still

_BUSY_SEC = 10.0


def save(data_dir: Path, file: Path, now: datetime) -> Manifest:
    """Whether the product runs or not. While it runs, its database stands still for the time of a copy.

    Raises:
        BackupError, OSError
    """
    if not (data_dir / DATABASE).is_dir():
        raise BackupError(f"There is no data in {data_dir}.")
    if file.exists():
        raise BackupError(f"{file} is there already: it isn't overwritten.")
    with tempfile.TemporaryDirectory(dir=data_dir, prefix="backup-") as copied:
        # All parts in one stillness: a turn is in the outbox or in the database, and can't move between the two copies.
        with still(data_dir):
            for part in present(data_dir):
                _take(data_dir, part, Path(copied))
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return write_archive(Path(copied), file, now)


def _take(data_dir: Path, part: str, copied: Path) -> None:
    whole = data_dir / part
    for path in (whole, *sorted(whole.rglob("*"))):
        relative = path.relative_to(data_dir)
        target = copied / relative
        if path.is_dir():
            target.mkdir(parents=True, mode=0o700)
        elif is_sqlite(PurePosixPath(relative)):
            _take_sqlite(path, target)
        elif is_wanted(PurePosixPath(relative)):
            _take_file(path, target, is_final=part == RECORDINGS)


def _take_file(path: Path, target: Path, *, is_final: bool) -> None:
    """
    Args:
        is_final: it is never written to again, so that a second name for it is as good as a copy, and takes no time.
    """
    try:
        if is_final:
            os.link(path, target)
        else:
            shutil.copyfile(path, target)
    except FileNotFoundError:
        return  # a worker just handed it over, or its time was up


def _take_sqlite(path: Path, target: Path) -> None:
    """One moment of it by SQLite itself: its worker goes on writing, and a copy of its files could be torn.

    Raises:
        BackupError: it can't be read, or the disk is full.
    """
    if not path.exists():
        return
    try:
        # mode=rw: one that is gone by now isn't made anew
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_BUSY_SEC)) as original,
            closing(sqlite3.connect(target)) as copy,
        ):
            original.backup(copy)
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_NOTADB:
            raise BackupError(f"{path} can't be saved ({error}): nothing was saved.") from None
        shutil.copyfile(path, target)  # spoilt before: it must not keep everything else from being saved
