"""Somebody who answers at length, with pauses in the middle of sentences, hears that they are listened to."""

from dataclasses import dataclass

import pytest

from tests.audio.scenes import Stage, scene
from tests.support.candidate.interviewee import floor_is_open
from tests.support.candidate.measure import (
    AnswerMeasure,
    BackChannelMeasure,
    measure_answer,
    measure_back_channels,
)
from tests.support.client import TurnSeen
from tests.support.transcript import content_share, words_of

pytestmark = pytest.mark.audio
VOICE = "am_michael"
CLIPS = ("open-condition", "trailing-with", "open-reason", "feedback-story", "trailing-but", "long-scaling")
"""Fifteen pauses: one in three to one in two gets a sound, until there are enough of them in half a minute."""
PAUSE_SEC = 0.7
LISTENERS_WORDS = {"mhm", "mm", "hmm"}


@dataclass(frozen=True)
class ListenedTo:
    measure: AnswerMeasure
    back_channels: list[BackChannelMeasure]
    counted: int
    said: str
    turns: list[TurnSeen]


@scene(lasts_sec=75)
async def listened_to(stage: Stage) -> ListenedTo:
    async with stage.caller() as caller:
        interview = await caller.create_interview(1)
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            await candidate.say(stage.clips.get("ready", VOICE))
            clips = [stage.clips.get(name, VOICE) for name in CLIPS]
            played = await candidate.say(*clips, pauses=PAUSE_SEC)
            assert await floor_is_open(candidate)
            recording = candidate.recording()
            await caller.end(started.attempt.id)
            await candidate.ended()
        await caller.over(started.attempt.id)
        attempt = await caller.call("GET", f"/api/attempts/{started.attempt.id}")
        return ListenedTo(
            measure=measure_answer(recording, played.span),
            back_channels=measure_back_channels(recording, played.span),
            counted=attempt["measurements"]["back_channels"],
            said=" ".join(clip.text for clip in clips),
            turns=await caller.turns(started.attempt.id),
        )


def test_a_listeners_sound_is_heard_in_a_pause_of_a_long_answer(listened_to: ListenedTo):
    assert 1 <= len(listened_to.back_channels) <= listened_to.counted
    assert all(sound.into_answer_sec >= 3.5 for sound in listened_to.back_channels)


def test_it_ends_no_turn_and_stands_in_no_transcript(listened_to: ListenedTo):
    assert not listened_to.measure.cut_ins
    answers = [turn for turn in listened_to.turns if turn.speaker == "candidate" and turn.question_index == 0]
    assert len(answers) == 1
    assert content_share(listened_to.said, answers[0].text) >= 0.75
    assert not any(LISTENERS_WORDS & set(words_of(turn.text)) for turn in listened_to.turns)
