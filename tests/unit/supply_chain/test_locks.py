"""Everything that is installed is pinned to its content, and no lock says where it was fetched."""

import re
from pathlib import Path

import pytest

from embedded.bootstrap import manifest
from supply_chain.locks import NPM_LOCKS, REQUIREMENTS, faults_of_npm_lock, faults_of_requirements, requirement_locks

pytestmark = pytest.mark.unit

HASH = f"    --hash=sha256:{'0' * 64}"


@pytest.mark.parametrize("lock", requirement_locks(), ids=lambda lock: lock.name)
def test_every_requirement_has_hashes_and_no_index(lock: Path):
    assert list(faults_of_requirements(lock.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("lock", NPM_LOCKS, ids=lambda lock: lock.parent.name)
def test_every_npm_package_has_its_integrity_and_no_registry(lock: Path):
    assert list(faults_of_npm_lock(lock)) == []


@pytest.mark.parametrize(
    "text",
    [
        "fastapi==1.0\n",
        f"fastapi==1.0 \\\n{HASH}\nuvicorn==2\n",
        f"fastapi>=1.0 \\\n{HASH}\n",
        f"--index-url https://registry.example/simple\nfastapi==1.0 \\\n{HASH}\n",
        f"fastapi @ https://files.example/fastapi.whl \\\n{HASH}\n",
        f"fastapi==1.0 \\\n{HASH[:-1]}\n",
    ],
)
def test_a_lock_that_pins_less_is_noticed(text: str):
    assert list(faults_of_requirements(text))


def test_every_lock_is_looked_at():
    assert {"all.txt", "agent.txt", "token-server.txt", "models.txt"} <= {lock.name for lock in requirement_locks()}
    assert all(lock.is_file() for lock in NPM_LOCKS)
    assert REQUIREMENTS.is_dir()


def test_every_weight_is_pinned_by_its_sha256():
    files = [file for model in manifest.MODELS for file in model.files]
    assert files
    for digest in [*(file.sha256 for file in files), manifest.HIBARI_SHA256]:
        assert re.fullmatch(r"[0-9a-f]{64}", digest)
