"""Which process holds an interview; killing it (SIGKILL, so that nothing gets to say good-bye), and stopping others."""

import json
import os
import signal
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import psutil

from storage.models.room import attempt_room
from tests.support.stack import Stack

LINKED = "RoomIO linked to participant"
"""What livekit-agents logs in the job's process when the candidate is there. Other lines about a room come from the
worker's main process."""


def interview_pids(stack: Stack, attempt_id: str) -> list[int]:
    """Of all processes that have held it with the candidate, by the worker's log, the oldest first."""
    room = attempt_room(attempt_id)
    entries = [entry for entry in _log_entries(stack) if entry.get("room") == room and entry.get("message") == LINKED]
    return list(dict.fromkeys(entry["pid"] for entry in entries))


def worker_pid(stack: Stack) -> int:
    """Of the process that is registered with LiveKit: the newest fork of the one that supervisord started."""
    keeper = psutil.Process(stack.embedded.supervisor.states()["worker"].pid)
    return max(keeper.children(), key=psutil.Process.create_time).pid


@contextmanager
def standing_still(pids: Sequence[int]) -> Generator[None]:
    """Nothing comes from them meanwhile, and nobody is told: as when a machine sleeps, or a line is dead."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def kill_process(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _log_entries(stack: Stack) -> Iterator[dict[str, Any]]:
    log = stack.embedded.logs_dir / "worker.log"
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if LINKED in line:
            with suppress(ValueError):
                yield json.loads(line)
