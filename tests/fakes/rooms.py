"""LiveKit's rooms in memory. Tests put people in and take them out; what we sent can be looked at."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from storage.models.room import CommandMessage, JobMetadata, SetupDraftMessage
from token_server.errors import UpstreamUnavailableError
from token_server.rooms import Dispatch, NoticeTo, RoomView


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class FakeRoom:
    candidates: list[str] = field(default_factory=list[str])
    agents: list[str] = field(default_factory=list[str])
    dispatches: list[Dispatch] = field(default_factory=list[Dispatch])
    metadata: list[JobMetadata] = field(default_factory=list[JobMetadata])
    """Of everybody that was ever sent for."""
    commands: list[str] = field(default_factory=list[str])
    draft_notices: list[tuple[NoticeTo, int]] = field(default_factory=list[tuple[NoticeTo, int]])


class FakeRooms:
    """A Rooms."""

    def __init__(self, clock: Callable[[], datetime] = _utc_now) -> None:
        self._clock = clock
        self.rooms: dict[str, FakeRoom] = {}
        self.removed: list[str] = []
        """Identities of agents that were taken out."""
        self.available = True

    def enter(self, room: str, *, candidate: str | None = None, agent: str | None = None) -> None:
        if candidate is not None:
            self.rooms[room].candidates.append(candidate)
        if agent is not None:
            self.rooms[room].agents.append(agent)

    def end_job(self, room: str) -> None:
        """The agent leaves, and LiveKit knows it."""
        found = self.rooms[room]
        found.agents.clear()
        found.dispatches = [replace(dispatch, over=True) for dispatch in found.dispatches]

    def epochs(self, room: str) -> list[int]:
        return [dispatch.epoch for dispatch in self.rooms[room].dispatches]

    async def ping(self) -> None:
        self._reach()

    async def names(self) -> set[str]:
        self._reach()
        return set(self.rooms)

    async def create(self, room: str) -> None:
        self._reach()
        self.rooms.setdefault(room, FakeRoom())

    async def view(self, room: str) -> RoomView:
        self._reach()
        found = self.rooms.get(room)
        if found is None:
            return RoomView()
        return RoomView(True, tuple(found.candidates), tuple(found.agents), tuple(found.dispatches))

    async def dispatch(self, room: str, metadata: JobMetadata) -> None:
        self._reach()
        self.rooms[room].metadata.append(metadata)
        dispatches = self.rooms[room].dispatches
        dispatches.append(Dispatch(f"AD_{metadata.epoch}", metadata.epoch, self._clock(), over=False))

    async def clear_agents(self, room: str, view: RoomView) -> None:
        self._reach()
        found = self.rooms[room]
        self.removed += view.agents
        found.agents = [identity for identity in found.agents if identity not in view.agents]
        gone = {dispatch.id for dispatch in view.dispatches}
        found.dispatches = [dispatch for dispatch in found.dispatches if dispatch.id not in gone]

    async def send_command(self, room: str, message: CommandMessage) -> bool:
        self._reach()
        found = self.rooms.get(room)
        if found is None or not found.agents:
            return False
        found.commands.append(message.command)
        return True

    async def send_draft_notice(self, room: str, message: SetupDraftMessage, *, to: NoticeTo) -> None:
        self._reach()
        if (found := self.rooms.get(room)) is not None:
            found.draft_notices.append((to, message.revision))

    async def delete(self, room: str) -> None:
        self._reach()
        self.rooms.pop(room, None)

    def _reach(self) -> None:
        if not self.available:
            raise UpstreamUnavailableError("the fake LiveKit was switched off")
