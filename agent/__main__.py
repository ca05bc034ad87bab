"""Starts the room worker: `python -m agent`.

As `python -m livekit.agents start agent/worker.py`, but ready sooner, above all after a kill: a candidate waits in
silence then. Everything is imported once, by a process that forks the worker and, through it, the processes of jobs.
"""

import importlib
import sys
from pathlib import Path

from agent.fork_server import prepare_forks, start_fork_server
from agent.keeper import keep
from agent.logging import configure_logging


def _run_worker() -> int:
    start_fork_server()
    livekit_agents = importlib.import_module("livekit.agents.__main__")
    return livekit_agents.main(["start", str(Path(__file__).with_name("worker.py")), "--log-level", "INFO"])


if __name__ == "__main__":
    configure_logging()
    prepare_forks()
    sys.exit(keep(_run_worker))
