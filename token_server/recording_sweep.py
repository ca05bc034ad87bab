"""Removes recordings whose time is over, and files that no row knows."""

import re
from datetime import datetime, timedelta

from storage.recordings import RecordingFiles, file_name
from storage.store import Store
from token_server.clock import Clock
from token_server.metrics import Metrics
from token_server.recordings import Recordings
from token_server.settings import TokenServerSettings

EVERY = timedelta(minutes=10)
UNKNOWN_FOR = timedelta(hours=1)
"""A file is there before its row: a younger one may be about to get it."""
_OURS = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.\d+\.ogg(?:\.[0-9a-f]+\.part)?")
"""Names of recordings, and of what an interrupted upload left; the group is the attempt's id."""


class RecordingSweep:
    def __init__(
        self,
        store: Store,
        files: RecordingFiles,
        recordings: Recordings,
        settings: TokenServerSettings,
        metrics: Metrics,
        clock: Clock,
    ) -> None:
        self._store = store
        self._files = files
        self._recordings = recordings
        self._retention = timedelta(days=settings.recording_retention_days)
        self._metrics = metrics
        self._clock = clock
        self._due_at: datetime | None = None

    async def round(self) -> None:
        """Looks every ten minutes, and does nothing in between.

        Raises:
            StoreError: it couldn't look; it will in ten minutes.
        """
        now = self._clock()
        if self._due_at is not None and now < self._due_at:
            return
        self._due_at = now + EVERY
        await self._end_retention(now)
        await self._remove_unknown(now)

    async def _end_retention(self, now: datetime) -> None:
        while over := await self._store.recordings_consented_before(now - self._retention):
            for attempt_id in {recording.attempt_id for recording in over}:
                await self._recordings.delete(attempt_id)
            self._metrics.recordings.labels("expired").inc(len(over))

    async def _remove_unknown(self, now: datetime) -> None:
        old = [file.name for file in await self._files.stored() if now - file.changed_at > UNKNOWN_FOR]
        # The system of whoever runs this puts files of its own into folders: no attempt has them, and they stay.
        attempt_of = {name: match[1] for name in old if (match := _OURS.fullmatch(name))}
        attempt_ids = sorted(set(attempt_of.values()))
        known = {file_name(r.attempt_id, r.epoch) for r in await self._store.recordings(attempt_ids)}
        unknown = [name for name in attempt_of if name not in known]
        await self._files.remove(unknown)
        self._metrics.recordings.labels("orphaned").inc(len(unknown))
