"""rooms.py against the real livekit-server, and what its participant tokens let a client do."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from livekit import api, rtc
from pydantic import SecretStr

from storage.models.room import (
    COMMAND_TOPIC,
    SETUP_DRAFT_TOPIC,
    CommandMessage,
    JobMetadata,
    SetupDraftMessage,
    attempt_room,
)
from tests.api.support import make_settings
from tests.support.livekit_server import KEY, SECRET, livekit_server
from token_server.errors import UpstreamUnavailableError
from token_server.rooms import LiveKitRooms
from token_server.settings import TokenServerSettings
from token_server.tokens import attempt_connection

pytestmark = pytest.mark.api

ATTEMPT = "0b0e7a5e-0c1d-4a65-9a43-0d4a3a5f4a11"
ROOM = attempt_room(ATTEMPT)
ENOUGH_SEC = 10


@pytest.fixture
async def settings(tmp_path: Path) -> AsyncIterator[TokenServerSettings]:
    async with livekit_server(tmp_path) as url:
        yield make_settings(livekit_url=url, livekit_api_key=KEY, livekit_api_secret=SecretStr(SECRET))


@pytest.fixture
async def rooms(settings: TokenServerSettings) -> AsyncIterator[LiveKitRooms]:
    made = LiveKitRooms(settings)
    yield made
    await made.aclose()


def candidate_token(settings: TokenServerSettings) -> str:
    connection = attempt_connection(
        settings, attempt_id=ATTEMPT, user_id="u1", display_name="Ada", now=datetime.now(UTC)
    )
    return connection.participant_token


def agent_token() -> str:
    grants = api.VideoGrants(room_join=True, room=ROOM, agent=True)
    return api.AccessToken(KEY, SECRET).with_identity("agent-1").with_kind("agent").with_grants(grants).to_jwt()


@asynccontextmanager
async def joined(settings: TokenServerSettings, token: str) -> AsyncGenerator[rtc.Room]:
    room = rtc.Room()
    await room.connect(settings.livekit_url, token)
    try:
        yield room
    finally:
        await room.disconnect()


async def test_a_room_is_made_once_and_an_interviewer_sent_for(rooms: LiveKitRooms):
    await rooms.ping()
    assert not (await rooms.view(ROOM)).exists
    await rooms.create(ROOM)
    await rooms.create(ROOM)
    await rooms.dispatch(ROOM, JobMetadata(kind="interview", id=ATTEMPT, epoch=3))
    view = await rooms.view(ROOM)
    assert await rooms.names() == {ROOM}
    assert (view.exists, view.candidates, view.agents) == (True, (), ())
    assert [(dispatch.epoch, dispatch.over) for dispatch in view.dispatches] == [(3, False)]
    assert abs((view.dispatches[0].created_at - datetime.now(UTC)).total_seconds()) < ENOUGH_SEC
    await rooms.clear_agents(ROOM, view)
    assert (await rooms.view(ROOM)).dispatches == ()
    await rooms.delete(ROOM)
    await rooms.delete(ROOM)
    assert await rooms.names() == set()


async def test_a_token_opens_no_room_that_does_not_exist(settings: TokenServerSettings, rooms: LiveKitRooms):
    room = rtc.Room()
    with pytest.raises(rtc.ConnectError):
        await asyncio.wait_for(room.connect(settings.livekit_url, candidate_token(settings)), ENOUGH_SEC)
    assert await rooms.names() == set()


async def test_candidate_and_interviewer_are_told_apart_and_the_ghost_can_be_removed(
    settings: TokenServerSettings, rooms: LiveKitRooms
):
    await rooms.create(ROOM)
    async with joined(settings, candidate_token(settings)), joined(settings, agent_token()) as agent:
        view = await rooms.view(ROOM)
        assert (view.candidates, view.agents) == (("candidate-u1",), ("agent-1",))
        out = asyncio.Event()
        agent.on("disconnected", lambda _: out.set())  # pyright: ignore[reportUnknownLambdaType]
        await rooms.clear_agents(ROOM, view)
        await asyncio.wait_for(out.wait(), ENOUGH_SEC)
        assert (await rooms.view(ROOM)).agents == ()


async def test_commands_reach_the_interviewer_and_not_the_candidate(settings: TokenServerSettings, rooms: LiveKitRooms):
    await rooms.create(ROOM)
    assert not await rooms.send_command(ROOM, CommandMessage(command="skip"))
    async with joined(settings, candidate_token(settings)) as candidate, joined(settings, agent_token()) as agent:
        heard: asyncio.Queue[rtc.DataPacket] = asyncio.Queue()
        overheard: list[rtc.DataPacket] = []
        agent.on("data_received", heard.put_nowait)
        candidate.on("data_received", overheard.append)
        assert await rooms.send_command(ROOM, CommandMessage(command="skip"))
        packet = await asyncio.wait_for(heard.get(), ENOUGH_SEC)
        assert packet.topic == COMMAND_TOPIC
        assert packet.participant is None
        assert CommandMessage.model_validate_json(packet.data).command == "skip"
        assert overheard == []


async def test_a_draft_notice_reaches_everybody_or_the_candidate_alone(
    settings: TokenServerSettings, rooms: LiveKitRooms
):
    await rooms.send_draft_notice(ROOM, SetupDraftMessage(revision=1), to="everybody")
    await rooms.create(ROOM)
    async with joined(settings, candidate_token(settings)) as candidate, joined(settings, agent_token()) as agent:
        seen: asyncio.Queue[rtc.DataPacket] = asyncio.Queue()
        heard: asyncio.Queue[rtc.DataPacket] = asyncio.Queue()
        candidate.on("data_received", seen.put_nowait)
        agent.on("data_received", heard.put_nowait)
        await rooms.send_draft_notice(ROOM, SetupDraftMessage(revision=2), to="candidates")
        await rooms.send_draft_notice(ROOM, SetupDraftMessage(revision=3), to="everybody")
        for queue, revisions in ((seen, [2, 3]), (heard, [3])):
            packets = [await asyncio.wait_for(queue.get(), ENOUGH_SEC) for _ in revisions]
            assert {(packet.topic, packet.participant) for packet in packets} == {(SETUP_DRAFT_TOPIC, None)}
            assert [SetupDraftMessage.model_validate_json(packet.data).revision for packet in packets] == revisions


async def test_a_candidate_can_publish_no_data_and_change_no_metadata(
    settings: TokenServerSettings, rooms: LiveKitRooms
):
    await rooms.create(ROOM)
    async with joined(settings, candidate_token(settings)) as candidate, joined(settings, agent_token()) as agent:
        heard: asyncio.Queue[rtc.DataPacket] = asyncio.Queue()
        agent.on("data_received", heard.put_nowait)
        await candidate.local_participant.publish_data(b'{"command": "end"}', topic=COMMAND_TOPIC)
        # Data to the agent keep their order: what the candidate sent would have come before this.
        await rooms.send_command(ROOM, CommandMessage(command="repeat"))
        packet = await asyncio.wait_for(heard.get(), ENOUGH_SEC)
        assert CommandMessage.model_validate_json(packet.data).command == "repeat"
        permissions = candidate.local_participant.permissions
        assert permissions is not None
        assert not permissions.can_publish_data
        assert not permissions.can_update_metadata


async def test_deleting_a_room_puts_everybody_out(settings: TokenServerSettings, rooms: LiveKitRooms):
    await rooms.create(ROOM)
    async with joined(settings, candidate_token(settings)) as candidate:
        out: asyncio.Queue[object] = asyncio.Queue()
        candidate.on("disconnected", out.put_nowait)
        await rooms.delete(ROOM)
        assert await asyncio.wait_for(out.get(), ENOUGH_SEC) == rtc.DisconnectReason.ROOM_DELETED


async def test_a_livekit_that_cannot_be_reached_or_knows_another_key_is_said_so(settings: TokenServerSettings):
    for changes in ({"livekit_url": "ws://127.0.0.1:9"}, {"livekit_api_key": "another-key"}):
        rooms = LiveKitRooms(settings.model_copy(update=changes))
        with pytest.raises(UpstreamUnavailableError):
            await rooms.ping()
        await rooms.aclose()
