"""Holding, releasing and stopping the real sound output, which plays to nobody."""

import asyncio
from collections.abc import AsyncGenerator

import numpy as np
import pytest
import pytest_asyncio
from livekit import rtc
from livekit.agents.types import USERDATA_TIMED_TRANSCRIPT, TimedString
from livekit.agents.voice.io import PlaybackFinishedEvent

from agent.loudspeaker import SAMPLE_RATE, Loudspeaker

pytestmark = pytest.mark.unit


class Speech:
    """One second of sound with four words, and silence around its middle."""

    def __init__(self) -> None:
        self.loudspeaker = Loudspeaker()
        self.loudspeaker.open()
        self.loop = asyncio.get_running_loop()

    async def begin(self) -> None:
        sound = np.full(SAMPLE_RATE, 5000, np.int16)
        sound[int(0.45 * SAMPLE_RATE) : int(0.5 * SAMPLE_RATE)] = 0
        frame = rtc.AudioFrame(sound.tobytes(), SAMPLE_RATE, 1, SAMPLE_RATE)
        words = ("How ", "are ", "you ", "today?")
        frame.userdata[USERDATA_TIMED_TRANSCRIPT] = [
            TimedString(word, start_time=n / 4, end_time=(n + 1) / 4) for n, word in enumerate(words)
        ]
        await self.loudspeaker.capture_frame(frame)
        self.loudspeaker.flush()

    async def over(self) -> PlaybackFinishedEvent:
        return await asyncio.wait_for(self.loudspeaker.wait_for_playout(), 5)


@pytest_asyncio.fixture
async def speech() -> AsyncGenerator[Speech]:
    speech = Speech()
    yield speech
    await speech.loudspeaker.aclose()


async def test_an_utterance_takes_as_long_as_its_sound(speech: Speech):
    began_at = speech.loop.time()
    await speech.begin()
    played = await speech.over()
    assert not played.interrupted
    assert played.playback_position == pytest.approx(1.0)
    assert 0.9 < speech.loop.time() - began_at < 1.6
    assert speech.loudspeaker.heard_words == "How are you today?"


async def test_a_held_utterance_stands_still_and_goes_on_from_the_last_quiet_moment(speech: Speech):
    await speech.begin()
    await asyncio.sleep(0.65)
    speech.loudspeaker.hold()
    position = speech.loudspeaker.position_sec
    assert 0.5 < position < 0.75
    await asyncio.sleep(0.5)
    assert speech.loudspeaker.position_sec == position
    released_at = speech.loop.time()
    speech.loudspeaker.release()
    await speech.over()
    assert speech.loop.time() - released_at == pytest.approx(1.0 - 0.48, abs=0.25)


async def test_what_is_stopped_while_it_is_held_was_heard_up_to_the_hold(speech: Speech):
    await speech.begin()
    await asyncio.sleep(0.6)
    speech.loudspeaker.hold()
    position = speech.loudspeaker.position_sec
    await asyncio.sleep(0.5)
    speech.loudspeaker.clear_buffer()
    played = await speech.over()
    assert (played.interrupted, played.playback_position) == (True, pytest.approx(position))
    assert speech.loudspeaker.heard_words == "How are"


async def test_an_utterance_that_is_held_before_its_first_sound_is_not_heard(speech: Speech):
    speech.loudspeaker.hold()
    await speech.begin()
    await asyncio.sleep(0.3)
    assert speech.loudspeaker.position_sec == 0
    speech.loudspeaker.clear_buffer()
    played = await speech.over()
    assert (played.interrupted, played.playback_position, speech.loudspeaker.heard_words) == (True, 0.0, "")


async def test_the_next_utterance_after_a_stop_is_played(speech: Speech):
    await speech.begin()
    await asyncio.sleep(0.3)
    speech.loudspeaker.clear_buffer()
    await speech.over()
    await speech.begin()
    assert (await speech.over()).playback_position == pytest.approx(1.0)
