"""Somebody who thinks aloud, and takes their time."""

from dataclasses import dataclass

import pytest

from tests.audio.scenes import Stage, scene
from tests.support.candidate.interviewee import floor_is_open
from tests.support.candidate.measure import AnswerMeasure, measure_answer
from tests.support.client import TurnSeen
from tests.support.transcript import content_share

pytestmark = pytest.mark.audio
VOICE = "am_michael"
CLIPS = ("trailing-but", "feedback-story", "second", "mistake")
AFTER_BUT_SEC, BEFORE_ASKING_SEC, ASKED_FOR_SEC = 2.0, 0.6, 10.0


@dataclass(frozen=True)
class ThoughtAloud:
    measure: AnswerMeasure
    said: str
    turns: list[TurnSeen]


@scene(lasts_sec=60)
async def thought_aloud(stage: Stage) -> ThoughtAloud:
    """One answer: "The tests were green, but …" A story. "Give me a second." And another story."""
    async with stage.caller() as caller:
        interview = await caller.create_interview(1)
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            await candidate.say(stage.clips.get("ready", VOICE))
            clips = [stage.clips.get(name, VOICE) for name in CLIPS]
            played = await candidate.say(*clips, pauses=[AFTER_BUT_SEC, BEFORE_ASKING_SEC, ASKED_FOR_SEC])
            assert await floor_is_open(candidate)
            recording = candidate.recording()
            await caller.end(started.attempt.id)
            await candidate.ended()
        await caller.over(started.attempt.id)
        return ThoughtAloud(
            measure=measure_answer(recording, played.span),
            said=" ".join(clip.text for clip in clips),
            turns=await caller.turns(started.attempt.id),
        )


def test_nothing_is_said_into_a_pause_after_but_nor_while_the_candidate_asked_for_time(thought_aloud: ThoughtAloud):
    assert not thought_aloud.measure.cut_ins


def test_an_answer_with_time_to_think_in_it_is_one_turn_and_whole(thought_aloud: ThoughtAloud):
    answers = [turn for turn in thought_aloud.turns if turn.speaker == "candidate" and turn.question_index == 0]
    assert len(answers) == 1
    assert content_share(thought_aloud.said, answers[0].text) >= 0.75
