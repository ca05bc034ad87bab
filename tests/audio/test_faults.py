"""The interview goes on when the model fails, when nobody speaks, and when nobody told it what to ask."""

from collections.abc import Iterator
from itertools import cycle

import pytest
from livekit import api

from storage.models.room import AGENT_NAME
from tests.audio.conftest import Join
from tests.fakes.llm_server import Mode, ScriptedLlm
from tests.support.candidate import ClipLibrary
from tests.support.candidate.interviewee import Answer, floor_is_open, take_interview
from tests.support.client import Caller
from tests.support.stack import Stack

pytestmark = pytest.mark.audio
VOICE = "am_michael"
DEMO_QUESTIONS = 2
FAULTS: tuple[Mode, ...] = ("error", "nonsense", "hang")


async def test_with_a_model_that_fails_every_question_is_still_asked_and_no_nonsense_is_said(
    caller: Caller, join: Join, clips: ClipLibrary, llm: ScriptedLlm
):
    def answers_under_faults() -> Iterator[Answer]:
        for mode in cycle(FAULTS):
            llm.mode = mode
            yield Answer((clips.get("load-balancer", VOICE),))

    interview = await caller.create_interview(2)
    started = await caller.start_attempt(interview.id)
    async with join(started.connection.server_url, started.connection.participant_token) as candidate:
        answered = [one async for one in take_interview(candidate, clips.get("ready", VOICE), answers_under_faults())]
        await candidate.ended()
    attempt = await caller.over(started.attempt.id)
    turns = await caller.turns(attempt.id)
    spoken = " ".join(turn.text for turn in turns if turn.speaker == "interviewer")
    assert attempt.end_reason == "completed"
    assert [turn.act for turn in turns].count("question") == 2
    assert "blah" not in spoken
    assert "language model" not in spoken
    assert all(one.measure.response_sec is not None for one in answered)


async def test_silence_is_met_with_help_at_most_twice_and_then_it_moves_on(
    caller: Caller, join: Join, clips: ClipLibrary
):
    interview = await caller.create_interview(1)
    started = await caller.start_attempt(interview.id)
    async with join(started.connection.server_url, started.connection.participant_token) as candidate:
        await candidate.say(clips.get("ready", VOICE))
        await candidate.ended(within_sec=60)
    attempt = await caller.over(started.attempt.id)
    helped = [turn for turn in await caller.turns(attempt.id) if turn.act in ("nudge", "rephrase", "hint", "repeat")]
    assert 1 <= len(helped) <= 2
    assert (await caller.settled_feedback(attempt.id)).status == "not_assessable"


async def test_a_job_without_our_metadata_runs_a_demo_and_stores_nothing(stack: Stack, join: Join, clips: ClipLibrary):
    room = "any-room"
    owner = stack.livekit
    token = (
        api.AccessToken(owner.api_key, owner.api_secret)
        .with_identity("visitor")
        .with_grants(api.VideoGrants(room_join=True, room=room))
        .to_jwt()
    )
    async with api.LiveKitAPI(owner.url, owner.api_key, owner.api_secret) as livekit:
        await livekit.room.create_room(api.CreateRoomRequest(name=room))
        await livekit.agent_dispatch.create_dispatch(api.CreateAgentDispatchRequest(agent_name=AGENT_NAME, room=room))
    async with join(owner.url, token) as candidate:
        await candidate.say(clips.get("ready", VOICE))
        for _ in range(DEMO_QUESTIONS):
            assert await floor_is_open(candidate)
            await candidate.say_now(clips.get("skip", VOICE))
        await candidate.until(lambda: candidate.interviewer_has_left, 30, "the interviewer to leave")
    said = [segment.text for segment in candidate.captions.segments if not segment.own]
    assert sum(text.count("?") > 0 for text in said) >= DEMO_QUESTIONS
    kept = [path for path in (stack.data_dir / "outbox").rglob("*") if path.is_file() and path.stat().st_size]
    assert kept == []
