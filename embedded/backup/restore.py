"""A backup in the place of the data. What was there is kept aside."""

import tempfile
from datetime import datetime
from pathlib import Path

from embedded.backup.archive import unpack_archive
from embedded.backup.parts import DATABASE, BackupError, present
from embedded.backup.stillness import stopped


def restore(data_dir: Path, file: Path, now: datetime) -> Path | None:
    """
    Returns:
        where the data that was there is now; None when there was none.

    Raises:
        BackupError: the product runs, or the file isn't a whole backup. Nothing was changed then.
        OSError
    """
    with stopped(data_dir), tempfile.TemporaryDirectory(dir=data_dir, prefix="restoring-") as unpacked:
        unpack_archive(file, Path(unpacked))
        if DATABASE not in present(Path(unpacked)):
            raise BackupError(f"{file} holds no database. Nothing was restored.")
        aside = data_dir / f"before-restore-{now:%Y%m%dT%H%M%SZ}"
        return aside if _exchange(data_dir, Path(unpacked), aside) else None


def _exchange(data_dir: Path, unpacked: Path, aside: Path) -> bool:
    """Whether there was something to keep. All names change, or none."""
    old = present(data_dir)
    aside.mkdir(mode=0o700)
    moves = [(data_dir / part, aside / part) for part in old]
    moves += [(unpacked / part, data_dir / part) for part in present(unpacked)]
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in moves:
            source.rename(target)
            done.append((source, target))
    except BaseException:  # a Ctrl-C, too
        for source, target in reversed(done):
            target.rename(source)
        aside.rmdir()
        raise
    if not old:
        aside.rmdir()
    return bool(old)
