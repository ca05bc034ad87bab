"""Whether turns can be kept on this disk: asked at the worker's start and every few seconds, told in its heartbeat."""

import os
import shutil
from pathlib import Path

PROBE_BYTES = 64 * 1024
"""More than the longest turn with the times of its words."""
LEAST_FREE_BYTES = 16 * 1024 * 1024
"""An interview's turns take less than one megabyte; the rest is room for the database's own files."""


def outbox_problem(folder: Path) -> str | None:
    """What keeps turns from being kept there, in words for whoever runs it; None if nothing does. Takes a disk sync."""
    probe = folder / f"probe-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            _write_through(probe)
        finally:
            probe.unlink(missing_ok=True)
        free_bytes = shutil.disk_usage(folder).free
    except OSError as error:
        return f"turns can't be kept on disk: {error.strerror or type(error).__name__}"
    if free_bytes < LEAST_FREE_BYTES:
        return f"the disk under the outbox is almost full: {free_bytes // 1024 // 1024} MB are free"
    return None


def _write_through(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        remaining = PROBE_BYTES
        while remaining:
            remaining -= os.write(descriptor, bytes(remaining))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
