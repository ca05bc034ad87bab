"""Is this a machine that can run it at all?"""

import importlib.util
import os
import shutil
import sys
from pathlib import Path

from embedded.bootstrap.console import SetupProblemError, size_text

_SPARE_BYTES = 500_000_000


def check_platform() -> None:
    """
    Raises:
        SetupProblemError
    """
    if sys.platform not in ("linux", "darwin"):
        raise SetupProblemError(
            "The embedded stack runs on Linux and macOS; on Windows use WSL 2, and run the same command there."
        )
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetupProblemError(
            f"This Python ({sys.executable}) can't make virtual environments: install its venv module "
            f"(Debian and Ubuntu: `apt-get install python{version}-venv`), and run the same command again."
        )


def check_writable(directory: Path) -> None:
    """
    Raises:
        SetupProblemError
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupProblemError(f"The folder {directory} can't be made: {error.strerror}.") from None
    if not os.access(directory, os.W_OK | os.X_OK):
        raise SetupProblemError(f"The folder {directory} can't be written to: choose another one, or mend its rights.")


def check_space(needed_bytes_by_directory: dict[Path, int]) -> None:
    """Compares what each file system has with what all the folders on it will take.

    Raises:
        SetupProblemError
    """
    by_device: dict[int, tuple[Path, int]] = {}
    for directory, needed in needed_bytes_by_directory.items():
        if needed == 0:
            continue
        device = directory.stat().st_dev
        first, so_far = by_device.get(device, (directory, 0))
        by_device[device] = (first, so_far + needed)
    for directory, needed in by_device.values():
        free = shutil.disk_usage(directory).free
        if free < needed + _SPARE_BYTES:
            raise SetupProblemError(
                f"There isn't enough disk space: {size_text(needed + _SPARE_BYTES)} are needed where {directory} is, "
                f"and {size_text(free)} are free. Make room, or point MOCK_INTERVIEW_CACHE_DIR to another disk."
            )
