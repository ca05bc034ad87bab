"""A beginning of speech is noticed at once, steady noise is not one."""

import numpy as np
import pytest
from livekit import rtc

from agent.listening.onset import OnsetWatch

pytestmark = pytest.mark.unit
RATE = 16_000


def frames(seconds: float, level_dbfs: float, seed: int = 0) -> list[rtc.AudioFrame]:
    rng = np.random.default_rng(seed)
    samples = rng.standard_normal(int(seconds * RATE)) * 10 ** (level_dbfs / 20)
    pcm = (np.clip(samples, -1, 1) * 32767).astype(np.int16)
    step = RATE // 50
    return [rtc.AudioFrame(pcm[n : n + step].tobytes(), RATE, 1, step) for n in range(0, len(pcm) - step + 1, step)]


def watch(*parts: list[rtc.AudioFrame]) -> OnsetWatch:
    onset = OnsetWatch()
    for part in parts:
        for frame in part:
            onset.push(frame)
    return onset


def test_forty_milliseconds_of_voice_after_quiet_are_a_beginning():
    assert watch(frames(1, -75), frames(0.04, -25)).is_beginning()


def test_quiet_after_speech_is_not():
    assert not watch(frames(1, -25), frames(0.3, -75)).is_beginning()


@pytest.mark.parametrize("level_dbfs", [-80, -55, -40])
def test_steady_noise_is_not(level_dbfs: float):
    assert not watch(frames(4, level_dbfs)).is_beginning()


def test_voice_over_noise_is():
    assert watch(frames(4, -50), frames(0.04, -25)).is_beginning()
