"""Figures of a voice, from any recording of it: pitch, how far it moves, tempo, pauses, level.

Pitch by YIN (de Cheveigné and Kawahara 2002, "YIN, a fundamental frequency estimator for speech and music", J. Acoust.
Soc. Am. 111), steps 1–5 of the paper: difference function, cumulative mean normalisation, absolute threshold, parabolic
interpolation. A median over 5 frames stands for its step 6.
"""

from dataclasses import dataclass
from math import gcd

import numpy as np
import numpy.typing as npt
from scipy.signal import medfilt, resample_poly

Samples = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]

RATE = 16_000
_HOP = RATE // 100
_WINDOW = RATE * 32 // 1000
_LOWEST_HZ, _HIGHEST_HZ = 70.0, 500.0
_LONGEST_PERIOD = int(RATE / _LOWEST_HZ)
_SHORTEST_PERIOD = int(RATE / _HIGHEST_HZ)
_APERIODIC = 0.15
"""The paper's threshold is 0.1 for clean speech; Opus adds some noise."""
_ACTIVE_BELOW_LOUDEST_DB = 30.0
"""10 ms that are softer than the loudest by more than this are no speech."""
_SILENT_DBFS = -70.0
_BREATH_SEC = 0.15
"""A shorter silence belongs to the words: the closure of a stop lasts up to 0.12 s."""
_OCTAVE = 12.0


@dataclass(frozen=True)
class VoiceFigures:
    """Of one utterance."""

    f0_hz: float
    """Geometric mean of the voiced frames."""
    f0_range_semitones: float
    """From the 10th to the 90th percentile of the voiced frames: estimates that go wrong hardly move it."""
    level_dbfs: float
    """RMS over the frames with speech; 0 is a full-scale square wave."""
    speech_sec: float
    """Time with speech, pauses left out."""
    pause_sec: float
    """Silence between the first and the last sound."""


def measure_voice(samples: Samples, sample_rate: int) -> VoiceFigures:
    """Measure an utterance, with or without silence around it.

    Raises:
        ValueError: nothing voiced can be heard.
    """
    sound = at_rate(samples, sample_rate, RATE)
    active = _active_frames(sound)
    pitch = f0_semitones(sound)[: len(active)]
    voiced = pitch[active[: len(pitch)] & np.isfinite(pitch)]
    if not len(voiced):
        raise ValueError("no voiced sound")
    voiced = voiced[np.abs(voiced - np.median(voiced)) < _OCTAVE]
    frames = sound[: len(active) * _HOP].reshape(-1, _HOP)[active]
    speech_sec, pause_sec = _speech_and_pauses(active)
    low, high = np.percentile(voiced, (10, 90))
    return VoiceFigures(
        f0_hz=float(2 ** (voiced.mean() / _OCTAVE)),
        f0_range_semitones=float(high - low),
        level_dbfs=float(10 * np.log10(np.mean(np.square(frames, dtype=np.float64)))),
        speech_sec=speech_sec,
        pause_sec=pause_sec,
    )


def at_rate(samples: Samples, sample_rate: int, wanted: int) -> Samples:
    divisor = gcd(sample_rate, wanted)
    if sample_rate == wanted:
        return samples.astype(np.float32)
    return np.asarray(resample_poly(samples, wanted // divisor, sample_rate // divisor), np.float32)


def f0_semitones(sound: Samples) -> Numbers:
    """Pitch at 16 kHz per 10 ms, in semitones above 1 Hz; nan where the sound has none."""
    span = _WINDOW + _LONGEST_PERIOD
    if len(sound) < span:
        return np.zeros(0)
    frames = np.lib.stride_tricks.sliding_window_view(sound.astype(np.float64), span)[::_HOP]
    normalised = _normalised_difference(frames)
    pitch = np.full(len(frames), np.nan)
    for number, row in enumerate(normalised):
        below = np.flatnonzero(row[_SHORTEST_PERIOD:-1] < _APERIODIC)
        if not len(below):
            continue
        period = _SHORTEST_PERIOD + int(below[0])
        while period + 1 < len(row) - 1 and row[period + 1] < row[period]:
            period += 1
        pitch[number] = _OCTAVE * np.log2(RATE / _refined(row, period))
    return _smoothed(pitch)


def _normalised_difference(frames: Numbers) -> Numbers:
    """The cumulative mean normalised difference per frame and period."""
    size = 1 << (frames.shape[1] + _WINDOW).bit_length()
    spectrum = np.conj(np.fft.rfft(frames[:, :_WINDOW], size)) * np.fft.rfft(frames, size)
    correlation = np.fft.irfft(spectrum, size)[:, : _LONGEST_PERIOD + 1]
    power = np.concatenate([np.zeros((len(frames), 1)), np.cumsum(np.square(frames), axis=1)], axis=1)
    energy = power[:, _WINDOW : _WINDOW + _LONGEST_PERIOD + 1] - power[:, : _LONGEST_PERIOD + 1]
    difference = np.maximum(energy[:, :1] + energy - 2 * correlation, 0.0)
    difference[:, 0] = 0.0
    periods = np.arange(_LONGEST_PERIOD + 1)
    normalised = difference * periods / np.maximum(np.cumsum(difference, axis=1), 1e-12)
    normalised[:, 0] = 1.0
    return normalised


def _refined(row: Numbers, period: int) -> float:
    """The minimum of a parabola through the values around it."""
    before, here, after = row[period - 1], row[period], row[period + 1]
    bend = before - 2 * here + after
    return period + (0.5 * (before - after) / bend if bend > 0 else 0.0)


def _smoothed(pitch: Numbers) -> Numbers:
    voiced = np.isfinite(pitch)
    if voiced.sum() < 5:
        return pitch
    smoothed = np.full(len(pitch), np.nan)
    smoothed[voiced] = medfilt(pitch[voiced], 5)
    return smoothed


def _active_frames(sound: Samples) -> npt.NDArray[np.bool_]:
    frames = sound[: len(sound) // _HOP * _HOP].reshape(-1, _HOP)
    level_db = 10 * np.log10(np.mean(np.square(frames, dtype=np.float64), axis=1) + 1e-10)
    # not the very loudest: a click is no speech
    loudest = np.percentile(level_db, 98) if len(level_db) else 0.0
    return level_db > max(loudest - _ACTIVE_BELOW_LOUDEST_DB, _SILENT_DBFS)


def _speech_and_pauses(active: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Seconds of speech, and of silence longer than a breath inside it."""
    sounding = np.flatnonzero(active)
    total_sec = (sounding[-1] - sounding[0] + 1) * _HOP / RATE
    gaps_sec = (np.diff(sounding) - 1) * _HOP / RATE
    pause_sec = float(gaps_sec[gaps_sec > _BREATH_SEC].sum())
    return float(total_sec) - pause_sec, pause_sec
