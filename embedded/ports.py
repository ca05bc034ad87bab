"""Ports that nobody uses."""

import errno
import random
import socket
from contextlib import ExitStack

# Below the range from which systems give ports to outgoing connections: a port stays free while its server restarts.
_LOWEST, _HIGHEST = 20_000, 29_999
_TRIES = 1_000


class PortTakenError(Exception):
    """Says which, and what to do."""


def choose_ports(count: int, host: str = "127.0.0.1") -> list[int]:
    """Different ports that are free for TCP and UDP at this moment.

    Raises:
        PortTakenError: there are hardly any.
    """
    chosen: list[int] = []
    with ExitStack() as held:
        for _ in range(_TRIES):
            if len(chosen) == count:
                return chosen
            port = random.randint(_LOWEST, _HIGHEST)
            try:
                for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                    held.enter_context(socket.socket(socket.AF_INET, kind)).bind((host, port))
            except OSError:
                continue
            chosen.append(port)
    raise PortTakenError(f"No free ports were found between {_LOWEST} and {_HIGHEST}.")


def check_free(setting: str, host: str, port: int) -> None:
    """
    Raises:
        PortTakenError
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortTakenError(
                    f"Port {port} is taken by another program: stop that, or choose another port, "
                    f"for example `{setting}={port + 10} make run`."
                ) from None
            raise PortTakenError(f"{host}:{port} can't be listened on: {error.strerror} ({setting}).") from None
