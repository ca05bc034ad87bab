"""Refuses connections beyond this machine, at Python's socket and resolver.

Native code (LiveKit's media engine, Chromium) has its own sockets: its tests configure it for loopback.
"""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

_LOCAL_NAMES = frozenset({"localhost", "", "0.0.0.0", "::"})  # noqa: S104 - compared, not bound


class BlockedNetworkError(RuntimeError):
    """A test tried to reach another machine. Not an OSError: nothing may take it for a network fault and retry."""


def is_local(host: object) -> bool:
    if host is None:
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in _LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(name.split("%")[0]).is_loopback
    except ValueError:
        return False


def check(family: int, address: Any) -> None:
    """
    Raises:
        BlockedNetworkError: for an internet address that isn't loopback.
    """
    if family in (socket.AF_INET, socket.AF_INET6) and not is_local(address[0]):
        raise BlockedNetworkError(f"tests may not connect to {address!r}")


def install() -> None:
    """Once per process. Patches the class, so that asyncio, httpx and aiohttp are covered alike."""
    if getattr(socket.socket, "_loopback_only", False):
        return

    def guarded(method: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: socket.socket, *args: Any) -> Any:
            check(self.family, args[-1])  # connect(address), sendto(data[, flags], address)
            return method(self, *args)

        return call

    resolve = socket.getaddrinfo

    def local_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not is_local(host):
            raise BlockedNetworkError(f"tests may not look up {host!r}")
        return resolve(host, *args, **kwargs)

    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
    socket.getaddrinfo = local_getaddrinfo
    socket.socket._loopback_only = True  # pyright: ignore[reportAttributeAccessIssue]
