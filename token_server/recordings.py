"""Recordings of attempts: taken from workers, read by their owners, and gone when their time is over.

A file is there before its row, and goes after it: a row always has its file, and a file without a row is nobody's.
The sweep (`RecordingSweep`) removes those.
"""

from collections.abc import AsyncIterable, AsyncIterator, Iterable
from datetime import datetime, timedelta

import structlog

from storage.errors import NotFoundError, StoreUnavailableError
from storage.models.attempt import Attempt
from storage.models.recording import Recording
from storage.recordings import RecordingFiles, attempt_prefix, file_name
from storage.store import Store
from token_server.byte_ranges import ByteRange
from token_server.clock import Clock
from token_server.metrics import Metrics
from token_server.settings import TokenServerSettings

log = structlog.get_logger()


class Recordings:
    def __init__(
        self, store: Store, files: RecordingFiles, settings: TokenServerSettings, metrics: Metrics, clock: Clock
    ) -> None:
        self._store = store
        self._files = files
        self._retention = timedelta(days=settings.recording_retention_days)
        self._metrics = metrics
        self._clock = clock

    def kept_until(self, attempt: Attempt) -> datetime | None:
        """None without consent."""
        return None if attempt.audio_consented_at is None else attempt.audio_consented_at + self._retention

    async def keep(
        self,
        attempt_id: str,
        content: AsyncIterable[bytes],
        *,
        epoch: int,
        offset_ms: int,
        duration_ms: int,
        size_bytes: int,
    ) -> Recording:
        """Idempotent by epoch. `content` is read only where it may be kept.

        Raises:
            NotFoundError: without consent, after deletion and after the time to be kept. Sending again won't help.
            StoreUnavailableError
        """
        attempt = await self._store.attempt(attempt_id)
        until = self.kept_until(attempt)
        if not attempt.may_be_recorded or until is None or self._clock() >= until or epoch > attempt.job_epoch:
            raise NotFoundError
        name = file_name(attempt.id, epoch)
        await self._files.put(name, content, size_bytes=size_bytes)
        try:
            recording = await self._store.keep_recording(
                attempt.id, epoch=epoch, offset_ms=offset_ms, duration_ms=duration_ms, size_bytes=size_bytes
            )
        except NotFoundError:
            # deleted while it was on its way
            await self._files.remove([name])
            raise
        self._metrics.recordings.labels("kept").inc()
        return recording

    async def open(self, recording: Recording, part: ByteRange) -> AsyncIterator[bytes]:
        """
        Raises:
            NotFoundError, StoreUnavailableError
        """
        name = file_name(recording.attempt_id, recording.epoch)
        return await self._files.open(name, first=part.first, size_bytes=part.size_bytes)

    async def delete(self, attempt_id: str) -> None:
        """All of an attempt, for good."""
        await self._store.delete_recordings(attempt_id, now=self._clock())
        await self.remove_files([attempt_id])

    async def remove_files(self, attempt_ids: Iterable[str]) -> None:
        """After the rows are gone, by themselves or with their attempt, interview or account.

        Never fails: what can't be removed now is found by the sweep.
        """
        try:
            for attempt_id in attempt_ids:
                names = [file.name for file in await self._files.stored(attempt_prefix(attempt_id))]
                await self._files.remove(names)
                self._metrics.recordings.labels("removed").inc(len(names))
        except StoreUnavailableError as error:
            log.warning("recordings_left_for_the_sweep", error=str(error))
