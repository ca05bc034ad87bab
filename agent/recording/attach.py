"""Ties recording to a job: from its consent to its file at the token server."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import structlog

from agent.background import Background
from agent.recording.recorder import Recorder
from agent.recording.sending import send
from agent.recording.shelf import RecordingShelf
from agent.settings import WorkerSettings
from agent.token_server_client import TokenServerClient
from agent.token_server_errors import TokenServerError
from storage.models.worker_api import AttemptBrief

log = structlog.get_logger()

_SENDING_SEC = 10.0
"""How long the end of a job waits for it: the framework ends a job 15 s after its room. The worker sends the rest."""


@asynccontextmanager
async def recorded(
    brief: AttemptBrief, settings: WorkerSettings, client: TokenServerClient, clock_started_at: float
) -> AsyncGenerator[Recorder | None]:
    """A recorder for the time of the block, None without consent. What was recorded is sent afterwards.

    Args:
        clock_started_at: loop time at which the attempt's clock was 0.
    """
    if not brief.record_audio:
        yield None
        return
    shelf = RecordingShelf(settings.recording_shelf_dir)
    recorder = Recorder(shelf, brief.attempt_id, brief.epoch, clock_started_at=clock_started_at)
    background = Background()
    background.start(recorder.run(), name="recorder")
    try:
        yield recorder
    finally:
        await recorder.close()
        await background.close()
        await _send(recorder, client)
        recorder.let_go()


async def _send(recorder: Recorder, client: TokenServerClient) -> None:
    if recorder.recording is None:
        return
    try:
        await asyncio.wait_for(send(client, recorder.recording), _SENDING_SEC)
    except (TokenServerError, OSError) as error:
        # TimeoutError is an OSError
        log.warning("recording_waits", attempt_id=recorder.recording.attempt_id, error=type(error).__name__)
