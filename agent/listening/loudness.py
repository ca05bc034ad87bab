"""How loud a sound is."""

import math

import numpy as np
import numpy.typing as npt
from livekit import rtc

SILENCE_DBFS = -90.0


def level_dbfs(frame: rtc.AudioFrame) -> float:
    """Mean level of 16-bit sound, relative to full scale."""
    power = mean_power(np.frombuffer(frame.data, np.int16).astype(np.float32))
    return max(SILENCE_DBFS, 10 * math.log10(power)) if power > 0 else SILENCE_DBFS


def mean_power(samples: npt.NDArray[np.float32]) -> float:
    """Of samples within ±32768, relative to full scale. A dot product takes a sixth of the time of numpy's mean."""
    return float(np.dot(samples, samples)) / (max(1, len(samples)) * 32768.0**2)
