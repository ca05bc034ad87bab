"""A job that nobody gave our metadata, as LiveKit's playground and command line make them."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass

import httpx
import pytest
from livekit import api

from storage.models.room import AGENT_NAME
from tests.audio.scenes import Stage, scene
from tests.support.candidate.interviewee import floor_is_open
from tests.support.client import ConnectionSeen
from tests.support.stack import Stack

pytestmark = pytest.mark.audio
VOICE = "am_michael"
ROOM = "any-room"
QUESTIONS = 2


@dataclass(frozen=True)
class Demo:
    said: list[str]
    stored_turns: list[str]
    kept_turns: list[str]


@scene(lasts_sec=40)
async def demo(stage: Stage) -> Demo:
    owner = stage.stack.livekit
    grants = api.VideoGrants(room_join=True, room=ROOM)
    token = api.AccessToken(owner.api_key, owner.api_secret).with_identity("visitor").with_grants(grants).to_jwt()
    async with api.LiveKitAPI(owner.url, owner.api_key, owner.api_secret) as livekit:
        await livekit.room.create_room(api.CreateRoomRequest(name=ROOM))
        await livekit.agent_dispatch.create_dispatch(api.CreateAgentDispatchRequest(agent_name=AGENT_NAME, room=ROOM))
    connection = ConnectionSeen(
        server_url=owner.url, participant_token=token, room_name=ROOM, participant_identity="visitor"
    )
    async with stage.joined(connection) as candidate:
        await candidate.say(stage.clips.get("ready", VOICE))
        for _ in range(QUESTIONS):
            assert await floor_is_open(candidate)
            await candidate.say_now(stage.clips.get("skip", VOICE))
        await candidate.until(lambda: candidate.interviewer_has_left, 30, "the interviewer to leave")
    said = [segment.text for segment in candidate.captions.segments if not segment.own]
    return Demo(said, await turns_that_mention(stage.stack, "demo"), kept_that_mention(stage.stack, "demo"))


async def turns_that_mention(stack: Stack, word: str) -> list[str]:
    """Texts of rows in the store, read as their owner, the token server, reads them."""
    key = stack.embedded.keys.supabase_secret_key
    headers = {"apikey": key, "Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=stack.embedded.layout.supabase_url, headers=headers) as supabase:
        response = await supabase.get("/rest/v1/turns", params={"select": "text", "text": f"ilike.*{word}*"})
    return [row["text"] for row in response.raise_for_status().json()]


def kept_that_mention(stack: Stack, word: str) -> list[str]:
    """Items of the worker's outbox."""
    with closing(sqlite3.connect(stack.data_dir / "outbox" / "outbox.sqlite3")) as outbox:
        return [payload for (payload,) in outbox.execute("select payload from items") if word in payload]


def test_it_runs_a_demo_of_two_questions_and_leaves(demo: Demo):
    assert "demo" in demo.said[0].lower()
    assert len(demo.said) >= 1 + QUESTIONS + 1
    assert "demo" in demo.said[-1].lower()


def test_it_stores_nothing(demo: Demo):
    assert demo.stored_turns == []
    assert demo.kept_turns == []
