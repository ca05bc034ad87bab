"""Whether one more interview can be held now. Said honestly before it starts, instead of a bad interview after."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from storage.models.attempt import Attempt
from storage.models.worker_api import WorkerHeartbeat

WORKER_BEAT_SEC = 2.0
"""How often a worker says how many jobs it has: what began since then isn't in its number yet."""
RETRY_AFTER_SEC = 5


def free_places(
    workers: Sequence[WorkerHeartbeat],
    open_attempts: Sequence[Attempt],
    *,
    now: datetime,
    dispatch_grace_sec: float,
    heartbeat_lost_sec: float,
    absence_timeout_sec: float,
) -> int:
    """`workers` are those heard of lately. Attempts whose job no worker counts yet take a place too."""
    places = sum(worker.capacity - worker.active for worker in workers if worker.registered)

    def within(moment: datetime | None, sec: float) -> bool:
        return moment is not None and now - moment <= timedelta(seconds=sec)

    def waits_for_its_job(attempt: Attempt) -> bool:
        if attempt.status == "planned":
            return within(attempt.created_at, dispatch_grace_sec)
        if within(attempt.heartbeat_at, heartbeat_lost_sec):
            return within(attempt.started_at, WORKER_BEAT_SEC)
        return within(attempt.heartbeat_at, absence_timeout_sec)

    return places - sum(waits_for_its_job(attempt) for attempt in open_attempts)
