"""LiveKit's server API, as far as we use it: rooms, dispatches, participants, commands.

Only livekit.api: livekit.agents takes seconds and 200 MB to import, and a token server runs no agent.
"""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, Protocol, TypeVar

import aiohttp
from livekit import api
from livekit.protocol.agent import JobStatus
from livekit.protocol.models import DataPacket, ParticipantInfo
from pydantic import ValidationError

from storage.models.base import Model
from storage.models.room import (
    AGENT_NAME,
    COMMAND_TOPIC,
    SETUP_DRAFT_TOPIC,
    CommandMessage,
    JobMetadata,
    SetupDraftMessage,
)
from token_server.errors import UpstreamUnavailableError
from token_server.settings import TokenServerSettings

T = TypeVar("T")
MAX_PARTICIPANTS = 3
"""The candidate, the interviewer, and an interviewer that is being replaced."""
NANOSECONDS = 1_000_000_000
CLOCKS_DIFFER_SEC = 5.0
"""LiveKit's and ours, at the most."""
NoticeTo = Literal["everybody", "candidates"]
OVER = (JobStatus.JS_SUCCESS, JobStatus.JS_FAILED)


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One explicit dispatch of ours in a room."""

    id: str
    epoch: int
    created_at: datetime
    over: bool
    """Its job has finished or failed."""
    taken: bool = True
    """A worker has it. LiveKit offers a job once: what nobody took then, nobody takes later."""


@dataclass(frozen=True, slots=True)
class RoomView:
    """Who is in a room, and who was sent for. A room that doesn't exist has nobody in it."""

    exists: bool = False
    candidates: tuple[str, ...] = ()
    """Identities."""
    agents: tuple[str, ...] = ()
    """Identities, including a killed one that LiveKit hasn't given up yet."""
    dispatches: tuple[Dispatch, ...] = ()

    def expects(self, epoch: int, *, now: datetime, taken_sec: float, untaken_sec: float) -> bool:
        """Somebody of this epoch was sent for within so many seconds, and may still come."""

        def may_come(dispatch: Dispatch) -> bool:
            waited_sec = (now - dispatch.created_at).total_seconds()
            # one that was made in the future says that the clock was set back since
            return -CLOCKS_DIFFER_SEC < waited_sec <= (taken_sec if dispatch.taken else untaken_sec)

        return any(dispatch.epoch == epoch and not dispatch.over and may_come(dispatch) for dispatch in self.dispatches)


class Rooms(Protocol):
    """Every call raises UpstreamUnavailableError when LiveKit can't be reached or answers with an error."""

    async def ping(self) -> None: ...
    async def names(self) -> set[str]:
        """Of the rooms that exist."""
        ...

    async def create(self, room: str) -> None:
        """Makes sure that it exists."""
        ...

    async def view(self, room: str) -> RoomView: ...
    async def dispatch(self, room: str, metadata: JobMetadata) -> None:
        """Sends for an interviewer. The room must exist."""
        ...

    async def clear_agents(self, room: str, view: RoomView) -> None:
        """Takes out the agents and dispatches of the view: they are superseded."""
        ...

    async def send_command(self, room: str, message: CommandMessage) -> bool:
        """To the interviewers in the room. False when there is none."""
        ...

    async def send_draft_notice(self, room: str, message: SetupDraftMessage, *, to: NoticeTo) -> None:
        """Nothing happens where nobody is in the room."""
        ...

    async def delete(self, room: str) -> None:
        """Everybody in it is disconnected. No error if there is no such room."""
        ...


class LiveKitRooms:
    """Make it inside a running event loop; `aclose` it there."""

    def __init__(self, settings: TokenServerSettings) -> None:
        self._empty_timeout_sec = int(settings.no_show_timeout_sec)
        self._departure_timeout_sec = int(settings.absence_timeout_sec)
        self._livekit = api.LiveKitAPI(
            settings.livekit_url,
            settings.livekit_api_key,
            settings.livekit_api_secret.get_secret_value(),
            timeout=aiohttp.ClientTimeout(total=settings.upstream_timeout_sec),
        )

    async def aclose(self) -> None:
        await self._livekit.aclose()  # pyright: ignore[reportUnknownMemberType]

    async def ping(self) -> None:
        # Names no room: the smallest question that needs our key to be right.
        await _answer(self._livekit.room.list_rooms(api.ListRoomsRequest(names=["-"])))

    async def names(self) -> set[str]:
        found = await _answer(self._livekit.room.list_rooms(api.ListRoomsRequest()))
        return {room.name for room in found.rooms}

    async def create(self, room: str) -> None:
        await _answer(
            self._livekit.room.create_room(
                api.CreateRoomRequest(
                    name=room,
                    max_participants=MAX_PARTICIPANTS,
                    empty_timeout=self._empty_timeout_sec,
                    departure_timeout=self._departure_timeout_sec,
                )
            )
        )

    async def view(self, room: str) -> RoomView:
        found = await _answer(self._livekit.room.list_rooms(api.ListRoomsRequest(names=[room])))
        if not found.rooms:
            return RoomView()
        people = await _or_none_if_missing(self._livekit.room.list_participants(api.ListParticipantsRequest(room=room)))
        dispatches = await _or_none_if_missing(self._livekit.agent_dispatch.list_dispatch(room))
        participants = list(people.participants) if people is not None else []
        agents = [p.identity for p in participants if p.kind == ParticipantInfo.Kind.AGENT]
        return RoomView(
            exists=True,
            candidates=tuple(p.identity for p in participants if p.kind == ParticipantInfo.Kind.STANDARD),
            agents=tuple(agents),
            dispatches=tuple(_dispatches(dispatches or [])),
        )

    async def dispatch(self, room: str, metadata: JobMetadata) -> None:
        await _answer(
            self._livekit.agent_dispatch.create_dispatch(
                api.CreateAgentDispatchRequest(agent_name=AGENT_NAME, room=room, metadata=metadata.model_dump_json())
            )
        )

    async def clear_agents(self, room: str, view: RoomView) -> None:
        for dispatch in view.dispatches:
            await _or_none_if_missing(self._livekit.agent_dispatch.delete_dispatch(dispatch.id, room))
        for identity in view.agents:
            await _or_none_if_missing(
                self._livekit.room.remove_participant(api.RoomParticipantIdentity(room=room, identity=identity))
            )

    async def send_command(self, room: str, message: CommandMessage) -> bool:
        view = await self.view(room)
        if not view.agents:
            return False
        await self._send(room, COMMAND_TOPIC, message, view.agents)
        return True

    async def send_draft_notice(self, room: str, message: SetupDraftMessage, *, to: NoticeTo) -> None:
        view = await self.view(room)
        identities = view.candidates if to == "candidates" else (*view.candidates, *view.agents)
        if identities:
            await self._send(room, SETUP_DRAFT_TOPIC, message, identities)

    async def _send(self, room: str, topic: str, message: Model, identities: Sequence[str]) -> None:
        await _or_none_if_missing(
            self._livekit.room.send_data(
                api.SendDataRequest(
                    room=room,
                    data=message.model_dump_json().encode(),
                    kind=DataPacket.Kind.RELIABLE,
                    topic=topic,
                    destination_identities=list(identities),
                )
            )
        )

    async def delete(self, room: str) -> None:
        await _or_none_if_missing(self._livekit.room.delete_room(api.DeleteRoomRequest(room=room)))


def _dispatches(found: list[api.AgentDispatch]) -> list[Dispatch]:
    dispatches: list[Dispatch] = []
    for item in found:
        try:
            metadata = JobMetadata.model_validate_json(item.metadata)
        except ValidationError:
            continue  # Somebody else's, such as a playground's.
        jobs = list(item.state.jobs)
        dispatches.append(
            Dispatch(
                id=item.id,
                epoch=metadata.epoch,
                created_at=datetime.fromtimestamp(item.state.created_at / NANOSECONDS, UTC),
                over=bool(item.state.deleted_at) or (bool(jobs) and all(job.state.status in OVER for job in jobs)),
                taken=bool(jobs),
            )
        )
    return dispatches


async def _answer(call: Awaitable[T]) -> T:
    try:
        return await call
    except api.TwirpError as error:
        raise UpstreamUnavailableError(f"livekit-server: {error.code}") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise UpstreamUnavailableError(f"livekit-server: {type(error).__name__}") from error


async def _or_none_if_missing(call: Awaitable[T]) -> T | None:
    """For what may have gone in the meantime: rooms and participants come and go without us."""
    try:
        return await _answer(call)
    except UpstreamUnavailableError as error:
        cause = error.__cause__
        if isinstance(cause, api.TwirpError) and cause.code == api.TwirpErrorCode.NOT_FOUND:
            return None
        raise
