"""How loud a sound is."""

import math
from collections.abc import Sequence

import numpy as np
from livekit import rtc

SILENCE_DBFS = -90.0


def level_dbfs(frames: Sequence[rtc.AudioFrame]) -> float:
    """Mean level of 16-bit sound, relative to full scale."""
    samples = np.concatenate([np.frombuffer(frame.data, np.int16) for frame in frames] or [np.zeros(1, np.int16)])
    power = float(np.mean(np.square(samples.astype(np.float32) / 32768)))
    return max(SILENCE_DBFS, 10 * math.log10(power)) if power > 0 else SILENCE_DBFS
