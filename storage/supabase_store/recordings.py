"""The part of the store that knows about recordings."""

from collections.abc import Sequence
from datetime import datetime

from storage.models.recording import Recording
from storage.supabase_store.connection import Rest
from storage.supabase_store.ids import known_form
from storage.supabase_store.rows import parse

_IDS_PER_REQUEST = 100
"""They stand in the address of a request."""


class SupabaseRecordings:
    _rest: Rest

    async def keep_recording(
        self, attempt_id: str, *, epoch: int, offset_ms: int, duration_ms: int, size_bytes: int
    ) -> Recording:
        row = await self._rest.call(
            "keep_recording",
            p_attempt_id=known_form(attempt_id),
            p_epoch=epoch,
            p_offset_ms=offset_ms,
            p_duration_ms=duration_ms,
            p_bytes=size_bytes,
        )
        return parse(Recording, row)

    async def recordings(self, attempt_ids: Sequence[str]) -> list[Recording]:
        found: list[Recording] = []
        for first in range(0, len(attempt_ids), _IDS_PER_REQUEST):
            some = ",".join(map(known_form, attempt_ids[first : first + _IDS_PER_REQUEST]))
            rows = await self._rest.select("recordings", {"attempt_id": ("in", f"({some})")}, order="epoch")
            found += [parse(Recording, row) for row in rows]
        return found

    async def recordings_consented_before(self, moment: datetime) -> list[Recording]:
        rows = await self._rest.select(
            "recordings", {"consented_at": ("lt", moment.isoformat())}, order="consented_at", limit=1000
        )
        return [parse(Recording, row) for row in rows]

    async def recorded_attempts(self, owner_id: str) -> list[str]:
        rows = await self._rest.select_all(
            "attempts", {"owner_id": ("eq", known_form(owner_id)), "record_audio": ("is", "true")}
        )
        return [row["id"] for row in rows]

    async def delete_recordings(self, attempt_id: str, *, now: datetime) -> None:
        await self._rest.call("delete_recordings", p_attempt_id=known_form(attempt_id), p_now=now.isoformat())
