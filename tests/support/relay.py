"""The network of a real person between a candidate and livekit-server: it loses, delays, reorders, and breaks.

The kernel of the test machines has no netem. So media and signalling of the candidate go through this relay:

    async with Relay.between(media=("127.0.0.2", 7882), media_server=…, signalling_server=…) as relay:
        # the candidate joins at relay.signalling_url
        relay.line = Line(loss=0.1)
        relay.cut()
        relay.change_network()

livekit-server announces the relay's address for media (`rtc.node_ip`) and answers to whatever address packets come from
(`rtc.use_ice_lite`). Interviewers reach it through the relay too; only sockets of this process get the bad line.
"""

import asyncio
import random
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

Address = tuple[str, int]
CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True)
class Line:
    """How bad it is, each way."""

    loss: float = 0.0
    """Share of packets."""
    jitter_sec: float = 0.0
    """Each packet is late by up to so much, and packets overtake each other."""


class Relay:
    def __init__(self, media_server: Address, signalling_server: Address, seed: int = 1) -> None:
        self.line = Line()
        self.lost = 0
        self.passed = 0
        """Packets of this process."""
        self._media_server = media_server
        self._signalling_server = signalling_server
        self._rng = random.Random(seed)
        self._is_up = asyncio.Event()
        self._is_up.set()
        self._flows: dict[Address, _Flow] = {}
        self._signalling: set[asyncio.StreamWriter] = set()
        self._downstream: asyncio.DatagramTransport | None = None
        self.signalling_url = ""

    @classmethod
    @asynccontextmanager
    async def between(
        cls, *, media: Address, media_server: Address, signalling_server: Address
    ) -> AsyncGenerator[Self]:
        """Listens for media at `media`, and for signalling on a free port of loopback."""
        relay = cls(media_server, signalling_server)
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(lambda: _FromClients(relay), local_addr=media)
        relay._downstream = transport
        server = await asyncio.start_server(relay._carry_signalling, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()
        relay.signalling_url = f"ws://{host}:{port}"
        try:
            yield relay
        finally:
            server.close()
            transport.close()
            for flow in relay._flows.values():
                flow.close()

    def cut(self) -> None:
        """Nothing of this process gets through, either way, until `mend`."""
        self._is_up.clear()

    def mend(self) -> None:
        self._is_up.set()

    async def cut_for(self, sec: float) -> None:
        self.cut()
        try:
            await asyncio.sleep(sec)
        finally:
            self.mend()

    def change_network(self) -> None:
        """As between Wi-Fi and a telephone: what this process has open is dead, and what it opens from now on works."""
        for flow in self._flows.values():
            flow.die()
        for writer in self._signalling:
            writer.transport.abort()

    # -- media

    def take_from_client(self, packet: bytes, client: Address) -> None:
        flow = self._flows.get(client)
        if flow is None:
            flow = self._flows[client] = _Flow(self, client, is_ours=client[1] in _udp_ports_of_this_process())
            flow.open(self._media_server)
        flow.send_up(packet)

    def send_to_client(self, packet: bytes, client: Address) -> None:
        if self._downstream is not None and not self._downstream.is_closing():
            self._downstream.sendto(packet, client)

    def delay_sec(self) -> float | None:
        """Of the next packet; None for one that is lost."""
        if not self._is_up.is_set() or self._rng.random() < self.line.loss:
            self.lost += 1
            return None
        self.passed += 1
        return self._rng.uniform(0.0, self.line.jitter_sec)

    # -- signalling

    async def _carry_signalling(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._is_up.wait()
        up_reader, up_writer = await asyncio.open_connection(*self._signalling_server)
        self._signalling.add(writer)
        try:
            await asyncio.gather(self._pump(reader, up_writer), self._pump(up_reader, writer))
        finally:
            self._signalling.discard(writer)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """As TCP does: what doesn't get through now gets through later."""
        with suppress(ConnectionError):
            while chunk := await reader.read(CHUNK_BYTES):
                await self._is_up.wait()
                writer.write(chunk)
                await writer.drain()
        writer.close()


class _FromClients(asyncio.DatagramProtocol):
    def __init__(self, relay: Relay) -> None:
        self._relay = relay

    def datagram_received(self, data: bytes, addr: Address) -> None:
        self._relay.take_from_client(data, addr)


class _Flow(asyncio.DatagramProtocol):
    """One client's packets, which reach the server from a socket of its own."""

    def __init__(self, relay: Relay, client: Address, *, is_ours: bool) -> None:
        self._relay = relay
        self._client = client
        self._is_ours = is_ours
        self._is_dead = False
        self._transport: asyncio.DatagramTransport | None = None
        self._early: list[bytes] = []
        self._opening: asyncio.Future[Any] | None = None

    def open(self, server: Address) -> None:
        loop = asyncio.get_running_loop()
        self._opening = asyncio.ensure_future(loop.create_datagram_endpoint(lambda: self, remote_addr=server))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def die(self) -> None:
        self._is_dead = self._is_ours

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        self._transport = transport
        for packet in self._early:
            self._up(packet)

    def datagram_received(self, data: bytes, addr: Address) -> None:
        self._later(lambda: self._relay.send_to_client(data, self._client))

    def send_up(self, packet: bytes) -> None:
        if self._transport is None:
            self._early.append(packet)
        else:
            self._later(lambda: self._up(packet))

    def _up(self, packet: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.sendto(packet)

    def _later(self, send: Callable[[], None]) -> None:
        if not self._is_ours:
            send()
            return
        if self._is_dead:
            return
        delay_sec = self._relay.delay_sec()
        if delay_sec:
            asyncio.get_running_loop().call_later(delay_sec, send)
        elif delay_sec is not None:
            send()


def _udp_ports_of_this_process() -> set[int]:
    own = _socket_inodes()
    ports: set[int] = set()
    for table in ("udp", "udp6"):
        for line in Path("/proc/net", table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[9] in own:
                ports.add(int(fields[1].rpartition(":")[2], 16))
    return ports


def _socket_inodes() -> set[str]:
    found: set[str] = set()
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            target = str(descriptor.readlink())
            if target.startswith("socket:["):
                found.add(target[len("socket:[") : -1])
    return found
