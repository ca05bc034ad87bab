"""The sweep's look at set-ups: none stays live that nobody talks in, and nobody waits in one for an assistant."""

from datetime import datetime, timedelta

from storage.models.room import setup_room
from storage.models.setup import SetupConversation
from storage.store import Store
from token_server.clock import Clock
from token_server.metrics import Metrics
from token_server.rooms import Rooms
from token_server.settings import TokenServerSettings
from token_server.setups import Setups


class SetupWatch:
    def __init__(
        self,
        store: Store,
        rooms: Rooms,
        setups: Setups,
        settings: TokenServerSettings,
        metrics: Metrics,
        clock: Clock,
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._setups = setups
        self._settings = settings
        self._metrics = metrics
        self._clock = clock
        self._empty_since: dict[str, datetime] = {}
        """When this process first saw a live set-up without a candidate. Another process has its own times."""

    async def live(self) -> list[SetupConversation]:
        """Those to look at."""
        found = await self._store.live_setups()
        ids = {setup.id for setup in found}
        self._empty_since = {id_: since for id_, since in self._empty_since.items() if id_ in ids}
        return found

    async def look_at(self, setup: SetupConversation) -> None:
        view = await self._rooms.view(setup_room(setup.id))
        if view.candidates:
            self._empty_since.pop(setup.id, None)
            if not self._setups.has_assistant(setup, view):
                await self._setups.dispatch(setup, view)
                self._metrics.sweep_actions.labels("setup_dispatched").inc()
            return
        now = self._clock()
        since = self._empty_since.setdefault(setup.id, now)
        if since == now and not view.exists:
            # livekit-server was restarted: both sides come back on their own, but into an existing room only.
            await self._rooms.create(setup_room(setup.id))
            self._metrics.sweep_actions.labels("room_restored").inc()
        elif now - since > timedelta(seconds=self._settings.absence_timeout_sec):
            await self._setups.abandon(setup)
            self._metrics.sweep_actions.labels("setup_abandoned").inc()
