"""Samples on disk: each is written as soon as it is there, so a benchmark that was stopped goes on where it was."""

import json
import os
import platform
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from tests.support.candidate.measure import Summary

RESULTS_DIR = Path(__file__).resolve().parent / "results"


class Sample(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    """What was measured; a key that is there already is not measured again."""
    value: float | None
    """None where the thing to be measured didn't happen."""
    load: float | None = None
    """The machine's load average of the last minute: what else ran, the stack itself makes about 1."""
    details: dict[str, Any] = {}


class SampleFile:
    """All samples of one figure."""

    def __init__(self, path: Path, about: dict[str, str], samples: list[Sample]) -> None:
        self._path = path
        self.about = about
        self.samples = samples

    @classmethod
    def open(cls, name: str, *, fresh: bool = False, folder: Path = RESULTS_DIR, settings: str = "") -> Self:
        """The samples taken so far; none if `fresh`, or if the code or the settings have moved on since."""
        about = {**circumstances(), **({"settings": settings} if settings else {})}
        stored = None if fresh else cls.stored(name, folder)
        if stored is not None and _same_run(stored.about, about):
            return stored
        opened = cls(folder / f"{name}.json", about, [])
        opened._write()
        return opened

    @classmethod
    def stored(cls, name: str, folder: Path = RESULTS_DIR) -> Self | None:
        """The samples on disk, of whatever commit; None if there are none."""
        path = folder / f"{name}.json"
        if not path.exists():
            return None
        stored = json.loads(path.read_text(encoding="utf-8"))
        return cls(path, stored["about"], [Sample.model_validate(sample) for sample in stored["samples"]])

    def __contains__(self, key: str) -> bool:
        return any(sample.key == key for sample in self.samples)

    def add(self, key: str, value: float | None, **details: Any) -> None:
        """Keep a sample and say so."""
        self.keep(key, value, **details)
        shown = self.samples[-1].value
        print(f"{self._path.stem}  {key}  {'-' if shown is None else f'{shown:g}'}", flush=True)

    def keep(self, key: str, value: float | None, **details: Any) -> None:
        """Keep a sample."""
        if key in self:
            raise ValueError(f"sample {key!r} of {self._path.stem} was taken already")
        rounded = None if value is None else round(value, 4)
        self.samples.append(Sample(key=key, value=rounded, load=round(os.getloadavg()[0], 2), details=details))
        self._write()

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        body = {"about": self.about, "samples": [sample.model_dump() for sample in self.samples]}
        unfinished = self._path.with_suffix(".part")
        unfinished.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        unfinished.replace(self._path)

    @property
    def values(self) -> list[float]:
        return [sample.value for sample in self.samples if sample.value is not None]

    @property
    def summary(self) -> Summary:
        return Summary.of(self.values)


def _same_run(stored: dict[str, str], now: dict[str, str]) -> bool:
    return all(stored.get(name) == now.get(name) for name in ("commit", "settings"))


def circumstances() -> dict[str, str]:
    """What a figure depends on and a reader must know."""
    git = shutil.which("git")
    commit = "unknown"
    if git is not None:
        asked = subprocess.run([git, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=False)
        commit = asked.stdout.strip() or commit
    return {
        "commit": commit,
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}",
    }
