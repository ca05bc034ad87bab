"""Speaking into the interviewer's speech, and across the seams of the interview."""

from dataclasses import dataclass

import numpy as np
import pytest

from tests.audio.scenes import Stage, scene
from tests.support.candidate.audio import Samples
from tests.support.candidate.clips import ClipIndex
from tests.support.candidate.interviewee import floor_is_open
from tests.support.candidate.measure import (
    AcknowledgementMeasure,
    InterruptionMeasure,
    measure_acknowledgement,
    measure_interruption,
)
from tests.support.client import TurnSeen
from tests.support.transcript import content_share, found_share, transcribe, words_of

pytestmark = pytest.mark.audio
VOICE = "am_michael"
INTERRUPTION, BOUNDARY, ACROSS, LONG = "hold-on", "skip", "migration-story", "long-release"
ECHO_DB, TELEVISION_DB = -25.0, -15.0
NOISE_SEC = 3.0
"""The suite's interviewer speaks up after 4 s of silence."""


@dataclass(frozen=True)
class Interrupted:
    measure: InterruptionMeasure
    interruption_sec: float
    heard: Samples
    """The greeting up to its stop."""
    greeting: TurnSeen


@scene(lasts_sec=25)
async def interrupted(stage: Stage) -> Interrupted:
    async with stage.caller() as caller:
        interview = await caller.create_interview(1)
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            played = await candidate.interrupt(stage.clips.get(INTERRUPTION, VOICE), at=3.0)
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
            heard=candidate.recording(end=until).voice,
            greeting=(await caller.turns(started.attempt.id))[0],
        )


def test_an_interruption_stops_the_interviewer(interrupted: Interrupted):
    assert interrupted.measure.interviewer_was_talking
    assert interrupted.measure.stopped_after_sec is not None
    assert interrupted.measure.stopped_after_sec < interrupted.interruption_sec


def test_after_an_interruption_the_transcript_holds_only_what_was_heard(interrupted: Interrupted):
    heard, written = words_of(transcribe(interrupted.heard)), words_of(interrupted.greeting.text)
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


@dataclass(frozen=True)
class Listened:
    mhm: AcknowledgementMeasure
    wait: InterruptionMeasure
    turns: list[TurnSeen]


@scene(lasts_sec=40)
async def listened(stage: Stage) -> Listened:
    """The candidate says "mhm" into the greeting and "wait" into the question."""
    async with stage.caller() as caller:
        interview = await caller.create_interview(1)
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            mhm = await candidate.acknowledge(stage.clips.get("mhm", VOICE), at=2.5)
            await candidate.say(stage.clips.get("ready", VOICE), after_silence=2.0)
            wait = await candidate.interrupt(stage.clips.get("wait", VOICE), at=2.0)
            await candidate.interviewer_finished()
            recording = candidate.recording()
            await caller.end(started.attempt.id)
            await candidate.ended()
        await caller.over(started.attempt.id)
        return Listened(
            mhm=measure_acknowledgement(recording, mhm.span),
            wait=measure_interruption(recording, wait.span),
            turns=await caller.turns(started.attempt.id),
        )


def test_a_listeners_mhm_lets_the_interviewer_finish(listened: Listened):
    greeting = listened.turns[0]
    assert listened.mhm.survived
    assert not greeting.interrupted
    assert "ready" in next(turn.text for turn in listened.turns if turn.speaker == "candidate")


def test_a_lone_wait_stops_the_interviewer(listened: Listened):
    question = next(turn for turn in listened.turns if turn.act == "question")
    assert question.interrupted
    assert listened.wait.stopped_after_sec is not None
    assert listened.wait.stopped_after_sec < 1.5


@scene(lasts_sec=30)
async def disturbed(stage: Stage) -> list[TurnSeen]:
    """The greeting is heard through a loudspeaker, beside a television that talks on after it."""
    clip = stage.clips.get(ACROSS, "af_bella")
    async with stage.caller() as caller:
        interview = await caller.create_interview(1)
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            candidate.microphone.echo_at(10 ** (ECHO_DB / 20))
            await candidate.say(stage.clips.get("ready", VOICE))
            await candidate.interviewer_speaking(0.5)
            candidate.loop_background(np.concatenate(clip.parts) * 10 ** (TELEVISION_DB / 20))
            await candidate.interviewer_finished(NOISE_SEC)
            await caller.end(started.attempt.id)
            await candidate.ended()
        await caller.over(started.attempt.id)
        return await caller.turns(started.attempt.id)


def test_an_echo_and_a_television_neither_interrupt_nor_make_turns(disturbed: list[TurnSeen]):
    assert not any(turn.interrupted for turn in disturbed if turn.act in ("greeting", "question"))
    own = [turn.text for turn in disturbed if turn.speaker == "candidate"]
    assert len(own) == 1
    assert "ready" in own[0]


@scene(lasts_sec=45)
async def went_on(stage: Stage) -> list[TurnSeen]:
    """An answer with a pause into which the interviewer may or may not begin to speak."""
    async with stage.caller() as caller:
        interview = await caller.create_interview(2)
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            await candidate.say(stage.clips.get("ready", VOICE))
            await candidate.say(stage.clips.get(LONG, VOICE), pauses=[0.4, 1.2, 0.4])
            assert await floor_is_open(candidate)
            await caller.end(started.attempt.id)
            await candidate.ended()
        await caller.over(started.attempt.id)
        return await caller.turns(started.attempt.id)


def test_an_answer_with_a_pause_is_one_turn_and_whole(went_on: list[TurnSeen]):
    answers = [turn for turn in went_on if turn.speaker == "candidate" and turn.question_index == 0]
    assert len(answers) == 1
    assert content_share(ClipIndex.load()[LONG].spoken_text, answers[0].text) >= 0.8
