"""What of the data folder goes into a backup."""

from pathlib import Path, PurePosixPath

DATABASE = "supabase"
RECORDINGS = "recordings"
OUTBOX = "outbox"
KEYS = "keys.json"
PARTS = (DATABASE, RECORDINGS, OUTBOX, KEYS)
"""Not the logs, and nothing of one start. Without the keys nobody could sign in to the restored database."""
RECORDING_SUFFIX = ".ogg"
SQLITE_SUFFIX = ".sqlite3"
_BESIDE_SQLITE = tuple(SQLITE_SUFFIX + ending for ending in ("-wal", "-shm", "-journal"))
LOCK = PurePosixPath(DATABASE, "lock")


class BackupError(Exception):
    """Why there is no backup, or nothing was restored: one clear sentence."""


def is_wanted(path: PurePosixPath) -> bool:
    """
    Args:
        path: relative to the data folder.
    """
    # What an upload is still writing, or left behind, has no row yet; the worker sends it again.
    is_unfinished = path.parts[0] == RECORDINGS and path.suffix != RECORDING_SUFFIX
    # What these hold is in the copy of their database already; they belong to its original.
    is_beside_sqlite = path.parts[0] == OUTBOX and path.name.endswith(_BESIDE_SQLITE)
    return path != LOCK and not is_unfinished and not is_beside_sqlite


def is_sqlite(path: PurePosixPath) -> bool:
    """A database that its worker may be writing to.

    Args:
        path: relative to the data folder.
    """
    return path.parts[0] == OUTBOX and path.suffix == SQLITE_SUFFIX


def present(folder: Path) -> list[str]:
    return [part for part in PARTS if (folder / part).exists()]
