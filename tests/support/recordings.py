"""Reading recordings back: what was heard, and when."""

import io

import av
import numpy as np

from agent.recording.lanes import Pcm
from agent.recording.mixer import apart

RATE = 48_000
"""What Opus decodes to."""


def decoded(content: bytes) -> tuple[Pcm, Pcm]:
    """Candidate and interviewer of an Ogg/Opus file, as far as it can be decoded."""
    frames: list[Pcm] = []
    with av.open(io.BytesIO(content), "r") as container:
        resampler = av.AudioResampler(format="s16", layout="stereo", rate=RATE)
        for frame in container.decode(audio=0):
            frames += [piece.to_ndarray().reshape(-1).astype(np.int16) for piece in resampler.resample(frame)]
    return apart(np.concatenate(frames))


def level_db(sound: Pcm, from_sec: float, to_sec: float) -> float:
    """RMS of a stretch of sound, in dB of full scale."""
    piece = sound[max(0, round(from_sec * RATE)) : round(to_sec * RATE)].astype(np.float64)
    if len(piece) == 0:
        return -120.0
    return float(20 * np.log10(max(1e-6, np.sqrt(np.mean(piece**2)) / 32768)))


def onsets_sec(sound: Pcm, threshold_db: float = -25.0, hop_sec: float = 0.005, quiet_sec: float = 0.15) -> list[float]:
    """Where sound begins after silence."""
    hop = round(hop_sec * RATE)
    count = len(sound) // hop
    power = (sound[: count * hop].astype(np.float64).reshape(count, hop) ** 2).mean(axis=1)
    loud = 10 * np.log10(np.maximum(power, 1e-3) / 32768**2) > threshold_db
    found: list[float] = []
    last_loud = -quiet_sec / hop_sec
    for place in np.flatnonzero(loud):
        if place - last_loud > quiet_sec / hop_sec:
            found.append(float(place * hop_sec))
        last_loud = place
    return found
