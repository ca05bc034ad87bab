"""Starts the programs and restarts those that crash, by supervisord, which this module configures and asks."""

import configparser
import json
import signal
import subprocess
import sys
import tempfile
import threading
import time
import xmlrpc.client
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from supervisor.xmlrpc import SupervisorTransport

from embedded.keys import write_private
from embedded.programs import Program

_LONGEST_SOCKET_PATH = 100
_STARTED_AFTER_SEC = 5
"""A program that ends earlier has failed to start. Longer than the worker's imports take."""
_RESTART_TRIES = 3
_STOP_LIMIT_SEC = 4.8
_SUPERVISOR = "supervisord"
_CONFIG = "supervisord.conf"


@dataclass(frozen=True)
class ProgramState:
    name: str
    state: str
    """supervisord's word: STARTING, RUNNING, BACKOFF, FATAL, EXITED, STOPPED."""
    pid: int
    """0 when it isn't running."""

    @property
    def is_down(self) -> bool:
        return self.state in ("BACKOFF", "FATAL", "EXITED")


class Supervisor:
    """The running supervisord. Start it from the main thread: on Linux it ends with the thread that started it."""

    def __init__(self, run_dir: Path, logs_dir: Path, programs: Sequence[Program]) -> None:
        self._run_dir = run_dir
        self._logs_dir = logs_dir
        self._programs = tuple(programs)
        self._tier_of = {program.name: program.tier for program in programs}
        self._process: subprocess.Popen[bytes] | None = None
        self._short_dir: tempfile.TemporaryDirectory[str] | None = None
        self._socket = run_dir / "control.sock"

    def start(self) -> None:
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("start the stack from the main thread: it ends with the thread that started it")
        if len(str(self._socket)) > _LONGEST_SOCKET_PATH:  # the system's limit for a socket's path
            self._short_dir = tempfile.TemporaryDirectory(prefix="mock-interview-")
            self._socket = Path(self._short_dir.name) / "control.sock"
        run_file = self._run_dir / "programs.json"
        config_file = self._run_dir / _CONFIG
        config_file.write_text(self._config(run_file))
        command = (sys.executable, "-m", "supervisor.supervisord", "--nodaemon", "--configuration", str(config_file))
        # Its programs' environments come from the run file, so its own needs nothing but the interpreter's.
        bare = {
            "PATH": self._programs[0].environment["PATH"],
            "PYTHONPATH": self._programs[0].environment["PYTHONPATH"],
        }
        entries = {program.name: self._entry(program) for program in self._programs}
        own = Program(_SUPERVISOR, command, bare, "services", 0, parent_death_signal="SIGTERM")
        write_private(run_file, json.dumps(entries | {_SUPERVISOR: self._entry(own)}, indent=1))
        self._process = subprocess.Popen(  # noqa: S603 - our own launcher
            [sys.executable, "-m", "embedded.launch", str(run_file), _SUPERVISOR],
            env=bare,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=(self._logs_dir / "supervisord.err").open("wb"),
            start_new_session=True,  # Ctrl-C comes to us only, and we stop the programs in order
        )

    def states(self) -> dict[str, ProgramState]:
        """Empty while supervisord itself starts."""
        try:
            found: Any = self._ask().getAllProcessInfo()
        except (OSError, xmlrpc.client.ProtocolError):
            return {}
        return {entry["name"]: ProgramState(entry["name"], entry["statename"], entry["pid"]) for entry in found}

    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def kill(self, name: str, with_signal: signal.Signals = signal.SIGKILL) -> None:
        """As a crash would end it: it will be started again."""
        self._ask().signalProcess(f"{self._tier_of[name]}:{name}", int(with_signal))

    def log_file(self, name: str) -> Path:
        return self._logs_dir / f"{name}.log"

    def stop(self) -> None:
        """Ends all programs: SIGTERM first, by force what hasn't ended in time."""
        process, self._process = self._process, None
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(_STOP_LIMIT_SEC)
            except subprocess.TimeoutExpired:
                process.kill()  # the programs' parent death signal ends them
                process.wait()
        if self._short_dir is not None:
            self._short_dir.cleanup()
            self._short_dir = None

    def _ask(self) -> Any:
        return ask_supervisord(self._socket)

    def _entry(self, program: Program) -> dict[str, Any]:
        return {**asdict(program), "directory": str(self._run_dir)}

    def _config(self, run_file: Path) -> str:
        """In supervisord's own format, where a per cent sign is written twice."""
        sections = [
            f"[unix_http_server]\nfile = {self._socket}\nchmod = 0600",
            "[rpcinterface:supervisor]\n"
            "supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface",
            f"[supervisord]\nlogfile = {self.log_file(_SUPERVISOR)}\nlogfile_maxbytes = 1MB\nlogfile_backups = 1\n"
            f"pidfile = {self._run_dir / 'supervisord.pid'}\nsilent = true\numask = 077",
        ]
        for priority, tier in enumerate(("services", "jobs"), 1):
            names = [program.name for program in self._programs if program.tier == tier]
            sections.append(f"[group:{tier}]\nprograms = {','.join(names)}\npriority = {priority}")
        for program in self._programs:
            sections.append(
                f"[program:{program.name}]\n"
                f'command = "{sys.executable}" -m embedded.launch "{run_file}" {program.name}\n'
                f"autorestart = true\nstartsecs = {_STARTED_AFTER_SEC}\nstartretries = {_RESTART_TRIES}\n"
                f"stopwaitsecs = {program.stop_wait_sec}\nstopsignal = {program.stop_signal}\nkillasgroup = true\n"
                f"redirect_stderr = true\nstdout_logfile = {self.log_file(program.name)}\n"
                "stdout_logfile_maxbytes = 10MB\nstdout_logfile_backups = 2"
            )
        return "\n\n".join(sections).replace("%", "%%") + "\n"


def ask_supervisord(socket: Path) -> Any:
    """supervisord's own interface. Its calls raise OSError where nobody listens, and xmlrpc.client.Fault."""
    transport = SupervisorTransport(None, None, f"unix://{socket}")
    return xmlrpc.client.ServerProxy("http://loopback", transport=transport).supervisor


def socket_of(run_dir: Path) -> Path:
    """Where the supervisord of the last start listens; a long path isn't in `run_dir` itself.

    Raises:
        OSError: there was no start.
    """
    config = configparser.RawConfigParser()
    config.read_string((run_dir / _CONFIG).read_text())
    return Path(config["unix_http_server"]["file"].replace("%%", "%"))


def wait_until_gone(run_dir: Path, limit_sec: float) -> bool:
    """Whether the supervisord of an earlier run, whose master was killed, has ended."""
    pid_file = run_dir / "supervisord.pid"
    limit = time.monotonic() + limit_sec
    while pid_file.exists() and _is_supervisord(int(pid_file.read_text() or "0")):
        if time.monotonic() > limit:
            return False
        time.sleep(0.1)
    return True


def _is_supervisord(pid: int) -> bool:
    shown = subprocess.run(["ps", "-p", str(pid), "-o", "args="], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return "supervisor.supervisord" in shown.stdout
