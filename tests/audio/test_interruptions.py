"""Speaking into the interviewer's speech, and across the seams of the interview."""

from dataclasses import dataclass

import pytest

from tests.audio.scenes import Stage, scene
from tests.support.candidate.clips import ClipIndex
from tests.support.candidate.interviewee import floor_is_open
from tests.support.candidate.measure import InterruptionMeasure, measure_interruption
from tests.support.client import TurnSeen
from tests.support.transcript import content_share, found_share, transcribe, words_of

pytestmark = pytest.mark.audio
VOICE = "am_michael"
INTERRUPTION, BOUNDARY, ACROSS = "hold-on", "skip", "migration-story"


@dataclass(frozen=True)
class Interrupted:
    measure: InterruptionMeasure
    interruption_sec: float
    heard: str
    """What Whisper hears in the greeting up to its stop."""
    greeting: TurnSeen


@scene(lasts_sec=25)
async def interrupted(stage: Stage) -> Interrupted:
    async with stage.caller() as caller:
        interview = await caller.create_interview(1)
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            played = await candidate.interrupt(stage.clips.get(INTERRUPTION, VOICE), at=1.5)
            await candidate.interviewer_finished()
            recording = candidate.recording()
            await caller.end(started.attempt.id)
            await candidate.ended()
        await caller.over(started.attempt.id)
        measure = measure_interruption(recording, played.span)
        until = played.span.start + (measure.stopped_after_sec or 0.0) + 0.1
        return Interrupted(
            measure=measure,
            interruption_sec=played.span.length,
            heard=transcribe(candidate.recording(end=until).voice),
            greeting=(await caller.turns(started.attempt.id))[0],
        )


def test_an_interruption_stops_the_interviewer(interrupted: Interrupted):
    assert interrupted.measure.interviewer_was_talking
    assert interrupted.measure.stopped_after_sec is not None
    assert interrupted.measure.stopped_after_sec < interrupted.interruption_sec


def test_after_an_interruption_the_transcript_holds_only_what_was_heard(interrupted: Interrupted):
    heard, written = words_of(interrupted.heard), words_of(interrupted.greeting.text)
    assert interrupted.greeting.interrupted
    assert len(heard) - 2 <= len(written) <= len(heard) + 2
    assert found_share(written, heard) >= 0.7


@scene(lasts_sec=45)
async def spoken_across(stage: Stage) -> list[TurnSeen]:
    """One question is skipped, and the candidate speaks while the next one is being asked."""
    async with stage.caller() as caller:
        interview = await caller.create_interview(2)
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            await candidate.say(stage.clips.get("ready", VOICE))
            await candidate.say(stage.clips.get(BOUNDARY, VOICE))
            await candidate.interviewer_speaking(0.3)
            await candidate.say_now(stage.clips.get(ACROSS, VOICE))
            assert await floor_is_open(candidate)
            await caller.end(started.attempt.id)
            await candidate.ended()
        await caller.over(started.attempt.id)
        return await caller.turns(started.attempt.id)


def test_speaking_across_the_boundary_of_two_questions_loses_nothing(spoken_across: list[TurnSeen]):
    own = [turn for turn in spoken_across if turn.speaker == "candidate"]
    said = " ".join(ClipIndex.load()[clip].spoken_text for clip in (BOUNDARY, ACROSS))
    assert content_share(said, " ".join(turn.text for turn in own)) >= 0.8
    assert [turn.intent for turn in own].count("skip") == 1
