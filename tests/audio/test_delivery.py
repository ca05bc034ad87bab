"""How things are said, in the sound that the candidate receives: calmer and slower to somebody who is stuck."""

from dataclasses import dataclass
from itertools import groupby
from math import log2

import pytest

from agent.speech.hibari.tts import HibariTTS
from agent.speech.hibari.voice import SAMPLE_RATE as VOICE_RATE
from agent.speech.hibari.voice import HibariVoice
from bench.delivery import said
from bench.voice_figures import Samples, VoiceFigures, measure_voice
from tests.audio.scenes import Stage, scene
from tests.support.candidate.audio import SAMPLE_RATE
from tests.support.candidate.interviewee import floor_is_open
from tests.support.client import TurnSeen

pytestmark = pytest.mark.audio
VOICE = "am_michael"


@dataclass(frozen=True)
class Received:
    """An utterance as the candidate's client got it, and the same words in the neutral style."""

    figures: VoiceFigures
    neutral: VoiceFigures

    @property
    def higher_semitones(self) -> float:
        return 12 * log2(self.figures.f0_hz / self.neutral.f0_hz)

    @property
    def longer(self) -> float:
        return self.figures.speech_sec / self.neutral.speech_sec


@dataclass(frozen=True)
class Stuck:
    at_ease: Received
    """The first question."""
    after_not_knowing: Received
    """The third, after two that the candidate didn't know."""
    styles: dict[str, int]


@scene(lasts_sec=60)
async def stuck(stage: Stage) -> Stuck:
    ready, dont_know = stage.clips.get("ready", VOICE), stage.clips.get("dont-know", VOICE)
    heard: list[Samples] = []
    async with stage.caller() as caller:
        interview = await caller.create_interview(3, tone="neutral")
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            await floor_is_open(candidate)
            for clip in (ready, dont_know, dont_know):
                played = await candidate.say_now(clip)
                await floor_is_open(candidate)
                heard.append(candidate.recording(played.span.end).voice)
            await caller.end(started.attempt.id)
            await candidate.ended()
        await caller.over(started.attempt.id)
        attempt = await caller.call("GET", f"/api/attempts/{started.attempt.id}")
        replies = replies_of(await caller.turns(started.attempt.id))
    interviewer = HibariTTS(HibariVoice())
    first, third = [
        Received(
            measure_voice(sound, SAMPLE_RATE),
            measure_voice(await said(interviewer, replies[number]), VOICE_RATE),
        )
        for number, sound in ((0, heard[0]), (2, heard[2]))
    ]
    await interviewer.aclose()
    return Stuck(first, third, attempt["measurements"]["delivery_styles"])


def replies_of(turns: list[TurnSeen]) -> list[str]:
    """What the interviewer said after each thing that the candidate said."""
    spoken = [
        (speaker, " ".join(turn.text for turn in run)) for speaker, run in groupby(turns, lambda turn: turn.speaker)
    ]
    return [text for speaker, text in spoken if speaker == "interviewer"][1:]


def test_a_question_is_asked_in_the_neutral_voice(stuck: Stuck):
    assert stuck.at_ease.higher_semitones == pytest.approx(0.0, abs=0.5)
    assert stuck.at_ease.longer == pytest.approx(1.0, abs=0.04)


def test_who_knew_nothing_twice_hears_the_next_question_lower_and_slower(stuck: Stuck):
    assert stuck.after_not_knowing.higher_semitones < -0.6
    assert stuck.after_not_knowing.longer > 1.03


def test_no_style_is_louder_or_softer_than_another(stuck: Stuck):
    for received in (stuck.at_ease, stuck.after_not_knowing):
        assert received.figures.level_dbfs == pytest.approx(received.neutral.level_dbfs, abs=2.0)


def test_the_attempt_keeps_which_styles_were_heard(stuck: Stuck):
    assert stuck.styles["warm"] >= 1
    assert stuck.styles["neutral"] >= 1
    assert stuck.styles["calm"] >= 2
