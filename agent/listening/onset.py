"""Notices that speech may be beginning, within 30 ms.

The voice activity detector calls a beginning after 100–200 ms. A turn that ends in just that moment is a cut-in:
pauses of 0.5–0.6 s between sentences were cut into although the silence that a turn needs was longer. Level alone
can't tell speech from a keyboard, so it only ever asks for a moment more.
"""

import math
from collections import deque

import numpy as np
from livekit import rtc

from agent.listening.loudness import mean_power

_HOP_SEC = 0.01
_HOPS_KEPT = 5
_HOPS_LOUD = 2
_ABOVE_FLOOR_DB = 12.0
_LEAST_LEVEL_DBFS = -52.0
_FLOOR_RISE_DB_PER_SEC = 6.0
_SILENCE_DBFS = -100.0


class OnsetWatch:
    """Follows the level of the newest 50 ms against the floor of what came before."""

    def __init__(self) -> None:
        self._floor_dbfs = math.inf
        self._levels: deque[float] = deque(maxlen=_HOPS_KEPT)

    def push(self, frame: rtc.AudioFrame) -> None:
        """Mono 16-bit audio of any rate."""
        samples = np.frombuffer(frame.data, dtype=np.int16).astype(np.float32)
        hop = max(1, round(frame.sample_rate * _HOP_SEC))
        for start in range(0, len(samples) - hop + 1, hop):
            power = mean_power(samples[start : start + hop])
            level = 10.0 * math.log10(power) if power > 1e-10 else _SILENCE_DBFS
            self._levels.append(level)
            self._floor_dbfs = min(level, self._floor_dbfs + _FLOOR_RISE_DB_PER_SEC * _HOP_SEC)

    def is_beginning(self) -> bool:
        """Whether the newest sound stands clearly above the quiet before it."""
        threshold = max(self._floor_dbfs + _ABOVE_FLOOR_DB, _LEAST_LEVEL_DBFS)
        return sum(level > threshold for level in self._levels) >= _HOPS_LOUD
