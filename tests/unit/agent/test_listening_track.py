"""The listener's track on LiveKit's own audio source."""

import asyncio

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


async def played_and(track: ListeningTrack, after_sec: float, then: str) -> list[dict[str, object]]:
    with capture_logs() as logs:
        track.play(SOUND)
        await asyncio.sleep(after_sec)
        getattr(track, then)(*([SOUND] if then == "play" else []))
        await asyncio.sleep(1.0)
    await track.aclose()
    return [dict(entry) for entry in logs]


@pytest.mark.parametrize("after_sec", [0.03, 0.13, 0.2])
async def test_a_sound_that_is_broken_off_fades_out(after_sec: float):
    track, tap = ListeningTrack(), Tap()
    track.record_with(tap)  # pyright: ignore[reportArgumentType]
    assert await played_and(track, after_sec, "stop") == []
    assert tap.silenced == 1
    assert tap.samples[-1] == 0
    assert len(tap.samples) < len(SOUND) / (SAMPLE_RATE // 50)


async def test_a_second_sound_takes_the_place_of_the_first():
    track, tap = ListeningTrack(), Tap()
    track.record_with(tap)  # pyright: ignore[reportArgumentType]
    assert await played_and(track, 0.2, "play") == []
    assert tap.samples[-1] == 8000


async def test_silence_needs_no_end():
    track = ListeningTrack()
    track.stop()
    await track.aclose()
