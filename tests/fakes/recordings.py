"""The part of the in-memory store that knows about recordings."""

from collections.abc import Callable, Sequence
from datetime import datetime

from storage.errors import NotFoundError
from storage.models.recording import Recording
from tests.fakes.tables import Tables, find


class FakeRecordings:
    tables: Tables
    clock: Callable[[], datetime]

    async def keep_recording(
        self, attempt_id: str, *, epoch: int, offset_ms: int, duration_ms: int, size_bytes: int
    ) -> Recording:
        attempt = find(self.tables.attempts, attempt_id)
        if not attempt.may_be_recorded or attempt.audio_consented_at is None:
            raise NotFoundError
        made = Recording(
            attempt_id=attempt.id,
            epoch=epoch,
            offset_ms=offset_ms,
            duration_ms=duration_ms,
            bytes=size_bytes,
            consented_at=attempt.audio_consented_at,
            created_at=self.clock(),
        )
        return self.tables.recordings.setdefault(attempt_id, {}).setdefault(epoch, made)

    async def recordings(self, attempt_ids: Sequence[str]) -> list[Recording]:
        return [recording for attempt_id in attempt_ids for recording in self.tables.recordings_of(attempt_id)]

    async def recordings_consented_before(self, moment: datetime) -> list[Recording]:
        every = [recording for kept in self.tables.recordings.values() for recording in kept.values()]
        return sorted((r for r in every if r.consented_at < moment), key=lambda r: r.consented_at)

    async def recorded_attempts(self, owner_id: str) -> list[str]:
        return [a.id for a in self.tables.attempts.values() if a.owner_id == owner_id and a.record_audio]

    async def delete_recordings(self, attempt_id: str, *, now: datetime) -> None:
        attempt = find(self.tables.attempts, attempt_id)
        update = {"recordings_deleted_at": attempt.recordings_deleted_at or now}
        self.tables.attempts[attempt_id] = attempt.model_copy(update=update)
        self.tables.recordings.pop(attempt_id, None)
