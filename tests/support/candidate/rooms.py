"""A plain livekit-server without our product, to try the candidate itself out."""

import asyncio
import shutil
import socket
import tempfile
import time
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
from livekit import api, rtc

from tests.support.candidate.audio import SAMPLE_RATE, Pcm

KEY, SECRET = "plain-room", "a-secret-for-a-server-on-loopback-only"
CONFIG = """\
port: {port}
bind_addresses: ["127.0.0.1"]
rtc: {{tcp_port: {tcp}, udp_port: {udp}, use_external_ip: false, enable_loopback_candidate: true, node_ip: 127.0.0.1,
       interfaces: {{includes: [lo]}}}}
keys: {{{key}: {secret}}}
logging: {{level: warn}}
"""
ECHO_FRAME = SAMPLE_RATE // 100


@dataclass(frozen=True)
class PlainServer:
    url: str

    def participant_token(self, room: str, identity: str) -> str:
        grants = api.VideoGrants(room_join=True, room=room)
        return api.AccessToken(KEY, SECRET).with_identity(identity).with_grants(grants).to_jwt()


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def find_livekit_server(bin_dir: Path) -> str | None:
    """livekit-server on PATH, or the one that `make run` built."""
    built = sorted(bin_dir.glob("livekit-server-*"))
    return shutil.which("livekit-server") or (str(built[-1]) if built else None)


@asynccontextmanager
async def plain_server(binary: str) -> AsyncGenerator[PlainServer]:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "livekit.yaml"
        text = CONFIG.format(port=port, tcp=free_port(), udp=free_port(socket.SOCK_DGRAM), key=KEY, secret=SECRET)
        config.write_text(text, encoding="utf-8")
        with (Path(folder) / "log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(binary, "--config", str(config), stdout=log, stderr=log)
        try:
            await _answers(f"http://127.0.0.1:{port}")
            yield PlainServer(url=f"ws://127.0.0.1:{port}")
        finally:
            # On SIGTERM the server would wait for its participants to leave.
            process.kill()
            await process.wait()


async def _answers(url: str) -> None:
    async with httpx.AsyncClient() as http:
        for _ in range(100):
            try:
                await http.get(url)
            except httpx.TransportError:
                await asyncio.sleep(0.1)
            else:
                return
    raise TimeoutError("livekit-server didn't answer within 10 s")


@asynccontextmanager
async def echo_peer(url: str, participant_token: str, delay_sec: float) -> AsyncGenerator[None]:
    """A participant that says everything it hears again, `delay_sec` later."""
    room = rtc.Room()
    source = rtc.AudioSource(SAMPLE_RATE, 1, queue_size_ms=60)
    heard: deque[tuple[float, Pcm]] = deque()
    tasks: set[asyncio.Task[None]] = set()

    async def listen(track: rtc.Track) -> None:
        async for event in rtc.AudioStream(track, sample_rate=SAMPLE_RATE, num_channels=1):
            heard.append((time.monotonic() + delay_sec, np.frombuffer(event.frame.data, np.int16).copy()))

    async def speak() -> None:
        due = time.monotonic()
        while True:
            frame = np.zeros(ECHO_FRAME, np.int16)
            while heard and heard[0][0] < time.monotonic() - 0.03:
                heard.popleft()
            if heard and heard[0][0] <= time.monotonic():
                frame = heard.popleft()[1]
            due += ECHO_FRAME / SAMPLE_RATE
            await source.capture_frame(rtc.AudioFrame(frame.tobytes(), SAMPLE_RATE, 1, len(frame)))
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    def subscribed(track: rtc.Track, _: rtc.RemoteTrackPublication, __: rtc.RemoteParticipant) -> None:
        tasks.add(asyncio.create_task(listen(track)))

    room.on("track_subscribed", subscribed)
    await room.connect(url, participant_token)
    voice = rtc.LocalAudioTrack.create_audio_track("voice", source)
    await room.local_participant.publish_track(voice, rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE))
    tasks.add(asyncio.create_task(speak()))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await room.disconnect()
