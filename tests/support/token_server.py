"""The real token server as a process of its own."""

import asyncio
import os
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from tests.api.support import WORKER_SECRET
from tests.support.client import eventually
from tests.support.supabase import EmbeddedSupabase, free_port

ROOT = Path(__file__).resolve().parents[2]
START_SEC = 60.0


@asynccontextmanager
async def running_token_server(
    supabase: EmbeddedSupabase, livekit: Mapping[str, str], log_file: Path, **settings: str
) -> AsyncGenerator[str]:
    """Its address. `livekit` has the three settings that lead to a server."""
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "PORT": str(port),
        "SUPABASE_URL": supabase.url,
        "SUPABASE_PUBLISHABLE_KEY": supabase.publishable_key,
        "SUPABASE_SECRET_KEY": supabase.secret_key,
        "SUPABASE_JWT_SECRET": supabase.jwt_secret,
        "WORKER_API_SECRET": WORKER_SECRET,
        # never a developer's own: the sweep removes recordings that its store doesn't know
        "MOCK_INTERVIEW_DATA_DIR": str(log_file.parent / "data"),
        **livekit,
        **settings,
    }
    command = ("-m", "uvicorn", "token_server.main:create_app", "--factory", "--port", str(port))
    with log_file.open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        url = f"http://127.0.0.1:{port}"
        await eventually(lambda: _is_alive(url), lambda alive: alive, START_SEC)
        yield url
    finally:
        process.terminate()
        await asyncio.wait_for(process.wait(), 10)


async def _is_alive(url: str) -> bool:
    async with httpx.AsyncClient() as http:
        try:
            return (await http.get(f"{url}/healthz")).status_code == 200
        except httpx.TransportError:
            return False
