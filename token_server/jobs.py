"""The interviewer's job of an attempt: is there one, send for one, stop it.

LiveKit never retries a refused or killed job, so noticing and sending for another is ours. `job_epoch` fences: each
dispatch raises it by compare-and-set, and what a job with an older epoch writes is refused.
"""

from datetime import datetime, timedelta

import structlog

from storage.errors import ConflictError, StoreError
from storage.models.attempt import Attempt, EndReason
from storage.models.room import CommandMessage, JobMetadata, attempt_room
from storage.store import Store
from token_server.capacity import RETRY_AFTER_SEC, WORKER_BEAT_SEC, free_places
from token_server.clock import Clock
from token_server.errors import ProblemError, UpstreamUnavailableError
from token_server.metrics import Metrics
from token_server.rooms import Rooms, RoomView
from token_server.settings import TokenServerSettings

OPEN = ("planned", "live")
_MISSED_BEATS = 1.75
"""A worker's beat may come this much late on a busy machine."""
log = structlog.get_logger()


class Jobs:
    def __init__(
        self, store: Store, rooms: Rooms, settings: TokenServerSettings, metrics: Metrics, clock: Clock
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._settings = settings
        self._metrics = metrics
        self._clock = clock
        self._listening_since = clock()

    def was_deaf(self) -> None:
        """Until now no heartbeat could be stored, or told by the clock: a job's silence says nothing about it."""
        self._listening_since = self._clock()

    def silent_since(self, attempt: Attempt) -> datetime:
        """The last word of its job, or the beginning; at the earliest when this process began to listen."""
        last_word = attempt.heartbeat_at or attempt.created_at
        if last_word > self._clock():  # the clock was set back since
            return self._listening_since
        return max(last_word, self._listening_since)

    def heard_of(self, attempt: Attempt) -> bool:
        """Its job reported lately, or hasn't had the time to since this process listens."""
        return attempt.heartbeat_at is not None and not self._older(
            self.silent_since(attempt), self._settings.heartbeat_lost_sec
        )

    def is_expected(self, attempt: Attempt, view: RoomView) -> bool:
        """No word from a job, but there is reason to wait for it."""
        if attempt.status == "planned" and view.agents:
            return True  # It waits in the room for the candidate, and has nothing to report before.
        return self.is_sent_for(attempt.job_epoch, view)

    def is_sent_for(self, epoch: int, view: RoomView) -> bool:
        """A dispatch of this epoch may still bring a job."""
        return view.expects(
            epoch,
            now=self._clock(),
            taken_sec=self._settings.dispatch_grace_sec,
            untaken_sec=self._settings.dispatch_untaken_sec,
        )

    async def somebody_can_come(self) -> bool:
        """A worker is there to take a job. A dispatch that nobody takes at once is lost."""
        since = self._clock() - timedelta(seconds=_MISSED_BEATS * WORKER_BEAT_SEC)
        return any(worker.registered for worker in await self._store.workers(seen_after=since))

    async def dispatch(self, attempt: Attempt, view: RoomView) -> None:
        """Sends for an interviewer where there is none; the agents of the view are out.

        Raises:
            ConflictError: `superseded`, somebody else did it first; `attempt_over`.
            UpstreamUnavailableError
        """
        epoch = await self._store.raise_epoch(attempt.id, expected_epoch=attempt.job_epoch)
        await self._send_interviewer(attempt, epoch, view)

    async def replace_silent(self, attempt: Attempt) -> None:
        """Sends for another interviewer, since nothing was heard of the one of this attempt as it was read.

        Raises:
            ConflictError: `superseded`, somebody else did it first, or the job has reported since; `attempt_over`.
            UpstreamUnavailableError
        """
        epoch = await self._store.raise_epoch(
            attempt.id,
            expected_epoch=attempt.job_epoch,
            silent_since=attempt.heartbeat_at or attempt.created_at,
        )
        # looked at only now: an agent that came while this was decided is out as well
        await self._send_interviewer(attempt, epoch, await self._rooms.view(attempt_room(attempt.id)))

    async def _send_interviewer(self, attempt: Attempt, epoch: int, view: RoomView) -> None:
        metadata = JobMetadata(kind="interview", id=attempt.id, epoch=epoch)
        await self.send_for(metadata, attempt_room(attempt.id), view)
        log.info("interviewer_dispatched", attempt_id=attempt.id, epoch=epoch)

    async def replace_lost(self, attempt_id: str, epoch: int) -> None:
        """The job of this epoch is known to be gone. Nothing happens where another one has been sent for.

        Raises:
            UpstreamUnavailableError
        """
        attempt = await self._store.attempt(attempt_id)
        if attempt.status not in OPEN or attempt.job_epoch != epoch:
            return
        room = attempt_room(attempt.id)
        view = await self._rooms.view(room)
        if not view.candidates:
            await self._rooms.clear_agents(room, view)
            return
        try:
            await self.dispatch(attempt, view)
        except ConflictError:
            return  # Somebody else did it first, or it is over.
        self._metrics.sweep_actions.labels("dispatched").inc()

    async def send_for(self, metadata: JobMetadata, room: str, view: RoomView) -> None:
        """A job for the room, which is made if it isn't there. The agents of the view are out."""
        await self._rooms.create(room)
        await self._rooms.clear_agents(room, view)
        await self._rooms.dispatch(room, metadata)
        self._metrics.dispatches.labels("first" if metadata.epoch == 1 else "again").inc()

    async def ensure(self, attempt: Attempt) -> None:
        """For a candidate who is about to enter: the room is there and an interviewer is in it or on the way.

        Raises:
            ProblemError: at_capacity
            ConflictError: attempt_over
            UpstreamUnavailableError
        """
        if self.heard_of(attempt):
            await self._rooms.create(attempt_room(attempt.id))
            return
        view = await self._rooms.view(attempt_room(attempt.id))
        if view.exists and self.is_expected(attempt, view):
            return
        await self.admit(besides=attempt.id)
        try:
            await self.replace_silent(attempt)
        except ConflictError as error:
            if error.code != "superseded":
                raise

    async def admit(self, *, besides: str | None = None, open_attempts: list[Attempt] | None = None) -> None:
        """`besides`: the attempt or set-up that asks.

        Raises:
            ProblemError: at_capacity
        """
        now, settings = self._clock(), self._settings
        if open_attempts is None:
            open_attempts = await self._store.open_attempts()
        live_setups = await self._store.live_setups()
        workers = await self._store.workers(seen_after=now - timedelta(seconds=settings.heartbeat_lost_sec))
        free = free_places(
            workers,
            [attempt for attempt in open_attempts if attempt.id != besides],
            [setup for setup in live_setups if setup.id != besides],
            now=now,
            dispatch_grace_sec=settings.dispatch_grace_sec,
            heartbeat_lost_sec=settings.heartbeat_lost_sec,
            absence_timeout_sec=settings.absence_timeout_sec,
        )
        if free < 1:
            self._metrics.refused_at_capacity.inc()
            raise ProblemError("at_capacity", retry_after_sec=RETRY_AFTER_SEC)

    async def command(self, attempt: Attempt, message: CommandMessage) -> bool:
        """False when there is no interviewer to hear it."""
        return await self._rooms.send_command(attempt_room(attempt.id), message)

    async def finish(self, attempt: Attempt, reason: EndReason, *, fenced: bool = True) -> None:
        """Ends the attempt without its job, and closes the room.

        Raises:
            ConflictError: `superseded` if `fenced` and another job was sent for in the meantime.
        """
        epoch = attempt.job_epoch if fenced else None
        ended = await self._store.end_attempt(attempt.id, reason=reason, now=self._clock(), epoch=epoch)
        if ended.end_reason is not None:
            self._metrics.attempts_ended.labels(ended.end_reason).inc()
        log.info("attempt_ended_by_token_server", attempt_id=attempt.id, reason=reason, status=ended.status)
        await self._rooms.delete(attempt_room(attempt.id))

    async def close_room(self, attempt_id: str) -> None:
        """Of an attempt that is deleted. Where LiveKit doesn't answer, its job finds the attempt gone, and leaves."""
        try:
            await self._rooms.delete(attempt_room(attempt_id))
        except UpstreamUnavailableError as error:
            log.warning("room_not_closed", attempt_id=attempt_id, error=type(error).__name__)

    async def abandon(self, attempt: Attempt) -> None:
        """After a start that failed half-way. If even that fails, the sweep ends it as nobody's."""
        try:
            await self.finish(attempt, "interviewer_lost", fenced=False)
        except (UpstreamUnavailableError, StoreError) as error:
            log.warning("abandon_failed", attempt_id=attempt.id, error=type(error).__name__)

    def _older(self, moment: datetime, sec: float) -> bool:
        return self._clock() - moment > timedelta(seconds=sec)
