"""Recording tracks on one clock, so that what was sent and what was received can be compared to the hundredth."""

import time
from bisect import bisect_right

import numpy as np

from tests.support.candidate.audio import SAMPLE_RATE, Pcm, Samples, to_float

WINDOW_FRAMES = 50
"""Frames that share one placement: half a second of the 10 ms frames that LiveKit delivers."""
JUMP_SAMPLES = int(0.04 * SAMPLE_RATE)


class Clock:
    """Seconds since the candidate came to be. Every time in this package is one of these."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def now(self) -> float:
        return time.monotonic() - self._started


class Recorder:
    """One track's sound, placed on the common clock.

    A frame can arrive late (scheduling) or in a burst, never early. So the least difference between arrival and
    samples received so far, within a window, tells when the window's sound was played. The placement moves only when
    it differs by more than 40 ms: then audio was lost or replayed, and not merely delayed.
    """

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._frames: list[Pcm] = []
        self._open: list[tuple[Pcm, int]] = []
        self._received = 0
        self._offset: int | None = None
        self.jumps = 0

    def put(self, frame: Pcm, ended_at: int) -> None:
        """Take a frame whose last sample was played at the sample index `ended_at` of the common clock."""
        self._received += len(frame)
        self._open.append((frame, ended_at - self._received))
        if len(self._open) == WINDOW_FRAMES:
            offset = self._placement()
            if self._offset is not None and offset != self._offset:
                self.jumps += 1
            self._offset = offset
            for start, placed in self._place_open(offset):
                self._starts.append(start)
                self._frames.append(placed)
            self._open.clear()

    def read(self, start_sec: float, end_sec: float) -> Samples:
        """The sound between two times; silence where nothing was received."""
        first, last = int(start_sec * SAMPLE_RATE), int(end_sec * SAMPLE_RATE)
        out = np.zeros(max(0, last - first), np.int16)
        begin = max(0, bisect_right(self._starts, first) - 1)
        recent = self._place_open(self._placement()) if self._open else []
        settled = zip(self._starts[begin:], self._frames[begin:], strict=True)
        for start, frame in [*settled, *recent]:
            if start >= last:
                break
            low, high = max(start, first), min(start + len(frame), last)
            if low < high:
                out[low - first : high - first] = frame[low - start : high - start]
        return to_float(out)

    @property
    def end_sec(self) -> float:
        if self._open:
            start, frame = self._place_open(self._placement())[-1]
            return (start + len(frame)) / SAMPLE_RATE
        return (self._starts[-1] + len(self._frames[-1])) / SAMPLE_RATE if self._starts else 0.0

    def _placement(self) -> int:
        least = min(offset for _, offset in self._open)
        if self._offset is None or abs(least - self._offset) > JUMP_SAMPLES:
            return least
        return self._offset

    def _place_open(self, offset: int) -> list[tuple[int, Pcm]]:
        position = self._received - sum(len(frame) for frame, _ in self._open)
        placed: list[tuple[int, Pcm]] = []
        for frame, _ in self._open:
            placed.append((max(0, position + offset), frame))
            position += len(frame)
        return placed
