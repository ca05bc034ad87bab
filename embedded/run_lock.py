"""One `make run`, or one backup of a stopped one, per data folder."""

import fcntl
import os
from pathlib import Path

from embedded.supervision import wait_until_gone

_LEFT_OVER_LIMIT_SEC = 8.0


def take_run_lock(run_dir: Path) -> int | None:
    """The descriptor that holds the lock until it is closed; None while others use the data."""
    descriptor = os.open(run_dir / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    if not wait_until_gone(run_dir, _LEFT_OVER_LIMIT_SEC):
        os.close(descriptor)
        return None
    return descriptor
