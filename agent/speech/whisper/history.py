"""The audio heard so far, addressed by its position in the stream."""

from collections import deque

import numpy as np
import numpy.typing as npt


class SampleHistory:
    """The recent samples of a stream. Positions count from the first sample ever appended."""

    def __init__(self) -> None:
        self._chunks: deque[npt.NDArray[np.int16]] = deque()
        self._start = 0
        self._end = 0

    @property
    def end(self) -> int:
        return self._end

    def append(self, samples: npt.NDArray[np.int16]) -> None:
        self._chunks.append(samples)
        self._end += len(samples)

    def between(self, start: int, end: int) -> npt.NDArray[np.float32]:
        """The samples from `start` up to `end`, in -1..1; what is forgotten or not there yet is left out."""
        parts: list[npt.NDArray[np.int16]] = []
        position = self._start
        for chunk in self._chunks:
            if position >= end:
                break
            if position + len(chunk) > start:
                parts.append(chunk[max(0, start - position) : end - position])
            position += len(chunk)
        if not parts:
            return np.zeros(0, np.float32)
        return np.concatenate(parts).astype(np.float32) / 32768.0

    def forget_before(self, position: int) -> None:
        while self._chunks and self._start + len(self._chunks[0]) <= position:
            self._start += len(self._chunks.popleft())


def quietest_position(samples: npt.NDArray[np.float32], window: int) -> int:
    """Middle of the quietest window: the place to cut speech that doesn't pause."""
    count = len(samples) // window
    if count == 0:
        return len(samples) // 2
    energies = np.square(samples[: count * window]).reshape(count, window).sum(axis=1)
    return int(np.argmin(energies)) * window + window // 2
