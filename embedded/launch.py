"""Becomes one program of the stack: `python -m embedded.launch RUN_FILE NAME`.

The run file, which only its owner can read, holds each program's command and its whole environment, so that a program
gets its own settings and no other's. Standard library only: it costs every start and restart of a program.
"""

import json
import os
import signal
import sys
from pathlib import Path

from agent.parent_death import signal_when_parent_ends


def main() -> int:
    run_file, name = sys.argv[1:]
    program = json.loads(Path(run_file).read_text())[name]
    os.umask(0o077)
    signal_when_parent_ends(signal.Signals[program["parent_death_signal"]])
    os.chdir(program["directory"])
    os.execve(program["command"][0], program["command"], program["environment"])  # noqa: S606 - no shell wanted


if __name__ == "__main__":
    sys.exit(main())
