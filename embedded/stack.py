"""The whole product on this machine, as one thing that is started and stopped.

with EmbeddedStack({**os.environ, "PORT": "0", "MOCK_INTERVIEW_DATA_DIR": folder}) as stack:
    stack.wait_until_ready()
    httpx.get(f"{stack.layout.page_url}/readyz")
    stack.supervisor.kill("worker")
"""

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

import yaml

from embedded.bootstrap.livekit_server import find_livekit_server
from embedded.bootstrap.manifest import QWEN, WHISPER
from embedded.bootstrap.node import find_node
from embedded.bootstrap.places import REPOSITORY, Places
from embedded.keys import Keys, load_or_make_keys
from embedded.livekit_config import livekit_config
from embedded.ports import check_free, choose_ports
from embedded.programs import Binaries, Layout, Ports, lay_out
from embedded.run_lock import take_run_lock
from embedded.settings import EmbeddedSettings, load_settings
from embedded.supervision import Supervisor

_POLL_SEC = 0.1
_READY_LIMIT_SEC = 180.0
_SAYS_NOTHING = "Application startup failed. Exiting."
"""uvicorn's last line; the reason stands above it."""
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class StackError(Exception):
    """Why it doesn't start or went down: one clear sentence."""


class EmbeddedStack:
    def __init__(self, environment: Mapping[str, str]) -> None:
        """
        Args:
            environment: all settings. Nothing else is read, neither the process' environment nor an env file.

        Raises:
            SettingsError
        """
        self._environment = dict(environment)
        self.settings: EmbeddedSettings = load_settings(environment)
        self.data_dir = self.settings.mock_interview_data_dir
        self.logs_dir = self.data_dir / "logs"
        self.run_dir = self.data_dir / "run"
        self._lock: int | None = None
        self._pids_seen: dict[str, set[int]] = {}
        self.keys: Keys
        self.layout: Layout
        self._supervisor: Supervisor | None = None

    @property
    def supervisor(self) -> Supervisor:
        if self._supervisor is None:
            raise RuntimeError("the stack was not started")
        return self._supervisor

    def start(self) -> None:
        """Starts the programs and returns at once. From the main thread.

        Raises:
            SettingsError, PortTakenError, StackError
        """
        self._make_folders()
        self._lock = self._take_lock()
        try:
            self.keys = load_or_make_keys(self.data_dir / "keys.json")
            ports = self._choose_ports()
            binaries = self._find_binaries()
            config_file = self.run_dir / "livekit.yaml"
            self.layout = lay_out(self._environment, self.settings, self.keys, ports, binaries, config_file)
            self._check_models()
            webhook_url = f"{self.layout.page_url}/api/livekit/webhook"
            config = livekit_config(
                self.settings, port=ports.livekit, udp_port=ports.livekit_udp, webhook_url=webhook_url
            )
            config_file.write_text(yaml.safe_dump(config))
            self._supervisor = Supervisor(self.run_dir, self.logs_dir, self.layout.programs)
            self._pids_seen = {program.name: set() for program in self.layout.programs}
            self._supervisor.start()
        except BaseException:  # a Ctrl-C, too
            self.stop()
            raise

    def stop(self) -> None:
        """Takes at most 5 s. Nothing is left running."""
        if self._supervisor is not None:
            self._supervisor.stop()
        self._release_lock()

    def wait_until_ready(self, waiting_for: Callable[[str], None] = lambda _: None) -> None:
        """Until an interview could really start.

        Args:
            waiting_for: is told what is still missing, whenever that changes.

        Raises:
            StackError: a program keeps dying, or it takes too long.
        """
        limit = time.monotonic() + _READY_LIMIT_SEC
        said = ""
        while True:
            lacking = self._lacking()
            if not lacking:
                return
            if lacking != said:
                said = lacking
                waiting_for(lacking)
            self.check()
            if time.monotonic() > limit:
                raise StackError(
                    f"Not ready after {_READY_LIMIT_SEC:.0f} s, still waiting for {lacking}. Logs: {self.logs_dir}"
                )
            time.sleep(_POLL_SEC)

    def check(self) -> None:
        """
        Raises:
            StackError: a program was started more than once and ended again at once.
        """
        if self.supervisor.has_ended():
            raise StackError(f"The supervisor has ended; {self._last_words('supervisord')}")
        for name, program in self.supervisor.states().items():
            if program.pid:
                self._pids_seen[name].add(program.pid)
            if program.state == "FATAL" or (program.is_down and len(self._pids_seen[name]) > 1):
                raise StackError(f"The {name} keeps ending; {self._last_words(name)}")
            if program.state == "RUNNING":
                self._pids_seen[name] = {program.pid}

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _lacking(self) -> str:
        """What is not ready yet, in words; empty when all is."""
        status, body = _get(f"{self.layout.page_url}/readyz")
        if status is None:
            return "the token server"
        if status != 200:
            return _unready_parts(body) or "the token server"
        if self.layout.llm_url is not None:
            llm_status, _ = _get(f"{self.layout.llm_url.removesuffix('/v1')}/health")
            if llm_status != 200:
                return "the language model"
        return ""

    def _last_words(self, name: str) -> str:
        log = self.supervisor.log_file(name)
        text = log.read_text(errors="replace") if log.exists() else ""
        lines = [line for line in text.splitlines() if line.strip() and _SAYS_NOTHING not in line]
        return f"its last words: {lines[-1] if lines else '(none)'}\nIts log: {log}"

    def _make_folders(self) -> None:
        """
        Raises:
            StackError
        """
        try:
            for folder in (self.data_dir, self.logs_dir, self.run_dir):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise StackError(
                f"The data folder {self.data_dir} can't be made ({error.strerror}): choose another one with "
                "MOCK_INTERVIEW_DATA_DIR."
            ) from None

    def _take_lock(self) -> int:
        """
        Raises:
            StackError: another run uses this data.
        """
        descriptor = take_run_lock(self.run_dir)
        if descriptor is None:
            raise StackError(
                f"The data in {self.data_dir} is in use by another `make run`: stop that one, or start this one with a "
                "folder of its own: `MOCK_INTERVIEW_DATA_DIR=… PORT=… make run`."
            )
        return descriptor

    def _release_lock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _choose_ports(self) -> Ports:
        settings = self.settings
        asked = {"PORT": settings.port, "LIVEKIT_PORT": settings.livekit_port}
        for name, port in asked.items():
            if port:
                check_free(name, settings.bind_host, port)
        free = choose_ports(5)
        return Ports(
            page=settings.port or free[0],
            supabase=free[1],
            livekit=settings.livekit_port or free[2],
            livekit_udp=settings.livekit_udp_port or free[3],
            llm=free[4],
        )

    def _find_binaries(self) -> Binaries:
        """
        Raises:
            StackError
        """
        places = Places(REPOSITORY, self.settings.mock_interview_cache_dir)
        node = find_node(places) if self.settings.runs_supabase else None
        if self.settings.runs_supabase and node is None:
            raise StackError("Node isn't there: `make run` fetches it; `python -m embedded` alone doesn't.")
        livekit_server = find_livekit_server(places) if self.settings.runs_livekit else None
        if self.settings.runs_livekit and livekit_server is None:
            raise StackError("livekit-server isn't there: `make run` builds it; `python -m embedded` alone doesn't.")
        return Binaries(node, livekit_server)

    def _check_models(self) -> None:
        """
        Raises:
            StackError
        """
        needed = [WHISPER] if self.layout.stages.stt.name == "whisper" else []
        if self.layout.llm_url is not None:
            needed.append(QWEN)
        for model in needed:
            for file in model.files:
                path = self.settings.mock_interview_cache_dir / "models" / file.path
                if not path.exists() and "WHISPER_MODEL_DIR" not in self._environment:
                    raise StackError(
                        f"The model {model.name} isn't there ({path}): `make run` fetches it; "
                        "`python -m embedded` alone doesn't."
                    )


def _get(url: str) -> tuple[int | None, bytes]:
    """Status and body; status None when nobody answers."""
    try:
        with _DIRECT.open(url, timeout=5) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except OSError:
        return None, b""


def _unready_parts(body: bytes) -> str:
    """What /readyz says is missing, and why."""
    try:
        return ", ".join(f"the {part} ({why})" for part, why in json.loads(body)["detail"].items())
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
