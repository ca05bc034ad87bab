"""What the worker can take on, told to the token server every 2 s: an attempt is only admitted against it."""

import asyncio
import os
import socket

import structlog
from livekit.agents import AgentServer

from agent.settings import WorkerSettings
from agent.token_server_client import TokenServerClient, TokenServerError
from storage.models.worker_api import WorkerHeartbeat

log = structlog.get_logger()

_HEARTBEAT_SEC = 2.0


async def report_capacity(server: AgentServer, settings: WorkerSettings) -> None:
    """Reports for ever; runs in the worker's main process."""
    worker_id = f"{socket.gethostname()}-{os.getpid()}"
    async with TokenServerClient(settings.token_server_url, settings.worker_api_secret) as client:
        calls = client.worker(worker_id)
        reached = True
        while True:
            try:
                await calls.heartbeat(_state(server, settings, worker_id))
                reached = True
            except TokenServerError as error:
                if reached:
                    log.warning("capacity_not_reported", error=str(error))
                reached = False
            await asyncio.sleep(_HEARTBEAT_SEC)


def _state(server: AgentServer, settings: WorkerSettings, worker_id: str) -> WorkerHeartbeat:
    # LiveKit has no call that says whether a worker is registered or how many processes are warm
    # (livekit-agents 1.8.9), so its own fields are read here and nowhere else.
    pool = server._proc_pool  # pyright: ignore[reportPrivateUsage]
    registered = (
        server.id != "unregistered"
        and not server._connecting  # pyright: ignore[reportPrivateUsage]
        and not server.draining
    )
    return WorkerHeartbeat(
        worker_id=worker_id,
        capacity=settings.worker_capacity,
        active=len(server.active_jobs),
        warm=pool._warmed_proc_queue.qsize(),  # pyright: ignore[reportPrivateUsage]
        registered=registered,
    )
