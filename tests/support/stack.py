"""The whole product as one process tree, started as `make run` starts it, for tests and benchmarks."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from embedded.keys import LIVEKIT_API_KEY
from tests.support.candidate.rooms import free_port

ROOT = Path(__file__).resolve().parents[2]
KEYS_FILE = "keys.json"
READY_SEC = 120.0
STOP_SEC = 15.0
ON_DEVICE = {"STT_PROVIDER": "whisper", "TTS_PROVIDER": "hibari"}
"""Named, so that keys in a developer's environment don't send test speech anywhere."""


@dataclass(frozen=True)
class LiveKitAccess:
    """What the owner of a LiveKit server may do, and a candidate may not."""

    url: str
    api_key: str
    api_secret: str


@dataclass(frozen=True)
class Stack:
    """A running stack."""

    base_url: str
    data_dir: Path
    ready_after_sec: float
    """From the start of the process to 200 of /readyz."""
    pid: int
    livekit_port: int

    def livekit_keys(self) -> LiveKitAccess:
        keys = json.loads((self.data_dir / KEYS_FILE).read_text(encoding="utf-8"))
        return LiveKitAccess(f"ws://127.0.0.1:{self.livekit_port}", LIVEKIT_API_KEY, keys["livekit_api_secret"])

    def log_tail(self, characters: int = 4000) -> str:
        return (self.data_dir / "stack.log").read_text(encoding="utf-8", errors="replace")[-characters:]


def scripted_model(base_url: str) -> dict[str, str]:
    """Settings for the scripted model server of tests/fakes."""
    return {
        "LLM_PROVIDER": "openai",
        "OPENAI_BASE_URL": base_url,
        "OPENAI_API_KEY": "unused-on-loopback",
        "LLM_MODEL": "scripted",
    }


@contextmanager
def running_stack(data_dir: Path, settings: dict[str, str]) -> Generator[Stack]:
    """Start everything, wait until an interview could really start, and stop it all at the end."""
    data_dir.mkdir(parents=True, exist_ok=True)
    port, livekit_port = free_port(), free_port()
    environment = {
        **os.environ,
        **ON_DEVICE,
        "PORT": str(port),
        "LIVEKIT_PORT": str(livekit_port),
        "MOCK_INTERVIEW_DATA_DIR": str(data_dir),
        **settings,
    }
    started = time.monotonic()
    with (data_dir / "stack.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "embedded"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        base_url = f"http://127.0.0.1:{port}"
        stack = Stack(
            base_url=base_url, data_dir=data_dir, ready_after_sec=0.0, pid=process.pid, livekit_port=livekit_port
        )
        _wait_until_ready(process, stack)
        yield Stack(base_url, data_dir, time.monotonic() - started, process.pid, livekit_port)
    finally:
        _stop(process)


def _wait_until_ready(process: subprocess.Popen[bytes], stack: Stack) -> None:
    limit = time.monotonic() + READY_SEC
    answer = "no answer"
    with httpx.Client(base_url=stack.base_url, timeout=5) as http:
        while time.monotonic() < limit:
            if process.poll() is not None:
                raise RuntimeError(f"the stack ended with {process.returncode}:\n{stack.log_tail()}")
            try:
                response = http.get("/readyz")
            except httpx.TransportError as error:
                answer = repr(error)
            else:
                if response.status_code == 200:
                    return
                answer = response.text
            time.sleep(0.1)
    raise TimeoutError(f"not ready after {READY_SEC:g} s, /readyz says {answer}:\n{stack.log_tail()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """As Ctrl-C does; whatever outlives that is ended by force, and that is an error."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_SEC)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise RuntimeError(f"the stack was still running {STOP_SEC:g} s after Ctrl-C") from error
