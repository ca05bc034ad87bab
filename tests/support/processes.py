"""Which process holds an interview, and killing it: SIGKILL, so that nothing gets to say good-bye."""

import json
import os
import signal
from contextlib import suppress

from storage.models.room import attempt_room
from tests.support.stack import Stack


def interview_pids(stack: Stack, attempt_id: str) -> list[int]:
    """Of all processes that have held it, by the worker's log, the oldest first."""
    room = attempt_room(attempt_id)
    log = stack.embedded.logs_dir / "worker.log"
    found: dict[int, None] = {}
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if room in line:
            with suppress(ValueError):
                entry = json.loads(line)
                if entry.get("room") == room and isinstance(entry.get("pid"), int):
                    found.setdefault(entry["pid"])
    return list(found)


def kill_process(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
