"""Sounds that no voice says, made by code with a fixed seed: keyboard, mains hum, a laugh, a cough."""

import numpy as np
from scipy.signal import butter, sosfilt

from tests.support.candidate.audio import SAMPLE_RATE, Samples

SEED = 7


def keyboard(seconds: float) -> Samples:
    """Clicks of 30 ms, 4 to 11 a second."""
    rng = np.random.default_rng(SEED)
    sound = _empty(seconds)
    click_length = int(0.03 * SAMPLE_RATE)
    decay = np.exp(-np.arange(click_length) / (0.004 * SAMPLE_RATE))
    at = int(0.02 * SAMPLE_RATE)
    while at + click_length < len(sound):
        burst = rng.standard_normal(click_length) * decay * rng.uniform(0.05, 0.15)
        sound[at : at + click_length] += burst.astype(np.float32)
        at += int(rng.uniform(0.09, 0.24) * SAMPLE_RATE)
    return sound


def hum(seconds: float) -> Samples:
    """50 Hz and its harmonics."""
    time = np.arange(len(_empty(seconds))) / SAMPLE_RATE
    tones = sum(np.sin(2 * np.pi * 50 * k * time) / k for k in (1, 2, 3, 5))
    return (0.03 * np.asarray(tones)).astype(np.float32)


def laugh(seconds: float) -> Samples:
    """Breathy voiced bursts, five a second, falling in pitch and level, in the formants of an open vowel."""
    rng = np.random.default_rng(SEED)
    sound = _empty(seconds)
    length, step = int(0.11 * SAMPLE_RATE), int(0.2 * SAMPLE_RATE)
    for number, at in enumerate(range(0, len(sound) - length, step)):
        f0 = 260 * 0.94**number
        phase = np.cumsum(np.full(length, f0 / SAMPLE_RATE))
        pulses = (np.diff(np.floor(phase), prepend=0.0) > 0).astype(np.float64)
        breath = rng.standard_normal(length) * 0.04
        vowel = sum(
            gain * _band(pulses + breath, low, high)
            for gain, low, high in ((1.0, 600, 900), (0.6, 1050, 1400), (0.3, 2300, 2900))
        )
        sound[at : at + length] += (np.asarray(vowel) * np.hanning(length) * 0.85**number).astype(np.float32)
    return _peak(sound, 0.35)


def cough(seconds: float) -> Samples:
    """A burst with a hard onset, and its weaker tail."""
    rng = np.random.default_rng(SEED)
    sound = _empty(seconds)
    time = np.arange(len(sound)) / SAMPLE_RATE
    envelope = np.exp(-time / 0.045) + 0.35 * np.exp(-(((time - 0.2) / 0.07) ** 2))
    noise = rng.standard_normal(len(sound)) * envelope
    sound[:] = (_band(noise, 350, 1500) + 0.5 * _band(noise, 1500, 5000)).astype(np.float32)
    return _peak(sound, 0.5)


RECIPES = {"keyboard": keyboard, "hum": hum, "laugh": laugh, "cough": cough}
"""By the id in clips.yaml."""


def _empty(seconds: float) -> Samples:
    return np.zeros(int(seconds * SAMPLE_RATE), np.float32)


def _band(signal: "np.ndarray[tuple[int], np.dtype[np.float64]]", low_hz: float, high_hz: float) -> Samples:
    filtered = sosfilt(butter(2, (low_hz, high_hz), "bandpass", fs=SAMPLE_RATE, output="sos"), signal)
    return np.asarray(filtered, dtype=np.float32)


def _peak(sound: Samples, peak: float) -> Samples:
    return (sound * (peak / float(np.abs(sound).max()))).astype(np.float32)
