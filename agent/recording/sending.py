"""Recordings go from the shelf to the token server."""

import asyncio
from pathlib import Path

import structlog

from agent.recording.ogg_opus import extent
from agent.recording.shelf import RecordingShelf, ShelvedRecording, claimed
from agent.token_server_client import TokenServerClient
from agent.token_server_errors import RefusedError, TokenServerError

log = structlog.get_logger()


async def send(client: TokenServerClient, recording: ShelvedRecording) -> None:
    """Sends it and forgets it; also where the token server itself says that nobody may keep it. The lock is ours.

    Raises:
        TokenServerError: it didn't get through, and stays.
        OSError: it can't be read or removed.
    """
    usable = await asyncio.to_thread(extent, recording.path)
    if usable.size_bytes > 0:
        try:
            await client.attempt(recording.attempt_id).store_recording(
                recording.path,
                epoch=recording.epoch,
                offset_ms=recording.offset_ms,
                duration_ms=usable.duration_ms,
                size_bytes=usable.size_bytes,
            )
        except RefusedError as error:
            if not error.is_final:
                raise
            log.warning("recording_discarded", attempt_id=recording.attempt_id, code=error.code)
    await asyncio.to_thread(Path.unlink, recording.path, missing_ok=True)


async def send_left_behind(shelf: RecordingShelf, client: TokenServerClient) -> None:
    """What jobs couldn't send themselves, be it that they were killed."""
    try:
        left_behind = await asyncio.to_thread(shelf.left_behind)
    except OSError as error:
        log.warning("recordings_not_found", error=type(error).__name__)
        return
    for recording in left_behind:
        with claimed(recording.path) as ours:
            if not ours:
                continue
            try:
                await send(client, recording)
            except (TokenServerError, OSError) as error:
                log.warning("recording_waits", attempt_id=recording.attempt_id, error=type(error).__name__)
