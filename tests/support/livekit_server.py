"""The real livekit-server with the product's livekit.yaml, on free loopback ports."""

import asyncio
import os
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from agent.settings import ProviderSettings
from tests.support.candidate.rooms import find_livekit_server, free_port

KEY, SECRET = "test-key", "a-secret-for-a-server-on-loopback-only"
TEMPLATE = Path(__file__).resolve().parents[2] / "livekit.yaml"
START_TRIES = 100
START_INTERVAL_SEC = 0.1


@asynccontextmanager
async def livekit_server(folder: Path) -> AsyncGenerator[str]:
    """Its ws:// address. Without a livekit-server on this machine the test is skipped: `make run` builds one."""
    binary = find_livekit_server(ProviderSettings().mock_interview_cache_dir / "bin")
    if binary is None:
        pytest.skip("no livekit-server on this machine")
    port = free_port()
    config: dict[str, Any] = yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))
    config["port"] = port
    config["rtc"]["udp_port"] = free_port(socket.SOCK_DGRAM)
    del config["webhook"]
    file = folder / "livekit.yaml"
    file.write_text(yaml.safe_dump(config), encoding="utf-8")
    with (folder / "livekit.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            binary,
            "--config",
            str(file),
            stdout=log,
            stderr=log,
            env={**os.environ, "LIVEKIT_KEYS": f"{KEY}: {SECRET}"},
        )
    try:
        await _answers(f"http://127.0.0.1:{port}")
        yield f"ws://127.0.0.1:{port}"
    finally:
        # On SIGTERM the server would wait for its participants to leave.
        process.kill()
        await process.wait()


async def _answers(url: str) -> None:
    async with httpx.AsyncClient() as http:
        for _ in range(START_TRIES):
            try:
                await http.get(url)
            except httpx.TransportError:
                await asyncio.sleep(START_INTERVAL_SEC)
            else:
                return
    raise TimeoutError("livekit-server didn't answer within 10 s")
