"""The listener's track on LiveKit's own audio source."""

import asyncio
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from livekit import rtc
from structlog.testing import capture_logs

from agent.listening.listening_track import SAMPLE_RATE, ListeningTrack

pytestmark = pytest.mark.unit
SOUND = np.full(SAMPLE_RATE // 2, 8000, np.int16)


class Tap:
    """Keeps what was handed to the source."""

    def __init__(self) -> None:
        self.samples: list[int] = []
        self.silenced = 0

    def plays(self, at: float, frame: rtc.AudioFrame) -> None:
        self.samples.append(int(np.frombuffer(frame.data, np.int16)[-1]))

    def falls_silent(self, at: float) -> None:
        self.silenced += 1


async def problems_of(track: ListeningTrack, after_sec: float, then: Callable[[], None]) -> Sequence[object]:
    """What is logged when a sound is played, and that is done after so long."""
    with capture_logs() as logs:
        track.play(SOUND)
        await asyncio.sleep(after_sec)
        then()
        await asyncio.sleep(1.0)
    await track.aclose()
    return logs


@pytest.mark.parametrize("after_sec", [0.03, 0.13, 0.2])
async def test_a_sound_that_is_broken_off_fades_out(after_sec: float):
    track, tap = ListeningTrack(), Tap()
    track.record_with(tap)  # pyright: ignore[reportArgumentType]
    assert await problems_of(track, after_sec, track.stop) == []
    assert tap.silenced == 1
    assert tap.samples[-1] == 0
    assert len(tap.samples) < len(SOUND) / (SAMPLE_RATE // 50)


async def test_a_second_sound_takes_the_place_of_the_first():
    track, tap = ListeningTrack(), Tap()
    track.record_with(tap)  # pyright: ignore[reportArgumentType]
    assert await problems_of(track, 0.2, lambda: track.play(SOUND)) == []
    assert tap.samples[-1] == 8000


async def test_silence_needs_no_end():
    track = ListeningTrack()
    track.stop()
    await track.aclose()
