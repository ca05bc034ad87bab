"""Whether one more interview or set-up can be held now. Said honestly before, instead of a bad interview after."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from storage.models.attempt import Attempt
from storage.models.setup import SetupConversation
from storage.models.worker_api import WorkerHeartbeat

WORKER_BEAT_SEC = 2.0
"""How often a worker says how many jobs it has: what began since then isn't in its number yet."""
RETRY_AFTER_SEC = 5


def free_places(
    workers: Sequence[WorkerHeartbeat],
    open_attempts: Sequence[Attempt],
    live_setups: Sequence[SetupConversation] = (),
    *,
    now: datetime,
    dispatch_grace_sec: float,
    heartbeat_lost_sec: float,
    absence_timeout_sec: float,
) -> int:
    """`workers` are those heard of lately. What has a job that no worker counts yet takes a place too."""
    places = sum(worker.capacity - worker.active for worker in workers if worker.registered)

    def within(moment: datetime | None, sec: float) -> bool:
        return moment is not None and now - moment <= timedelta(seconds=sec)

    def waits_for_its_job(attempt: Attempt) -> bool:
        if attempt.status == "planned":
            return within(attempt.created_at, dispatch_grace_sec)
        if within(attempt.heartbeat_at, heartbeat_lost_sec):
            return within(attempt.started_at, WORKER_BEAT_SEC)
        return within(attempt.heartbeat_at, absence_timeout_sec)

    def is_not_counted(setup: SetupConversation) -> bool:
        joined = setup.joined_at is not None and setup.joined_at >= (setup.dispatched_at or setup.joined_at)
        return within(setup.joined_at, WORKER_BEAT_SEC) if joined else within(setup.dispatched_at, dispatch_grace_sec)

    taken = sum(waits_for_its_job(attempt) for attempt in open_attempts)
    return places - taken - sum(is_not_counted(setup) for setup in live_setups)
