"""Who keeps a worker: it is forked again when it is killed, and told when it is to end."""

import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[3]
WAIT_SEC = 20.0
KEEPS = """
import os, signal, sys
from agent import keeper
keeper._DIED_AT_ONCE_SEC = float(sys.argv[1])

def worker():
    told = {signal.SIGUSR1, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, told)
    print("worker", os.getpid(), flush=True)
    if sys.argv[2:] == ["ends"]:
        return 3
    if signal.sigwait(told) == signal.SIGTERM:
        return 7
    print("orphaned", flush=True)
    return 0

sys.exit(keeper.keep(worker))
"""


@contextmanager
def keeper(died_at_once_sec: float = 0.0, *how: str) -> Generator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", KEEPS, str(died_at_once_sec), *how]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait(WAIT_SEC)
        assert process.stdout is not None
        process.stdout.close()


def line_of(process: subprocess.Popen[str]) -> str:
    """Comes, or the process has ended: then it is empty."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def next_worker(process: subprocess.Popen[str]) -> int:
    while (line := line_of(process)) and not line.startswith("worker "):
        pass  # what the keeper logs
    return int(line.removeprefix("worker "))


def test_a_worker_that_is_killed_is_followed_by_another():
    with keeper() as process:
        first = next_worker(process)
        os.kill(first, signal.SIGKILL)
        second = next_worker(process)
        assert second != first
        os.kill(second, signal.SIGKILL)
        assert next_worker(process) not in (first, second)


def test_a_worker_is_told_to_end_and_its_exit_code_is_the_keepers():
    with keeper() as process:
        next_worker(process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(WAIT_SEC) == 7


def test_a_worker_that_ends_by_itself_is_not_followed():
    with keeper(0.0, "ends") as process:
        next_worker(process)
        assert process.wait(WAIT_SEC) == 3


def test_a_worker_that_is_killed_as_soon_as_it_starts_is_left_to_whoever_started_the_keeper():
    with keeper(WAIT_SEC * 10) as process:
        os.kill(next_worker(process), signal.SIGKILL)
        assert process.wait(WAIT_SEC) == signal.SIGKILL


def test_a_worker_outlives_its_keeper_and_is_told():
    with keeper() as process:
        next_worker(process)
        process.kill()
        assert line_of(process) == "orphaned"
