"""The store protocol's part about recordings: what is known of each file. Included by storage/store.py.

The files are in storage/recordings. Rows go with their attempt; files are removed after them by whoever deletes, and by
the token server's sweep where that was interrupted.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from storage.models.recording import Recording


class RecordingStore(Protocol):
    async def keep_recording(
        self, attempt_id: str, *, epoch: int, offset_ms: int, duration_ms: int, size_bytes: int
    ) -> Recording:
        """Idempotent by epoch: what is kept already stays as it is.

        NotFoundError without consent, and once the attempt's recordings were deleted.
        """
        ...

    async def recordings(self, attempt_ids: Sequence[str]) -> list[Recording]:
        """Of these attempts, each attempt's by epoch."""
        ...

    async def recordings_consented_before(self, moment: datetime) -> list[Recording]:
        """At most 1000 at once, the oldest first."""
        ...

    async def recorded_attempts(self, owner_id: str) -> list[str]:
        """Ids of all attempts of this person for which there may be files: those with consent."""
        ...

    async def delete_recordings(self, attempt_id: str, *, now: datetime) -> None:
        """The rows, for good: nothing of this attempt is kept any more, whenever it comes. Idempotent."""
        ...
