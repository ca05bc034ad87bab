"""Where things are: the checkout, its virtual environment, the cache that checkouts share."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

APP_NAME = "mock-interview"
REPOSITORY = Path(__file__).resolve().parent.parent.parent
CACHE_SETTING = "MOCK_INTERVIEW_CACHE_DIR"


@dataclass(frozen=True)
class Places:
    """Everything that the bootstrap writes lies below these two folders."""

    repository: Path
    cache: Path

    @property
    def venv(self) -> Path:
        return self.repository / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def requirements(self) -> Path:
        return self.repository / "requirements"

    @property
    def models(self) -> Path:
        return self.cache / "models"

    @property
    def binaries(self) -> Path:
        return self.cache / "bin"

    @property
    def staging(self) -> Path:
        """Half-finished work. On the cache's file system, so that a rename puts a finished piece in its place."""
        return self.cache / "staging"

    @property
    def logs(self) -> Path:
        return self.cache / "logs"


def find_places() -> Places:
    configured = os.environ.get(CACHE_SETTING) or setting_in_file(REPOSITORY / ".env", CACHE_SETTING)
    return Places(REPOSITORY, Path(configured).expanduser().absolute() if configured else default_cache_dir())


def default_cache_dir() -> Path:
    """As platformdirs has it, which isn't installed yet: a test compares the two."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / APP_NAME
    xdg = os.environ.get("XDG_CACHE_HOME", "").strip()
    return (Path(xdg) if xdg else Path.home() / ".cache") / APP_NAME


def setting_in_file(file: Path, name: str) -> str | None:
    """The value of NAME=value in an env file, which may be quoted."""
    try:
        lines = file.read_text().splitlines()
    except FileNotFoundError:
        return None
    found = None
    for line in lines:
        key, equals, value = line.removeprefix("export ").partition("=")
        if equals and key.strip() == name:
            found = value.split(" #")[0].strip().strip("\"'") or None
    return found
