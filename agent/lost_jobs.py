"""Tells the token server at once when jobs have died, of this worker or of one before: a heartbeat that stays away says
so seconds later."""

from collections.abc import Sequence
from typing import Any

import structlog
from livekit.agents import AgentServer
from pydantic import ValidationError

from agent.background import Background
from agent.held_jobs import HeldJobs
from agent.settings import WorkerSettings
from agent.token_server_client import TokenServerClient
from agent.token_server_errors import TokenServerError
from storage.models.room import JobMetadata

log = structlog.get_logger()


def report_lost_jobs(server: AgentServer, settings: WorkerSettings, background: Background) -> None:
    """From now on; runs in the worker's main process."""

    def closed(process: Any) -> None:
        # LiveKit tells of it only inside (livekit-agents 1.8.9): the executor, its job and its exit code.
        if process.running_job is not None and process.exitcode not in (None, 0):
            metadata = _metadata(process.running_job.job.metadata)
            if metadata is not None:
                background.start(_report(metadata, settings), name="lost_job")

    server._proc_pool.on("process_closed", closed)  # pyright: ignore[reportPrivateUsage]


def report_orphans(
    server: AgentServer,
    settings: WorkerSettings,
    held: HeldJobs,
    orphans: Sequence[JobMetadata],
    background: Background,
) -> None:
    """Jobs that went down with an earlier worker, once this one can take them."""

    def registered(*_: object) -> None:
        server.off("worker_registered", registered)
        for job in orphans:
            held.forget(job)
            background.start(_report(job, settings), name="orphan")

    if orphans:
        server.on("worker_registered", registered)


async def _report(metadata: JobMetadata, settings: WorkerSettings) -> None:
    """Once: where the token server isn't there either, it notices by the heartbeat."""
    log.error("job_process_died", kind=metadata.kind, id=metadata.id, epoch=metadata.epoch)
    async with TokenServerClient(settings.token_server_url, settings.worker_api_secret) as client:
        calls = client.attempt(metadata.id) if metadata.kind == "interview" else client.setup(metadata.id)
        try:
            await calls.lost(metadata.epoch)
        except TokenServerError as error:
            log.warning("lost_job_not_reported", id=metadata.id, error=str(error))


def _metadata(text: str) -> JobMetadata | None:
    """None for a job that isn't ours."""
    try:
        return JobMetadata.model_validate_json(text)
    except ValidationError:
        return None
