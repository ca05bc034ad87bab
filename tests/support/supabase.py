"""Starts the real embedded Supabase for tests, on a free loopback port and a directory of its own."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent.parent
READY_TIMEOUT_SEC = 90
PROBE_INTERVAL_SEC = 0.05


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@dataclass
class EmbeddedSupabase:
    """`with EmbeddedSupabase(directory) as supabase:`. A second one on the directory is refused while it runs."""

    data_dir: Path
    port: int = field(default_factory=free_port)
    publishable_key: str = field(default_factory=lambda: f"sb_publishable_{secrets.token_urlsafe(24)}")
    secret_key: str = field(default_factory=lambda: f"sb_secret_{secrets.token_urlsafe(24)}")
    jwt_secret: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    extra_env: dict[str, str] = field(default_factory=dict[str, str])
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data_dir.parent / f"{self.data_dir.name}.log"

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "LITE_DATA_DIR": str(self.data_dir),
            "LITE_PORT": str(self.port),
            "SUPABASE_PUBLISHABLE_KEY": self.publishable_key,
            "SUPABASE_SECRET_KEY": self.secret_key,
            "SUPABASE_JWT_SECRET": self.jwt_secret,
            # tests sign up more people from one address than a person does
            "LITE_AUTH_ALL": "100000",
            **self.extra_env,
        }

    def launch(self) -> subprocess.Popen[bytes]:
        """Starts the runner, without waiting for it."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "embedded.supabase.runner"],
                cwd=ROOT,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def __enter__(self) -> "EmbeddedSupabase":
        self.process = self.launch()
        self._wait_until_ready(self.process)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(timeout=30)
            self.process = None

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + READY_TIMEOUT_SEC
        probe = f"{self.url}/rest/v1/workers?select=id&limit=1"
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise RuntimeError(f"embedded Supabase ended with {process.returncode}:\n{self.log.read_text()}")
            try:
                if httpx.get(probe, headers={"apikey": self.secret_key}, timeout=5).status_code == HTTPStatus.OK:
                    return
            except httpx.TransportError:
                pass  # not listening yet
            time.sleep(PROBE_INTERVAL_SEC)
        self.stop(signal.SIGKILL)
        raise TimeoutError(f"embedded Supabase wasn't ready in time:\n{self.log.read_text()}")
