"""Speaking into the interviewer's speech, and across the seams of the interview."""

import pytest

from tests.audio.conftest import Join
from tests.support.candidate import ClipLibrary
from tests.support.candidate.interviewee import floor_is_open
from tests.support.candidate.measure import measure_interruption
from tests.support.client import Caller
from tests.support.transcript import content_share, found_share, transcribe, words_of

pytestmark = pytest.mark.audio
VOICE = "am_michael"


async def test_after_an_interruption_the_transcript_holds_only_what_was_heard(
    caller: Caller, join: Join, clips: ClipLibrary
):
    interview = await caller.create_interview(2)
    started = await caller.start_attempt(interview.id)
    async with join(started.connection.server_url, started.connection.participant_token) as candidate:
        interruption = await candidate.interrupt(clips.get("hold-on", VOICE), at=1.5)
        await candidate.interviewer_finished()
        recording = candidate.recording()
        await caller.end(started.attempt.id)
        await candidate.ended()
    measured = measure_interruption(recording, interruption.span)
    assert measured.interviewer_was_talking
    assert measured.stopped_after_sec is not None
    assert measured.stopped_after_sec < interruption.span.length

    await caller.over(started.attempt.id)
    greeting = (await caller.turns(started.attempt.id))[0]
    stopped_at = interruption.span.start + measured.stopped_after_sec
    heard = words_of(transcribe(candidate.recording(end=stopped_at + 0.1).voice))
    written = words_of(greeting.text)
    assert greeting.interrupted
    assert len(heard) - 2 <= len(written) <= len(heard) + 2
    assert found_share(written, heard) >= 0.7


async def test_speaking_across_the_boundary_of_two_questions_loses_nothing(
    caller: Caller, join: Join, clips: ClipLibrary
):
    skip, answer = clips.get("skip", VOICE), clips.get("migration-story", VOICE)
    interview = await caller.create_interview(2)
    started = await caller.start_attempt(interview.id)
    async with join(started.connection.server_url, started.connection.participant_token) as candidate:
        await candidate.say(clips.get("ready", VOICE))
        await candidate.say(skip)
        await candidate.interviewer_speaking(0.3)
        await candidate.say_now(answer)
        assert await floor_is_open(candidate)
        await caller.end(started.attempt.id)
        await candidate.ended()
    await caller.over(started.attempt.id)
    turns = [turn for turn in await caller.turns(started.attempt.id) if turn.speaker == "candidate"]
    written = " ".join(turn.text for turn in turns)
    assert content_share(f"{skip.text} {answer.text}", written) >= 0.8
    assert [turn.intent for turn in turns].count("skip") == 1
