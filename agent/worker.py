"""The room worker, whose main process holds no job. `python -m agent` starts it.

Composition root: settings, one server, warm processes, one job per room.
"""

import asyncio
import multiprocessing

from livekit.agents import AgentServer, JobContext, JobProcess

from agent import job_process
from agent.background import Background
from agent.capacity import report_capacity
from agent.held_jobs import HeldJobs
from agent.keeper import leave_without_keeper
from agent.logging import configure_logging
from agent.lost_jobs import report_lost_jobs, report_orphans
from agent.outbox import open_outbox
from agent.outbox_sender import drain_leftovers
from agent.recording.sending import send_left_behind
from agent.recording.shelf import RecordingShelf
from agent.settings import WorkerSettings
from agent.token_server_client import TokenServerClient
from storage.models.room import AGENT_NAME

settings = WorkerSettings()  # pyright: ignore[reportCallIssue]  # the environment fills it
configure_logging(settings.worker_log_level)
held = HeldJobs(settings.held_jobs_dir)
_orphans = held.orphans() if multiprocessing.parent_process() is None else []
server = AgentServer(
    ws_url=settings.livekit_url,
    api_key=settings.livekit_api_key,
    api_secret=settings.livekit_api_secret.get_secret_value(),
    # Counted in jobs: LiveKit's default sheds by CPU load, and nobody retries a shed job.
    load_fnc=lambda worker: len(worker.active_jobs) / settings.worker_capacity,
    load_threshold=0.999,
    # each of those that wait for this worker gets a warm process at once
    num_idle_processes=max(settings.worker_idle_processes, min(len(_orphans), settings.worker_capacity)),
    initialize_process_timeout=60.0,
    drain_timeout=settings.worker_drain_sec,
    shutdown_process_timeout=3.0,
    session_end_timeout=10.0,
    job_memory_warn_mb=1500,
    preload_modules=["agent.preload"],
    host="127.0.0.1",
    port=settings.worker_http_port,
)
_background = Background()
_LEFTOVERS_EVERY_SEC = 60.0


def prewarm(process: JobProcess) -> None:
    job_process.warm(process, settings)


def started() -> None:
    """In the main process: say what can be taken on, and deliver what dead processes left behind."""
    _background.start(leave_without_keeper(server), name="keeper")
    _background.start(_report_capacity(), name="capacity")
    _background.start(_deliver_leftovers(), name="leftovers")
    report_lost_jobs(server, settings, _background)
    report_orphans(server, settings, held, _orphans, _background)


async def _report_capacity() -> None:
    async with TokenServerClient(settings.token_server_url, settings.worker_api_secret) as client:
        await report_capacity(server, settings, client)


async def _deliver_leftovers() -> None:
    outbox, shelf = open_outbox(settings.outbox_dir), RecordingShelf(settings.recording_shelf_dir)
    async with TokenServerClient(settings.token_server_url, settings.worker_api_secret) as client:
        while True:
            # also those of a job that ended while the token server was away
            await drain_leftovers(outbox, client)
            await send_left_behind(shelf, client)
            await asyncio.sleep(_LEFTOVERS_EVERY_SEC)


server.setup_fnc = prewarm
server.on("worker_started", started)


@server.rtc_session(agent_name=AGENT_NAME)
async def join_room(ctx: JobContext) -> None:
    await job_process.hold(ctx, settings, held)
