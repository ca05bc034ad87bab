"""Sound as arrays: loading clips, level over time, where something is audible."""

from math import gcd
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import soundfile as sf
from scipy.signal import resample_poly

SAMPLE_RATE = 48_000
HOP = SAMPLE_RATE // 100
"""Level is measured in steps of 10 ms."""
HOP_SEC = 0.01

OWN_THRESHOLD_DB = -45.0
"""Speech in what the candidate sends: clips are clean, their breath is not speech."""
REMOTE_THRESHOLD_DB = -48.0
"""Sound in what the candidate receives, after Opus."""

LEAD_SEC, TAIL_SEC = 0.02, 0.04
"""Kept before and after the speech of a clip, so that nothing soft is cut off."""

Samples = npt.NDArray[np.float32]
Pcm = npt.NDArray[np.int16]


class Span(NamedTuple):
    """A stretch of time in seconds."""

    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


def to_pcm(samples: Samples) -> Pcm:
    return (np.clip(samples, -1.0, 1.0) * 32767).astype(np.int16)


def to_float(pcm: Pcm) -> Samples:
    return pcm.astype(np.float32) / np.float32(32768)


def level_db(samples: Samples) -> Samples:
    """RMS level in dBFS, one value per 10 ms."""
    count = len(samples) // HOP
    frames = samples[: count * HOP].astype(np.float32).reshape(count, HOP)
    return (20 * np.log10(np.sqrt((frames * frames).mean(axis=1)) + 1e-7)).astype(np.float32)


def audible_spans(samples: Samples, threshold_db: float, join_sec: float, min_sec: float = 0.04) -> list[Span]:
    """Stretches above the threshold; gaps up to `join_sec` are bridged, blips below `min_sec` dropped."""
    active = np.flatnonzero(level_db(samples) > threshold_db)
    if not len(active):
        return []
    cuts = np.flatnonzero(np.diff(active) * HOP_SEC > join_sec)
    starts = active[np.concatenate(([0], cuts + 1))]
    ends = active[np.concatenate((cuts, [len(active) - 1]))] + 1
    spans = [Span(float(start) * HOP_SEC, float(end) * HOP_SEC) for start, end in zip(starts, ends, strict=True)]
    return [span for span in spans if span.length >= min_sec - 1e-9]


def load_mono(path: Path, sample_rate: int = SAMPLE_RATE) -> Samples:
    data, file_rate = sf.read(str(path), dtype="float32", always_2d=True)
    mono = np.asarray(data, dtype=np.float32).mean(axis=1)
    if file_rate != sample_rate:
        divisor = gcd(int(file_rate), sample_rate)
        mono = resample_poly(mono, sample_rate // divisor, int(file_rate) // divisor)
    return np.asarray(mono, dtype=np.float32)


def trim_to_speech(samples: Samples, sample_rate: int = SAMPLE_RATE) -> Samples:
    """Cut silence off both ends."""
    if sample_rate != SAMPLE_RATE:
        raise ValueError(f"trim_to_speech works at {SAMPLE_RATE} Hz, got {sample_rate}")
    spans = audible_spans(samples, OWN_THRESHOLD_DB, join_sec=0.12)
    if not spans:
        return samples
    first = max(0, int((spans[0].start - LEAD_SEC) * SAMPLE_RATE))
    return samples[first : int((spans[-1].end + TAIL_SEC) * SAMPLE_RATE)]


def load_speech(path: Path) -> Samples:
    """A clip at 48 kHz that starts and ends with its speech."""
    return trim_to_speech(load_mono(path))


def silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * SAMPLE_RATE), np.float32)
