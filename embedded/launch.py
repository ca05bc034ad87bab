"""Becomes one program of the stack: `python -m embedded.launch RUN_FILE NAME`.

The run file, which only its owner can read, holds each program's command and its whole environment, so that a program
gets its own settings and no other's. Standard library only: it costs every start and restart of a program.
"""

import ctypes
import json
import os
import signal
import sys
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def main() -> int:
    run_file, name = sys.argv[1:]
    program = json.loads(Path(run_file).read_text())[name]
    os.umask(0o077)
    end_with_parent(signal.Signals[program["parent_death_signal"]])
    os.chdir(program["directory"])
    os.execve(program["command"][0], program["command"], program["environment"])  # noqa: S606 - no shell wanted


def end_with_parent(death_signal: signal.Signals) -> None:
    """Sends this process `death_signal` when its parent ends, even by kill -9. It outlives exec. Linux only."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, death_signal)
    if os.getppid() != parent:  # it ended just before the call
        os.kill(os.getpid(), death_signal)


if __name__ == "__main__":
    sys.exit(main())
