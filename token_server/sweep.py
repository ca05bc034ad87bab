"""The sweep: every attempt comes to an end, and none is left without an interviewer. The same for set-ups. No
assessment waits for ever, and what is kept for a limited time goes when that is over.

It looks at all that are open every few seconds, or at once when something hints at a change. Any token server may
sweep at the same time: compare-and-set in the store decides who acts.
"""

import asyncio
from collections.abc import Awaitable
from datetime import datetime, timedelta

import structlog

from storage.errors import ConflictError, NotFoundError, StoreError, StoreUnavailableError
from storage.models.attempt import Attempt, EndReason
from storage.models.room import attempt_room
from storage.store import Store
from token_server.account.retention import Retention
from token_server.clock import Clock, ClockWatch
from token_server.errors import UpstreamUnavailableError
from token_server.jobs import OPEN, Jobs
from token_server.metrics import Metrics
from token_server.recording_sweep import RecordingSweep
from token_server.rooms import Rooms
from token_server.settings import TokenServerSettings
from token_server.setup_watch import SetupWatch

log = structlog.get_logger()


class Sweep:
    def __init__(
        self,
        store: Store,
        rooms: Rooms,
        jobs: Jobs,
        setups: SetupWatch,
        retention: Retention,
        recordings: RecordingSweep,
        settings: TokenServerSettings,
        metrics: Metrics,
        clock: Clock,
        clock_watch: ClockWatch,
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._jobs = jobs
        self._setups = setups
        self._retention = retention
        self._recordings = recordings
        self._settings = settings
        self._metrics = metrics
        self._clock = clock
        self._clock_watch = clock_watch
        self._hinted = asyncio.Event()
        self._ends_asked_for: dict[str, datetime] = {}
        self._workers_there: set[str] = set()
        """Ids of those that were registered with LiveKit at their last beat."""

    def hint(self) -> None:
        """Something changed: look now."""
        self._hinted.set()

    def worker_beats(self, worker_id: str, *, registered: bool) -> None:
        """One that has just come takes those who wait for it."""
        is_new = registered and worker_id not in self._workers_there
        (self._workers_there.add if registered else self._workers_there.discard)(worker_id)
        if is_new:
            self.hint()

    def end_unless_over(self, attempt_id: str) -> None:
        """The candidate asked for the end and the interviewer was told. If it doesn't act, the sweep will."""
        deadline = self._clock() + timedelta(seconds=self._settings.end_grace_sec)
        self._ends_asked_for.setdefault(attempt_id, deadline)

    async def run(self) -> None:
        """Until cancelled. Errors are logged and counted; the next round tries again."""
        while True:
            self._hinted.clear()
            try:
                await self.round()
            except Exception as error:  # noqa: BLE001  # whatever it is: everybody who comes later needs the sweep
                self._failed(error)
            try:
                await asyncio.wait_for(self._hinted.wait(), self._settings.sweep_interval_sec)
            except TimeoutError:
                continue

    async def round(self) -> None:
        """Its steps don't wait for each other: what fails in one is logged, and the others are done."""
        if self._clock_watch.has_stepped():
            self._jobs.was_deaf()
        store_answered = [
            await self._step(self._look_at_attempts(), about="attempts"),
            await self._step(self._settle_assessments(), about="assessments"),
            await self._step(self._look_at_setups(), about="setups"),
        ]
        if any(store_answered):  # else these would only put off their next look, by up to an hour
            await self._unless_it_fails(self._retention.enforce_when_due(), about="retention")
            await self._unless_it_fails(self._recordings.round(), about="recordings")

    async def _step(self, step: Awaitable[None], *, about: str) -> bool:
        """Whether the store was there. One that wasn't has taken no heartbeat either."""
        try:
            await step
        except StoreUnavailableError as error:
            self._jobs.was_deaf()
            self._failed(error, about=about)
            return False
        except Exception as error:  # noqa: BLE001  # LiveKit is away, or a bug: the other steps go on without
            self._failed(error, about=about)
        return True

    async def _settle_assessments(self) -> None:
        settled = await self._store.settle_assessments(overdue_sec=self._settings.assessment_overdue_sec)
        self._metrics.sweep_actions.labels("assessment_failed").inc(settled)

    async def _look_at_setups(self) -> None:
        for setup in await self._setups.live():
            await self._unless_it_fails(self._setups.look_at(setup), setup_id=setup.id)

    async def _look_at_attempts(self) -> None:
        attempts = await self._store.open_attempts()
        still_open = {attempt.id for attempt in attempts}
        self._ends_asked_for = {id_: at for id_, at in self._ends_asked_for.items() if id_ in still_open}
        if not attempts:
            return
        rooms = await self._rooms.names()
        for attempt in attempts:
            look = self._look_at(attempt, room_exists=attempt_room(attempt.id) in rooms)
            await self._unless_it_fails(look, attempt_id=attempt.id)

    async def _unless_it_fails(self, look: Awaitable[None], **about: str) -> None:
        try:
            await look
        except (ConflictError, NotFoundError):
            return  # Somebody else acted first: a job joined, another sweep dispatched, the owner deleted it.
        except (StoreError, UpstreamUnavailableError) as error:
            self._failed(error, **about)
        except Exception as error:  # noqa: BLE001  # a bug about one must not strand all the others
            self._failed(error, **about)

    async def _look_at(self, attempt: Attempt, *, room_exists: bool) -> None:
        now = self._clock()
        end_at = self._ends_asked_for.get(attempt.id)
        if end_at is not None and now >= end_at:
            await self._finish(attempt, "candidate_ended")
        elif not self._jobs.heard_of(attempt):
            await self._look_for_its_job(attempt, now)
        elif not room_exists:
            # livekit-server was restarted: both sides come back on their own, but into an existing room only.
            await self._rooms.create(attempt_room(attempt.id))
            self._metrics.sweep_actions.labels("room_restored").inc()

    async def _look_for_its_job(self, attempt: Attempt, now: datetime) -> None:
        """No word from a job."""
        silent = now - self._jobs.silent_since(attempt)
        if silent > timedelta(seconds=self._settings.no_show_timeout_sec):
            view = await self._rooms.view(attempt_room(attempt.id))
            await self._finish(attempt, "interviewer_lost" if view.candidates else _absence(attempt))
            return
        view = await self._rooms.view(attempt_room(attempt.id))
        if view.candidates:
            if not self._jobs.is_expected(attempt, view) and await self._jobs.somebody_can_come():
                await self._jobs.replace_silent(attempt)
                self._metrics.sweep_actions.labels("dispatched").inc()
        elif attempt.status == "live" and silent > timedelta(seconds=self._settings.absence_timeout_sec):
            await self._finish(attempt, "candidate_absent")

    async def _finish(self, attempt: Attempt, reason: EndReason) -> None:
        assert attempt.status in OPEN  # noqa: S101  # open_attempts gives no others
        await self._jobs.finish(attempt, reason)
        self._metrics.sweep_actions.labels(reason).inc()

    def _failed(self, error: Exception, **about: str) -> None:
        self._metrics.sweep_errors.inc()
        if isinstance(error, (StoreUnavailableError, UpstreamUnavailableError)):
            # as at each start, while the store is still on its way: the next round is seconds off
            log.warning("sweep_waits", **about, error=type(error).__name__)
            return
        log.error("sweep_failed", **about, error=type(error).__name__, exc_info=error)


def _absence(attempt: Attempt) -> EndReason:
    return "no_show" if attempt.status == "planned" else "candidate_absent"
