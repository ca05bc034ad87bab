"""Spoken set-ups: one is begun, entered, told about its draft, and left.

The assistant's job reports no heartbeat. Whether one is there is seen in the room: an agent in it, or a dispatch that
may still bring one.
"""

import asyncio
from collections.abc import Iterable

import structlog

from storage.errors import ConflictError, StoreError
from storage.models.room import JobMetadata, SetupDraftMessage, setup_room
from storage.models.setup import SetupConversation
from storage.store import Store
from token_server.clock import Clock
from token_server.errors import ProblemError, UpstreamUnavailableError
from token_server.jobs import Jobs
from token_server.metrics import Metrics
from token_server.rooms import NoticeTo, Rooms, RoomView

log = structlog.get_logger()


class Setups:
    def __init__(
        self,
        store: Store,
        rooms: Rooms,
        jobs: Jobs,
        metrics: Metrics,
        clock: Clock,
        admission: asyncio.Lock,
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._jobs = jobs
        self._metrics = metrics
        self._clock = clock
        self._admission = admission

    async def begin(self, owner_id: str) -> SetupConversation:
        """A new one. Another one that its owner has live is abandoned.

        Raises:
            ProblemError: at_capacity, with nothing stored.
            UpstreamUnavailableError: LiveKit can't be reached; nothing stays stored.
        """
        async with self._admission:
            await self._jobs.admit()
            live = await self._store.create_setup(owner_id, now=self._clock())
        await self.close(live.replaced)
        try:
            await self.dispatch(live.setup, RoomView())
        except (UpstreamUnavailableError, StoreError):
            await self._forget(live.setup)
            raise
        self._metrics.setups_begun.inc()
        return live.setup

    async def enter(self, setup: SetupConversation) -> None:
        """For a candidate who is about to enter: it is live, and an assistant is in its room or on the way.

        Raises:
            ProblemError: at_capacity; setup_over for one that is confirmed.
            UpstreamUnavailableError
        """
        if setup.status == "confirmed":
            raise ProblemError("setup_over")
        view = await self._rooms.view(setup_room(setup.id))
        if setup.status == "live" and view.exists and self.has_assistant(setup, view):
            return
        async with self._admission:
            await self._jobs.admit(besides=setup.id)
            live = await self._store.take_up_setup(setup.id, now=self._clock())
        await self.close(live.replaced)
        try:
            await self.dispatch(setup, view)
        except ConflictError as error:
            if error.code != "superseded":
                raise

    def has_assistant(self, setup: SetupConversation, view: RoomView) -> bool:
        """In the room, or expected there."""
        return bool(view.agents) or self._jobs.is_sent_for(setup.job_epoch, view)

    async def dispatch(self, setup: SetupConversation, view: RoomView) -> None:
        """Sends for a new assistant; whoever was there before is out.

        Raises:
            ConflictError: `superseded`, somebody else did it first; `setup_over`.
            UpstreamUnavailableError
        """
        room = setup_room(setup.id)
        epoch = await self._store.raise_setup_epoch(setup.id, expected_epoch=setup.job_epoch, now=self._clock())
        await self._jobs.send_for(JobMetadata(kind="setup", id=setup.id, epoch=epoch), room, view)
        log.info("assistant_dispatched", setup_id=setup.id, epoch=epoch)

    async def replace_lost(self, setup_id: str, epoch: int) -> None:
        """The job of this epoch is known to be gone; the sweep would wait for LiveKit to give its ghost up.

        Raises:
            UpstreamUnavailableError
        """
        setup = await self._store.setup(setup_id)
        if setup.status != "live" or setup.job_epoch != epoch:
            return
        view = await self._rooms.view(setup_room(setup.id))
        if not view.candidates:
            return
        try:
            await self.dispatch(setup, view)
        except ConflictError:
            return  # Somebody else did it first, or it is over.
        self._metrics.sweep_actions.labels("setup_dispatched").inc()

    async def tell(self, setup_id: str, revision: int, *, to: NoticeTo) -> None:
        """That the draft has this revision now. Who misses it reads the draft later."""
        try:
            await self._rooms.send_draft_notice(setup_room(setup_id), SetupDraftMessage(revision=revision), to=to)
        except UpstreamUnavailableError as error:
            log.info("draft_notice_not_sent", setup_id=setup_id, error=type(error).__name__)

    async def abandon(self, setup: SetupConversation) -> None:
        """Nobody talks in it any more; its draft stays.

        Raises:
            ConflictError: `superseded`, another assistant was sent for in the meantime.
        """
        await self._store.abandon_setup(setup.id, epoch=setup.job_epoch)
        log.info("setup_abandoned_by_token_server", setup_id=setup.id)
        await self.close([setup.id])

    async def close(self, setup_ids: Iterable[str]) -> None:
        """Their rooms, as far as LiveKit can be reached: an empty one closes by itself."""
        for setup_id in setup_ids:
            try:
                await self._rooms.delete(setup_room(setup_id))
            except UpstreamUnavailableError as error:
                log.info("room_not_closed", setup_id=setup_id, error=type(error).__name__)

    async def _forget(self, setup: SetupConversation) -> None:
        """After a beginning that failed half-way. If even that fails, the sweep abandons it."""
        try:
            await self._store.delete_setup(setup.id)
        except StoreError as error:
            log.warning("setup_not_forgotten", setup_id=setup.id, error=type(error).__name__)
        await self.close([setup.id])
