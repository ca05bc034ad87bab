"""What a person sees while things are fetched, and how a step says that it can't go on."""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_SAY_AGAIN_SEC = 15.0
_TICK_SEC = 1.0
_LAST_LINES = 12


class SetupProblemError(Exception):
    """One clear sentence: what is wrong and what to do."""


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - this is a command-line program


def size_text(size_bytes: float) -> str:
    if size_bytes >= 1e9:
        return f"{size_bytes / 1e9:.1f} GB"
    return f"{max(1, round(size_bytes / 1e6))} MB"


class Progress:
    """One line that is rewritten on a terminal; elsewhere a line now and then."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._started = time.monotonic()
        self._said_at = self._started
        self._is_terminal = sys.stdout.isatty()

    @property
    def elapsed_sec(self) -> float:
        return time.monotonic() - self._started

    def update(self, detail: str = "") -> None:
        text = f"  {self._label} {detail}".rstrip() + f" ({self.elapsed_sec:.0f} s)"
        if self._is_terminal:
            sys.stdout.write(f"\r\x1b[K{text}")
            sys.stdout.flush()
        elif time.monotonic() - self._said_at >= _SAY_AGAIN_SEC:
            self._said_at = time.monotonic()
            say(text)

    def done(self, detail: str = "done") -> None:
        if self._is_terminal:
            sys.stdout.write("\r\x1b[K")
        say(f"  {self._label}: {detail} ({self.elapsed_sec:.0f} s)")


def run_quietly(
    label: str,
    command: Sequence[str | Path],
    *,
    log: Path,
    advice: str,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Runs a command with its output in `log` and the time it takes on the screen.

    Raises:
        SetupProblemError: it failed. The message holds the last lines of the log, and `advice`.
    """
    progress = Progress(label)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - commands of our own
            [str(part) for part in command],
            cwd=cwd,
            env=None if environment is None else dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            while True:
                try:
                    return_code = process.wait(timeout=_TICK_SEC)
                    break
                except subprocess.TimeoutExpired:
                    progress.update()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    if return_code != 0:
        lines = log.read_text(errors="replace").strip().splitlines()[-_LAST_LINES:]
        raise SetupProblemError(
            f"{label} failed. {advice}\nThe end of {log}:\n" + "\n".join(f"    {line}" for line in lines)
        )
    progress.done()
