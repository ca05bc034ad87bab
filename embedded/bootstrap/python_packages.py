"""The virtual environment with the locked packages."""

import shutil
import subprocess
import sys
import venv
from pathlib import Path

from embedded.bootstrap.console import run_quietly, say
from embedded.bootstrap.files import fingerprint, read_stamp, write_atomically
from embedded.bootstrap.places import Places
from embedded.bootstrap.step import Missing

_FETCH_BYTES = 420_000_000
_INSTALLED_BYTES = 1_300_000_000


PIP_SWITCHES = ("--no-input", "--disable-pip-version-check", "--progress-bar", "off", "--require-hashes")


class PythonPackages:
    def __init__(self, places: Places) -> None:
        self._places = places
        self._lock_file = places.requirements / "all.txt"
        self._stamp = places.venv / ".mock-interview"

    def missing(self) -> Missing | None:
        if read_stamp(self._stamp) == self._wanted() and self._works():
            return None
        first_time = read_stamp(self._stamp) is None
        return Missing(
            "Python packages" if first_time else "Python packages (the lock changed)",
            fetch_bytes=_FETCH_BYTES if first_time else 0,
            checkout_bytes=_INSTALLED_BYTES if first_time else 0,
        )

    def supply(self) -> None:
        if not self._works():
            say(f"  virtual environment in {self._places.venv}")
            venv.create(self._places.venv, clear=self._places.venv.exists(), with_pip=True, symlinks=True)
        install = [self._places.python, "-m", "pip", "install", *PIP_SWITCHES, "--only-binary=:all:"]
        run_quietly(
            "Python packages",
            [*install, "-r", self._lock_file],
            log=self._places.logs / "pip.log",
            advice="Look whether the package index is reachable, and run the same command again.",
        )
        write_atomically(self._stamp, self._wanted())

    def _wanted(self) -> str:
        return fingerprint([self._lock_file], self._places.requirements, salt=f"{sys.version_info[:2]}")

    def _works(self) -> bool:
        """A virtual environment whose making was interrupted, or whose Python was removed, doesn't."""
        if not self._places.python.exists() or not any(self._places.venv.glob("lib/python*/site-packages/pip")):
            return False
        if read_stamp(self._stamp) is not None:
            return True
        check = [self._places.python, "-m", "pip", "--version"]
        return subprocess.run(check, capture_output=True, check=False).returncode == 0  # noqa: S603


def executable(name: str, places: Places) -> Path | None:
    """A program of the virtual environment, else one on PATH."""
    own = places.venv / "bin" / name
    if own.exists():
        return own
    found = shutil.which(name)
    return None if found is None else Path(found)
