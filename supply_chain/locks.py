"""The lock files, and what must hold for each: every file by its hash, and no address of a registry."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
NPM_LOCKS = (ROOT / "token_server/web/package-lock.json", ROOT / "embedded/supabase/package-lock.json")
SHIPPED_GROUPS = ("token-server", "agent", "on-device")
"""Locks of what runs with a user; `dev.txt` and `uv.txt` stay with whoever develops."""

_REQUIREMENT = re.compile(
    r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[^\s;]+)(?:\s*;\s*(?P<marker>.+?))?\s*\\?$"
)
_HASH = re.compile(r"^\s+--hash=sha256:[0-9a-f]{64}\s*\\?$")
_ADDRESS = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host")
_STRONG_INTEGRITY = re.compile(r"^sha512-[A-Za-z0-9+/]{86}==$")


@dataclass(frozen=True, slots=True)
class Locked:
    name: str
    version: str
    marker: str | None = None


def requirement_locks() -> list[Path]:
    return sorted(REQUIREMENTS.glob("*.txt"))


def locked_in(lock: Path) -> list[Locked]:
    """Of a requirements lock, in its order."""
    found = (_REQUIREMENT.match(line) for line in lock.read_text(encoding="utf-8").splitlines())
    return [Locked(match["name"], match["version"], match["marker"]) for match in found if match is not None]


def faults_of_requirements(text: str) -> Iterator[str]:
    """What is wrong with a requirements lock, in words."""
    name, hashes = None, 0
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if _HASH.match(line):
            hashes += 1
            continue
        if name is not None and hashes == 0:
            yield f"{name} has no hash"
        name, hashes = None, 0
        if _ADDRESS.search(line):
            yield f"line {number} has an address"
        if not line.strip() or line.startswith("#"):
            continue
        match = _REQUIREMENT.match(line)
        if match is None:
            yield f"line {number} is no exact version"
        else:
            name = match["name"]


def npm_packages(lock: Path) -> dict[str, dict[str, Any]]:
    """By their place in node_modules."""
    packages: dict[str, dict[str, Any]] = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return {place: package for place, package in packages.items() if place}


def faults_of_npm_lock(lock: Path) -> Iterator[str]:
    for place, package in npm_packages(lock).items():
        if not _STRONG_INTEGRITY.match(str(package.get("integrity", ""))):
            yield f"{place} has no sha512"
        if "resolved" in package:
            yield f"{place} names where it was fetched"
