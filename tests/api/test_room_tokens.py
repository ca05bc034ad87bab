"""What a participant token is good for, tried against the real livekit-server by somebody who wants more."""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from livekit import api, rtc
from livekit.protocol.models import ParticipantInfo
from pydantic import SecretStr

from storage.models.room import attempt_room
from tests.api.support import make_settings
from tests.support.client import eventually
from tests.support.livekit_server import KEY, SECRET, livekit_server
from token_server.rooms import LiveKitRooms
from token_server.settings import TokenServerSettings
from token_server.tokens import attempt_connection

pytestmark = pytest.mark.api

ENOUGH_SEC = 10.0
REFUSED_SEC = 3.0
"""A client that may not publish isn't told: it waits for an answer that never comes."""
MINE, THEIRS = "0b0e7a5e-0c1d-4a65-9a43-0d4a3a5f4a11", "0b0e7a5e-0c1d-4a65-9a43-0d4a3a5f4a22"


@pytest.fixture
async def settings(tmp_path: Path) -> AsyncIterator[TokenServerSettings]:
    async with livekit_server(tmp_path) as url:
        yield make_settings(livekit_url=url, livekit_api_key=KEY, livekit_api_secret=SecretStr(SECRET))


@pytest.fixture
async def rooms(settings: TokenServerSettings) -> AsyncIterator[LiveKitRooms]:
    """Both rooms exist."""
    made = LiveKitRooms(settings)
    for attempt_id in (MINE, THEIRS):
        await made.create(attempt_room(attempt_id))
    yield made
    await made.aclose()


def token_of(settings: TokenServerSettings, attempt_id: str = MINE, user_id: str = "u1") -> str:
    return attempt_connection(
        settings, attempt_id=attempt_id, user_id=user_id, display_name="Ada", now=datetime.now(UTC)
    ).participant_token


def changed(token: str, secret: str, *, algorithm: str = "HS256", **video: Any) -> str:
    claims = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode(claims | {"video": claims["video"] | video}, secret, algorithm=algorithm)


@asynccontextmanager
async def joined(settings: TokenServerSettings, token: str) -> AsyncGenerator[rtc.Room]:
    room = rtc.Room()
    await asyncio.wait_for(room.connect(settings.livekit_url, token), ENOUGH_SEC)
    try:
        yield room
    finally:
        await room.disconnect()


async def refused(settings: TokenServerSettings, token: str) -> bool:
    try:
        async with joined(settings, token):
            return False
    except rtc.ConnectError:
        return True


async def published(settings: TokenServerSettings, attempt_id: str = MINE) -> list[str]:
    """Names of the candidate's tracks, as the server knows them."""
    async with api.LiveKitAPI(settings.livekit_url, KEY, SECRET) as server:
        request = api.ListParticipantsRequest(room=attempt_room(attempt_id))
        people = (await server.room.list_participants(request)).participants
    return [track.name for person in people for track in person.tracks]


async def test_no_change_to_a_token_opens_another_persons_room(settings: TokenServerSettings, rooms: LiveKitRooms):
    mine = token_of(settings)
    forgeries = [
        changed(mine, "another-secret-of-more-than-thirty-two-characters", room=attempt_room(THEIRS)),
        changed(mine, "", algorithm="none", room=attempt_room(THEIRS)),
        # The claims of one token with the signature of another.
        ".".join((*changed(mine, SECRET * 2, room=attempt_room(THEIRS)).split(".")[:2], mine.split(".")[2])),
    ]
    for forged in forgeries:
        assert await refused(settings, forged)
    async with joined(settings, mine) as room:
        assert room.name == attempt_room(MINE)
    assert (await rooms.view(attempt_room(THEIRS))).candidates == ()


async def test_a_token_that_ran_out_opens_nothing(settings: TokenServerSettings, rooms: LiveKitRooms):
    del rooms
    claims = jwt.decode(token_of(settings), options={"verify_signature": False})
    long_ago = int(time.time()) - int(timedelta(hours=1).total_seconds())
    old = jwt.encode(claims | {"nbf": long_ago - 600, "exp": long_ago}, SECRET, algorithm="HS256")
    assert await refused(settings, old)


async def test_a_token_that_is_used_again_after_the_end_opens_nothing(
    settings: TokenServerSettings, rooms: LiveKitRooms
):
    token = token_of(settings)
    async with joined(settings, token):
        await rooms.delete(attempt_room(MINE))
    assert await refused(settings, token)
    assert attempt_room(MINE) not in await rooms.names()


async def test_a_candidate_publishes_a_microphone_and_neither_camera_nor_screen(
    settings: TokenServerSettings, rooms: LiveKitRooms
):
    del rooms
    async with joined(settings, token_of(settings)) as candidate:
        me = candidate.local_participant
        for source in (rtc.TrackSource.SOURCE_SCREENSHARE, rtc.TrackSource.SOURCE_CAMERA):
            video = rtc.LocalVideoTrack.create_video_track("screen", rtc.VideoSource(64, 64))
            with pytest.raises((TimeoutError, rtc.participant.PublishTrackError)):
                await asyncio.wait_for(me.publish_track(video, rtc.TrackPublishOptions(source=source)), REFUSED_SEC)
        sound = rtc.LocalAudioTrack.create_audio_track("system sound", rtc.AudioSource(48_000, 1))
        with pytest.raises((TimeoutError, rtc.participant.PublishTrackError)):
            await asyncio.wait_for(
                me.publish_track(sound, rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_SCREENSHARE_AUDIO)),
                REFUSED_SEC,
            )
        microphone = rtc.LocalAudioTrack.create_audio_track("microphone", rtc.AudioSource(48_000, 1))
        await asyncio.wait_for(
            me.publish_track(microphone, rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)), ENOUGH_SEC
        )
        await eventually(lambda: published(settings), lambda names: names == ["microphone"], ENOUGH_SEC)


async def test_a_candidate_is_never_taken_for_the_interviewer(settings: TokenServerSettings, rooms: LiveKitRooms):
    async with joined(settings, token_of(settings)) as candidate:
        me = candidate.local_participant
        for change in (me.set_attributes({"interview.phase": "ended"}), me.set_metadata("agent"), me.set_name("agent")):
            # Refused aloud or silently, by version: what counts is what the others see.
            await asyncio.wait({asyncio.ensure_future(change)}, timeout=1.0)
        view = await rooms.view(attempt_room(MINE))
        assert (view.candidates, view.agents) == (("candidate-u1",), ())
        async with api.LiveKitAPI(settings.livekit_url, KEY, SECRET) as server:
            request = api.RoomParticipantIdentity(room=attempt_room(MINE), identity="candidate-u1")
            seen = await server.room.get_participant(request)
    assert (dict(seen.attributes), seen.metadata, seen.name) == ({}, "", "Ada")
    assert seen.kind == ParticipantInfo.Kind.STANDARD


async def test_who_comes_in_a_second_time_takes_the_place_of_the_first(
    settings: TokenServerSettings, rooms: LiveKitRooms
):
    """One person with two tabs: the older one is told why it is out, and nobody is there twice."""
    first_out: asyncio.Queue[object] = asyncio.Queue()
    async with joined(settings, token_of(settings)) as first:
        first.on("disconnected", first_out.put_nowait)
        async with joined(settings, token_of(settings)) as second:
            reason = await asyncio.wait_for(first_out.get(), ENOUGH_SEC)
            assert reason == rtc.DisconnectReason.DUPLICATE_IDENTITY
            assert second.isconnected()
            assert (await rooms.view(attempt_room(MINE))).candidates == ("candidate-u1",)


async def test_a_participant_token_is_no_key_to_the_servers_api(settings: TokenServerSettings, rooms: LiveKitRooms):
    token = token_of(settings)
    address = settings.livekit_url.replace("ws", "http", 1)
    calls = {
        "RoomService/ListRooms": {},
        "RoomService/CreateRoom": {"name": "mine"},
        "RoomService/DeleteRoom": {"room": attempt_room(THEIRS)},
        "RoomService/ListParticipants": {"room": attempt_room(MINE)},
        "RoomService/SendData": {"room": attempt_room(MINE), "data": "e30=", "topic": "interview.command"},
        "RoomService/RemoveParticipant": {"room": attempt_room(THEIRS), "identity": "candidate-u2"},
        "AgentDispatchService/CreateDispatch": {"room": attempt_room(MINE), "agent_name": "interviewer"},
    }
    async with httpx.AsyncClient() as http:
        for call, body in calls.items():
            headers = {"Authorization": f"Bearer {token}"}
            answer = await http.post(f"{address}/twirp/livekit.{call}", json=body, headers=headers)
            assert answer.status_code in (401, 403), call
    assert await rooms.names() == {attempt_room(MINE), attempt_room(THEIRS)}
