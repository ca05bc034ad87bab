"""Pitch, tempo, pauses and level of sounds whose figures are known."""

import numpy as np
import numpy.typing as npt
import pytest

from bench.voice_figures import Samples, measure_voice

pytestmark = pytest.mark.unit


def hum(pitch_hz: float, *, sample_rate: int, seconds: float = 2.0, swing_semitones: float = 0.0) -> Samples:
    """A voice-like sound of many harmonics, whose pitch swings to both sides once a second."""
    time = np.arange(int(seconds * sample_rate)) / sample_rate
    hz = pitch_hz * 2 ** (swing_semitones * np.sin(2 * np.pi * time) / 12)
    phase = 2 * np.pi * np.cumsum(hz) / sample_rate
    harmonics: npt.NDArray[np.float64] = sum((np.sin(k * phase) / k for k in range(1, 9)), np.zeros(len(time)))
    return (0.05 * harmonics).astype(np.float32)


@pytest.mark.parametrize("sample_rate", [16_000, 24_000, 48_000])
@pytest.mark.parametrize("pitch_hz", [95.0, 187.0, 310.0])
def test_pitch_is_found_at_any_rate(pitch_hz: float, sample_rate: int):
    figures = measure_voice(hum(pitch_hz, sample_rate=sample_rate), sample_rate)
    assert figures.f0_hz == pytest.approx(pitch_hz, rel=0.01)
    assert figures.f0_range_semitones < 0.1


def test_the_range_is_between_the_tenth_and_the_ninetieth_percentile():
    figures = measure_voice(hum(187, sample_rate=24_000, swing_semitones=3), 24_000)
    assert figures.f0_range_semitones == pytest.approx(2 * 3 * np.cos(np.pi * 0.1), abs=0.1)


def test_noise_and_silence_have_no_pitch():
    noise = np.random.default_rng(1).standard_normal(24_000).astype(np.float32) * 0.1
    for sound in (noise, np.zeros(24_000, np.float32)):
        with pytest.raises(ValueError, match="no voiced sound"):
            measure_voice(sound, 24_000)


def test_twice_as_loud_is_6_db_more_and_silence_around_it_is_none():
    soft = hum(187, sample_rate=24_000)
    padded = np.concatenate([np.zeros(24_000, np.float32), 2 * soft, np.zeros(24_000, np.float32)])
    louder = measure_voice(padded, 24_000).level_dbfs - measure_voice(soft, 24_000).level_dbfs
    assert louder == pytest.approx(6.0, abs=0.1)


def test_a_pause_is_no_speech_and_a_closure_of_the_lips_is():
    sound, gap = hum(187, sample_rate=24_000, seconds=1.0), np.zeros(24_000, np.float32)
    figures = measure_voice(np.concatenate([sound, gap[:12_000], sound, gap[:2_400], sound]), 24_000)
    assert figures.pause_sec == pytest.approx(0.5, abs=0.05)
    assert figures.speech_sec == pytest.approx(3.1, abs=0.05)
