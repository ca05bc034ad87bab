"""One speaker's sound on the recording's clock, silence where there was none.

Times are seconds since the recording's beginning. `take` gives the sound in pieces that follow each other; what is to
come before that place is too late.
"""

from collections import deque

import numpy as np
import numpy.typing as npt

Pcm = npt.NDArray[np.int16]

_SAME_SEC = 0.02
"""Sound that begins so close to the end of what was before it goes on from there: clocks and timers aren't exact."""
_DRIFT_SEC = 0.03
"""What the candidate's sound may be off its time before it is put right: less than anybody hears between turns."""


class _Lane:
    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._taken = 0
        """Samples since the beginning that were given out."""
        self._ahead = np.zeros(0, np.int16)
        """What follows them."""

    def take(self, until_sec: float) -> Pcm:
        """From where the last piece ended."""
        count = max(0, round(until_sec * self._rate) - self._taken)
        piece = np.zeros(count, np.int16)
        ready = self._ahead[:count]
        piece[: len(ready)] = ready
        self._ahead = self._ahead[count:]
        self._taken += count
        return piece

    def _put(self, start: int, samples: Pcm) -> None:
        samples = samples[max(0, self._taken - start) :]
        offset = max(start, self._taken) - self._taken
        if offset + len(samples) > len(self._ahead):
            grown = np.zeros(offset + len(samples), np.int16)
            grown[: len(self._ahead)] = self._ahead
            self._ahead = grown
        self._ahead[offset : offset + len(samples)] = samples

    def _cut(self, position: int) -> None:
        self._ahead = self._ahead[: max(0, position - self._taken)]


class PlayedLane(_Lane):
    """A track of ours: we know when each sample is heard."""

    def __init__(self, rate: int) -> None:
        super().__init__(rate)
        self._end = 0

    def play(self, starts_sec: float, samples: Pcm) -> None:
        start = round(starts_sec * self._rate)
        if abs(start - self._end) < _SAME_SEC * self._rate:
            start = self._end
        self._put(start, samples)
        self._end = start + len(samples)

    def cut(self, at_sec: float) -> None:
        """What was to be heard from then on isn't."""
        position = round(at_sec * self._rate)
        self._cut(position)
        self._end = min(self._end, position)


class HeardLane(_Lane):
    """A microphone: we know when its frames came, and that is late by as much as network and event loop held them up.

    Frames follow each other without a gap, so the one that came soonest after its time says where all of them belong.
    A gap, such as a mute, shows in all the frames behind it; a frame is therefore put in its place only when those of
    the next moments are there.
    """

    def __init__(self, rate: int) -> None:
        super().__init__(rate)
        self._waiting: deque[tuple[float, Pcm]] = deque()
        self._next = 0
        self._has_begun = False

    def hear(self, ended_sec: float, samples: Pcm) -> None:
        self._waiting.append((ended_sec, samples))

    def take(self, until_sec: float) -> Pcm:
        until = round(until_sec * self._rate)
        while self._waiting and self._next < until:
            start = self._next + self._drift()
            if start >= until:
                break
            _, samples = self._waiting.popleft()
            self._has_begun = True
            self._put(start, samples)
            self._next = start + len(samples)
        return super().take(until_sec)

    def _drift(self) -> int:
        """How far from the end of the sound so far the next frame belongs, in samples."""
        end, least = self._next, float("inf")
        for ended_sec, samples in self._waiting:
            end += len(samples)
            least = min(least, ended_sec * self._rate - end)
        return round(least) if not self._has_begun or abs(least) > _DRIFT_SEC * self._rate else 0
