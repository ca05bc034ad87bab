"""Both sides in one stereo sound: the candidate left of the middle, the interviewer right of it."""

import av
import numpy as np

from agent.recording.lanes import HeardLane, Pcm, PlayedLane

RATE = 24_000
HEARD_RATE = 16_000
_NEAR, _FAR = 0.8, 0.4
"""Of a speaker on their own side and on the other: told apart, and still comfortable on headphones."""
_RESAMPLER_DELAY = 48
"""Samples that a resampler may hold back, 2 ms: the pieces that it is asked for have their full length all the same."""


class Mixer:
    """Add sound to the lanes, and take the mixture in pieces."""

    def __init__(self) -> None:
        self.candidate = HeardLane(HEARD_RATE)
        self.voice = PlayedLane(RATE)
        self.listening = PlayedLane(RATE)
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        self._resampled = np.zeros(_RESAMPLER_DELAY, np.int16)

    def take(self, until_sec: float) -> Pcm:
        """Interleaved, from where the last piece ended."""
        interviewer = self.voice.take(until_sec).astype(np.float32) + self.listening.take(until_sec)
        candidate = self._candidate(until_sec, len(interviewer))
        mixed = np.empty((len(interviewer), 2), np.float32)
        mixed[:, 0] = _NEAR * candidate + _FAR * interviewer
        mixed[:, 1] = _FAR * candidate + _NEAR * interviewer
        return np.clip(mixed, -32768, 32767).astype(np.int16).reshape(-1)

    def _candidate(self, until_sec: float, count: int) -> Pcm:
        heard = self.candidate.take(until_sec)
        if len(heard):
            frame = av.AudioFrame.from_ndarray(heard.reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate = HEARD_RATE
            pieces = [piece.to_ndarray().reshape(-1) for piece in self._resampler.resample(frame)]
            self._resampled = np.concatenate([self._resampled, *pieces])
        piece = np.zeros(count, np.int16)
        ready = self._resampled[:count]
        piece[: len(ready)] = ready
        self._resampled = self._resampled[count:]
        return piece


def apart(stereo: Pcm) -> tuple[Pcm, Pcm]:
    """Candidate and interviewer of a mixture, for whoever wants to look at one of them."""
    sides = stereo.reshape(-1, 2).astype(np.float32)
    unmix = np.linalg.inv(np.array([[_NEAR, _FAR], [_FAR, _NEAR]], np.float32))
    candidate, interviewer = np.clip(sides @ unmix.T, -32768, 32767).astype(np.int16).T
    return candidate, interviewer
