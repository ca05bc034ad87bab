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
from token_server.capacity import RETRY_AFTER_SEC, free_places
from token_server.clock import Clock
from token_server.errors import ProblemError, UpstreamUnavailableError
from token_server.metrics import Metrics
from token_server.rooms import Rooms, RoomView
from token_server.settings import TokenServerSettings

OPEN = ("planned", "live")
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

    def heard_of(self, attempt: Attempt) -> bool:
        """Its job reported lately."""
        return attempt.heartbeat_at is not None and not self._older(
            attempt.heartbeat_at, self._settings.heartbeat_lost_sec
        )

    def is_expected(self, attempt: Attempt, view: RoomView) -> bool:
        """No word from a job, but there is reason to wait for it."""
        if attempt.status == "planned" and view.agents:
            return True  # It waits in the room for the candidate, and has nothing to report before.
        return self.is_sent_for(attempt.job_epoch, view)

    def is_sent_for(self, epoch: int, view: RoomView) -> bool:
        """A dispatch of this epoch may still bring a job."""
        return view.expects(epoch, sent_after=self._clock() - timedelta(seconds=self._settings.dispatch_grace_sec))

    async def dispatch(self, attempt: Attempt, view: RoomView) -> None:
        """Sends for a new interviewer; whoever was there before is out.

        Raises:
            ConflictError: `superseded`, somebody else did it first; `attempt_over`.
            UpstreamUnavailableError
        """
        room = attempt_room(attempt.id)
        epoch = await self._store.raise_epoch(attempt.id, expected_epoch=attempt.job_epoch)
        await self.send_for(JobMetadata(kind="interview", id=attempt.id, epoch=epoch), room, view)
        log.info("interviewer_dispatched", attempt_id=attempt.id, epoch=epoch)

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
            await self.dispatch(attempt, view)
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

    async def abandon(self, attempt: Attempt) -> None:
        """After a start that failed half-way. If even that fails, the sweep ends it as nobody's."""
        try:
            await self.finish(attempt, "interviewer_lost", fenced=False)
        except (UpstreamUnavailableError, StoreError) as error:
            log.warning("abandon_failed", attempt_id=attempt.id, error=type(error).__name__)

    def _older(self, moment: datetime, sec: float) -> bool:
        return self._clock() - moment > timedelta(seconds=sec)
