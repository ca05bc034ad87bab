"""The token server with embedded Supabase and livekit-server, without a worker: what is loaded is the API."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from agent.token_server_client import mint_worker_jwt
from tests.api.support import WORKER_SECRET
from tests.support.livekit_server import KEY, SECRET, livekit_server
from tests.support.supabase import EmbeddedSupabase
from tests.support.token_server import running_token_server
from token_server.capacity import WORKER_BEAT_SEC

PATIENT = {"DISPATCH_UNTAKEN_SEC": "3600", "HEARTBEAT_LOST_SEC": "3600", "ABSENCE_TIMEOUT_SEC": "3600"}
"""No worker takes the jobs of these attempts, and nobody sends for another one."""
UNLIMITED = {
    "AUTH_TRIES_PER_ADDRESS": "1000000",
    "AUTH_TRIES_PER_ACCOUNT": "1000000",
    "WORKER_CALLS_PER_MINUTE": "1000000",
}
"""All callers of a benchmark have one address."""


@asynccontextmanager
async def api_under_load(folder: Path, *, places: int, **settings: str) -> AsyncGenerator[str]:
    """Its address.

    Args:
        folder: is there, and empty.
        places: interviews that its worker says it could hold.
    """
    # ten tries of one address in five minutes are all that it takes by itself
    lenient = {"LITE_AUTH_PER_EMAIL": "1000000"}
    with EmbeddedSupabase(folder / "supabase", extra_env=lenient) as supabase:
        async with livekit_server(folder) as livekit_url:
            livekit = {"LIVEKIT_URL": livekit_url, "LIVEKIT_API_KEY": KEY, "LIVEKIT_API_SECRET": SECRET}
            async with running_token_server(
                supabase, livekit, folder / "token-server.log", **PATIENT, **settings
            ) as url:
                beating = asyncio.create_task(_beat(url, places))
                try:
                    yield url
                finally:
                    beating.cancel()


async def _beat(url: str, places: int) -> None:
    """As the worker's main process does, for a worker whose places are all free."""
    async with httpx.AsyncClient(base_url=url, timeout=30) as http:
        while True:
            await http.post(
                "/api/worker/heartbeat",
                headers=signed("worker:bench"),
                json={"worker_id": "bench", "capacity": places, "active": 0, "warm": 1, "registered": True},
            )
            await asyncio.sleep(WORKER_BEAT_SEC)


def signed(subject: str) -> dict[str, str]:
    """The header of a call to the worker API."""
    return {"Authorization": f"Bearer {mint_worker_jwt(WORKER_SECRET, subject, time.time())}"}
