"""No time of the event loop goes into the pace of captions."""

import numpy as np
import pytest
from livekit import rtc
from livekit.agents.voice import io
from livekit.agents.voice.transcription.synchronizer import TranscriptSynchronizer

from agent.caption_pace import EvenPace, keep_an_even_pace

pytestmark = pytest.mark.unit
RATE = 24_000


class Speaker(io.AudioOutput):
    def __init__(self) -> None:
        super().__init__(label="speaker", capabilities=io.AudioOutputCapabilities(pause=True), sample_rate=RATE)

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        pass

    def flush(self) -> None:
        pass

    def clear_buffer(self) -> None:
        pass


async def test_nothing_is_estimated_from_the_sound():
    stream = EvenPace().stream()
    noise = np.random.default_rng(1).integers(-9000, 9000, RATE, np.int16)
    for _ in range(3):
        stream.push_frame(rtc.AudioFrame(noise.tobytes(), RATE, 1, RATE))
    stream.end_input()
    assert [event async for event in stream] == []
    await stream.aclose()


async def test_every_session_after_that_has_captions_of_an_even_pace():
    keep_an_even_pace()
    synchronizer = TranscriptSynchronizer(next_in_chain_audio=Speaker(), next_in_chain_text=None)
    assert isinstance(synchronizer._opts.speaking_rate_detector, EvenPace)  # pyright: ignore[reportPrivateUsage]
    await synchronizer.aclose()
