"""Keeping for so long and no longer: the part of the sweep that deletes what is old enough by the settings."""

from datetime import datetime, timedelta

import structlog

from storage.errors import NotFoundError
from storage.store import Store
from token_server.account.deletion import AccountDeletion
from token_server.clock import Clock
from token_server.metrics import Metrics
from token_server.recordings import Recordings
from token_server.settings import TokenServerSettings

EVERY = timedelta(hours=1)
AT_ONCE = 100
"""Rows of a kind per round, so that a first run over years of data doesn't hold everybody up."""
log = structlog.get_logger()


class Retention:
    """Any number of token servers may enforce it at the same time: what is gone is not found twice."""

    def __init__(
        self,
        store: Store,
        deletion: AccountDeletion,
        recordings: Recordings,
        settings: TokenServerSettings,
        metrics: Metrics,
        clock: Clock,
    ) -> None:
        self._store = store
        self._deletion = deletion
        self._recordings = recordings
        self._settings = settings
        self._metrics = metrics
        self._clock = clock
        self._due_at: datetime | None = None

    async def enforce_when_due(self) -> None:
        """Looks once an hour, and again in the next round while there is more than one round deletes.

        Raises:
            StoreError: the next hour tries again.
        """
        now = self._clock()
        if self._due_at is not None and now < self._due_at:
            return
        self._due_at = now + EVERY
        counts = {
            "attempts": await self._ended_attempts(now),
            "setups": await self._abandoned_setups(now),
            "accounts": await self._idle_accounts(now),
        }
        for what, count in counts.items():
            self._metrics.retention_deleted.labels(what).inc(count)
        if any(counts.values()):
            log.info("retention_deleted", **counts)
        if AT_ONCE in counts.values():
            self._due_at = now

    async def _ended_attempts(self, now: datetime) -> int:
        before = _moment(now, self._settings.retention_attempts_days)
        if before is None:
            return 0
        ended = await self._store.delete_ended_attempts(before=before, limit=AT_ONCE)
        await self._recordings.remove_files(ended)
        return len(ended)

    async def _abandoned_setups(self, now: datetime) -> int:
        before = _moment(now, self._settings.retention_abandoned_setups_days)
        if before is None:
            return 0
        return len(await self._store.delete_abandoned_setups(before=before, limit=AT_ONCE))

    async def _idle_accounts(self, now: datetime) -> int:
        before = _moment(now, self._settings.retention_idle_accounts_days)
        if before is None:
            return 0
        idle = await self._store.idle_accounts(before=before, limit=AT_ONCE)
        for user_id in idle:
            try:
                await self._deletion.delete(user_id)
            except NotFoundError:
                continue  # another token server was faster
        return len(idle)


def _moment(now: datetime, days: int) -> datetime | None:
    """None for 0 days: kept until its owner deletes it."""
    return now - timedelta(days=days) if days else None
