"""What can be measured of a hum: length, voiced share, pitch, energy peaks."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_HOP_SEC = 0.01
_WINDOW_SEC = 0.03
_AUDIBLE_BELOW_PEAK_DB = 26.0
_PERIODIC = 0.5
"""Autocorrelation at the period from which a frame is voiced: voiced speech has 0.7 and more, noise below 0.4."""
_LOWEST_HZ, _HIGHEST_HZ = 80.0, 400.0
_PEAK_DIP_DB = 3.0
"""Two maxima with less of a dip between them are one."""
_SMOOTHED_OVER = 5

Waveform = npt.NDArray[np.float32]


@dataclass(frozen=True)
class HumFigures:
    length_sec: float
    """From the first to the last audible moment."""
    voiced_share: float
    """Of that length."""
    pitch_hz: float
    """Geometric mean over the voiced part; nan if nothing is voiced."""
    energy_peaks: int


def measure_hum(waveform: Waveform, sample_rate: int) -> HumFigures:
    hop, window = round(_HOP_SEC * sample_rate), round(_WINDOW_SEC * sample_rate)
    padded = np.concatenate([np.zeros(window), waveform.astype(np.float64), np.zeros(window)])
    frames = np.lib.stride_tricks.sliding_window_view(padded, window)[::hop]
    levels = 10 * np.log10(np.square(frames).mean(axis=1) + 1e-12)
    audible = np.flatnonzero(levels > levels.max() - _AUDIBLE_BELOW_PEAK_DB)
    sounding = slice(int(audible[0]), int(audible[-1]) + 1)
    pitch = np.array([_pitch_hz(frame, sample_rate) for frame in frames[sounding]])
    voiced = pitch[np.isfinite(pitch)]
    return HumFigures(
        length_sec=len(pitch) * _HOP_SEC,
        voiced_share=len(voiced) / len(pitch),
        pitch_hz=float(2 ** np.log2(voiced).mean()) if len(voiced) else float("nan"),
        energy_peaks=_peaks(levels[sounding]),
    )


def _pitch_hz(frame: npt.NDArray[np.float64], sample_rate: int) -> float:
    """By autocorrelation, normalised by the energy of both stretches; nan where the frame has no period."""
    shortest, longest = int(sample_rate / _HIGHEST_HZ), int(sample_rate / _LOWEST_HZ)
    centred = frame - frame.mean()
    likeness = np.zeros(longest + 1)
    for period in range(shortest, longest + 1):
        one, other = centred[:-period], centred[period:]
        energy = float(np.sqrt(np.dot(one, one) * np.dot(other, other)))
        likeness[period] = float(np.dot(one, other)) / energy if energy > 0 else 0.0
    best = float(likeness.max())
    if best < _PERIODIC:
        return float("nan")
    # the first period that is nearly as good as the best: its multiples are, too
    return sample_rate / (shortest + int(np.argmax(likeness[shortest:] >= 0.9 * best)))


def _peaks(levels: npt.NDArray[np.float64]) -> int:
    """Maxima of the smoothed level with a dip between each two."""
    edge = _SMOOTHED_OVER // 2
    smooth = np.convolve(np.pad(levels, edge, mode="edge"), np.ones(_SMOOTHED_OVER) / _SMOOTHED_OVER, mode="valid")
    peaks, highest, lowest, rising = 0, smooth[0], smooth[0], True
    for level in smooth:
        highest, lowest = max(highest, level), min(lowest, level)
        if rising and level < highest - _PEAK_DIP_DB:
            peaks, rising, lowest = peaks + 1, False, level
        elif not rising and level > lowest + _PEAK_DIP_DB:
            rising, highest = True, level
    return peaks + int(rising and highest > lowest + _PEAK_DIP_DB)
