"""The whole product, running, for tests and benchmarks."""

import os
import signal
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from embedded.keys import LIVEKIT_API_KEY
from embedded.stack import EmbeddedStack

ROOT = Path(__file__).resolve().parents[2]
READY_WORDS = "Ready after"
READY_SEC = 180.0
STOP_SEC = 15.0
PASSED_ON = ("PATH", "HOME", "LANG", "MOCK_INTERVIEW_CACHE_DIR", "XDG_CACHE_HOME")
"""Nothing else of a developer's environment: with their keys, test speech would go to somebody's servers."""


@dataclass(frozen=True)
class LiveKitAccess:
    """What the owner of a LiveKit server may do, and a candidate may not."""

    url: str
    api_key: str
    api_secret: str


@dataclass(frozen=True)
class Stack:
    """A stack that is ready for an interview."""

    embedded: EmbeddedStack

    @property
    def base_url(self) -> str:
        return self.embedded.layout.page_url

    @property
    def data_dir(self) -> Path:
        return self.embedded.data_dir

    @property
    def log_files(self) -> list[Path]:
        """Of all its programs."""
        return sorted(file for file in (self.data_dir / "logs").iterdir() if file.is_file())

    @property
    def livekit(self) -> LiveKitAccess:
        return LiveKitAccess(self.embedded.layout.livekit_url, LIVEKIT_API_KEY, self.embedded.keys.livekit_api_secret)


def scripted_model(base_url: str) -> dict[str, str]:
    """Settings for the scripted model server of tests/fakes, which words follow-ups and no plans."""
    return {
        "LLM_PROVIDER": "openai",
        "OPENAI_BASE_URL": base_url,
        "OPENAI_API_KEY": "unused-on-loopback",
        "LLM_MODEL": "scripted",
        "PLAN_WITH_LLM": "off",
    }


def stack_environment(data_dir: Path, settings: dict[str, str]) -> dict[str, str]:
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**passed_on, "PORT": "0", "MOCK_INTERVIEW_DATA_DIR": str(data_dir), **settings}


@contextmanager
def running_stack(data_dir: Path, settings: dict[str, str]) -> Generator[Stack]:
    """Start everything, wait until an interview could really start, and stop it all at the end."""
    with EmbeddedStack(stack_environment(data_dir, settings)) as embedded:
        embedded.wait_until_ready()
        yield Stack(embedded)


def seconds_to_ready_screen(data_dir: Path) -> float:
    """Type `make run`, wait for its last screen, and stop it again with Ctrl-C.

    Raises:
        RuntimeError: it ended by itself, or went on after Ctrl-C.
        TimeoutError: it wasn't ready in time.
    """
    environment = stack_environment(data_dir, {})
    data_dir.mkdir(parents=True, exist_ok=True)
    log_file = data_dir / "start.log"
    started = time.monotonic()
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            ["/usr/bin/env", "make", "run"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        while READY_WORDS not in (said := log_file.read_text(encoding="utf-8", errors="replace")):
            if process.poll() is not None:
                raise RuntimeError(f"`make run` ended with {process.returncode}: {said[-2000:]}")
            if time.monotonic() - started > READY_SEC:
                raise TimeoutError(f"no ready screen after {READY_SEC:g} s: {said[-2000:]}")
            time.sleep(0.1)
        return time.monotonic() - started
    finally:
        _interrupt(process)


def _interrupt(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(STOP_SEC)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise RuntimeError(f"the stack was still running {STOP_SEC:g} s after Ctrl-C") from error
