"""What the worker can take on, told to the token server every 2 s: an attempt is only admitted against it."""

import asyncio
import itertools
import os
import socket

import structlog
from livekit.agents import AgentServer

from agent.outbox_health import outbox_problem
from agent.settings import WorkerSettings
from agent.token_server_client import TokenServerClient, WorkerCalls
from agent.token_server_errors import TokenServerError
from storage.models.worker_api import WorkerHeartbeat

log = structlog.get_logger()

_HEARTBEAT_SEC = 2.0
_DISK_EVERY_BEATS = 5
_LEAVE_WITHIN_SEC = 1.0


async def report_capacity(server: AgentServer, settings: WorkerSettings, client: TokenServerClient) -> None:
    """Reports until it is cancelled; runs in the worker's main process."""
    worker_id = f"{socket.gethostname()}-{os.getpid()}"
    calls = client.worker(worker_id)
    reached = True
    problem: str | None = None
    try:
        for beat in itertools.count():
            if beat % _DISK_EVERY_BEATS == 0:
                problem = await _watched(problem, settings)
            try:
                await calls.heartbeat(_state(server, settings, worker_id, problem))
                reached = True
            except TokenServerError as error:
                if reached:
                    log.warning("capacity_not_reported", error=str(error))
                reached = False
            await asyncio.sleep(_HEARTBEAT_SEC)
    finally:
        await _take_leave(calls, _state(server, settings, worker_id, problem))


async def _take_leave(calls: WorkerCalls, last: WorkerHeartbeat) -> None:
    """Whoever starts anew within `heartbeat_lost_sec` would be told of places that are gone."""
    try:
        async with asyncio.timeout(_LEAVE_WITHIN_SEC):
            await calls.heartbeat(last.model_copy(update={"registered": False}))
    except (TokenServerError, TimeoutError) as error:
        log.info("leave_not_taken", error=type(error).__name__)


async def _watched(before: str | None, settings: WorkerSettings) -> str | None:
    """The outbox's problem now; each change is logged once."""
    problem = await asyncio.to_thread(outbox_problem, settings.outbox_dir)
    if problem is not None and problem != before:
        log.error("outbox_not_durable", error=problem, folder=str(settings.outbox_dir))
    elif problem is None and before is not None:
        log.info("outbox_durable_again")
    return problem


def _state(server: AgentServer, settings: WorkerSettings, worker_id: str, problem: str | None) -> WorkerHeartbeat:
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
        outbox_problem=problem,
    )
