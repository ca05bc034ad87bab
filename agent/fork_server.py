"""multiprocessing's forkserver as a fork of this process, which has everything imported, and not a new Python."""

import importlib
import os
import socket
import sys
from multiprocessing import connection, forkserver, resource_tracker
from typing import Any


def start_fork_server() -> None:
    """To be called while this process has one thread. Does what `ForkServer.ensure_running` does, up to Python 3.13.

    Where Python's own has changed since, it starts when it is needed, seconds later.
    """
    server: Any = vars(forkserver)["_forkserver"]
    if sys.platform != "linux" or hasattr(server, "_forkserver_authkey"):
        return
    resource_tracker.ensure_running()
    with socket.socket(socket.AF_UNIX) as listener:
        address = _arbitrary_address()
        listener.bind(address)
        if not address.startswith("\0"):
            os.chmod(address, 0o600)  # noqa: PTH101  # a socket's
        listener.listen()
        alive_read, alive_write = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(alive_write)
            try:
                forkserver.main(os.dup(listener.fileno()), alive_read, [])
            finally:
                # libraries' own clean-up would wait for threads that a fork hasn't got
                os._exit(0)
    os.close(alive_read)
    server._forkserver_address = address
    server._forkserver_alive_fd = alive_write
    server._forkserver_pid = pid


def _arbitrary_address() -> str:
    make: Any = vars(connection)["arbitrary_address"]
    return make("AF_UNIX")


def prepare_forks() -> None:
    """What they inherit. The last one freezes what the others have made."""
    for name in ("agent.preload", "livekit.agents.ipc._preload", "livekit.agents.ipc._preload_freeze"):
        importlib.import_module(name)
