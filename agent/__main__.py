"""Starts the room worker: `python -m agent`, which is `python -m livekit.agents start agent/worker.py`, ready sooner.

The processes of interviews are forks of one that has imported what they need (multiprocessing's forkserver). LiveKit
starts it once the worker has imported its own part: one after the other that takes 9 s on two slow cores, and after a
kill a candidate waits in silence meanwhile. Here both import at the same time, and no garbage is looked for among
modules that all stay (a fifth of their time).
"""

import gc
import importlib
import multiprocessing
import sys
from multiprocessing import forkserver
from pathlib import Path

_FORKSERVER_IMPORTS = (
    "agent.shared_imports",
    "livekit.agents.ipc._preload",
    # has to be the last: it freezes what the others have made
    "livekit.agents.ipc._preload_freeze",
)
"""As livekit.agents.worker would list them, but for the plugins, which ours import."""


def main() -> int:
    multiprocessing.get_context("forkserver").set_forkserver_preload(list(_FORKSERVER_IMPORTS))
    forkserver.ensure_running()
    gc.disable()
    worker = importlib.import_module("agent.worker")
    importlib.import_module("httpcore")  # httpx does it within the first call, on the event loop: half a second
    livekit_agents = importlib.import_module("livekit.agents.__main__")
    gc.enable()
    return livekit_agents.main(["start", str(Path(worker.__file__ or "")), "--log-level", "INFO"])


if __name__ == "__main__":
    sys.exit(main())
