"""A "mhm", made from the voice's own sound.

hibari can't say it as text: "mhm" comes out as "Mom." or as nothing. So a long "m" is taken from the voice, and gets
the melody and the loudness of a listener's "mhm": one hum that falls, a breath, and a second one that rises.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from hibari import Hibari, dsp

from agent.delivery.styles import HibariDelivery
from agent.speech.hibari.hum_check import HumFigures, measure_hum

SAMPLE_RATE = 24_000
_FRAME_SEC = dsp.HOP / SAMPLE_RATE
_LONG_M = "ˈʌmmmmm."
_LONG_M_SPEED = 0.6
_SENTENCE = "So tell me what you did, and how it went."
"""The pitch of the voice is taken from this."""
_LENGTH_SEC = 0.46
_VOICED_HZ = 100.0
_LOW_BINS, _MIDDLE_BINS = slice(5, 20), slice(25, 60)
"""100–400 Hz and 500–1200 Hz, in bins of 20 Hz. A nasal has its strength in the first."""
_NASAL_CONTRAST = 1.8
_NASAL_BELOW_LOUDEST = 1.2
"""Both in natural logarithms of amplitude, as the network gives them."""

_MELODY_AT = (0.0, 0.30, 0.45, 0.62, 0.85, 1.0)
_MELODY_SEMITONES = (-0.3, -1.8, -1.2, 1.0, 1.9, 1.4)
_LOUDNESS_AT = (0.0, 0.07, 0.20, 0.34, 0.42, 0.50, 0.64, 0.80, 0.93, 1.0)
_LOUDNESS_DB = (-26.0, -7.0, -3.0, -6.0, -15.0, -8.0, 0.0, -3.0, -14.0, -30.0)
_BREATH_AT = (0.0, 0.34, 0.42, 0.50, 1.0)
_BREATH_DB = (0.0, 0.0, 9.0, 0.0, 0.0)
"""Relative to the rest: the h in the middle is breathed, and the hum goes on under it."""

_MIN_VOICED_SHARE = 0.8
_MIN_SEC, _MAX_SEC = 0.25, 0.6
_MAX_SEMITONES_OFF = 3.0

Waveform = npt.NDArray[np.float32]


def render_hum(hibari: Hibari, delivery: HibariDelivery) -> Waveform:
    """A "mhm" at 24 kHz in the delivery's pitch; its level is left to the caller."""
    sounds = _frames(hibari, _LONG_M, _LONG_M_SPEED)
    nasal = _longest_run(_is_nasal(sounds[0], sounds[5]))
    count = round(_LENGTH_SEC / delivery.speed / _FRAME_SEC)
    chosen = np.round(np.linspace(nasal[0], nasal[-1], count)).astype(int)
    harmonic, phase, noise, residual, residual_phase = (part[:, chosen] for part in sounds[:5])
    at = np.linspace(0.0, 1.0, count)
    loudness = _nepers(np.interp(at, _LOUDNESS_AT, _LOUDNESS_DB))
    breath = _nepers(np.interp(at, _BREATH_AT, _BREATH_DB) + delivery.breath_db)
    melody = np.interp(at, _MELODY_AT, _MELODY_SEMITONES) * delivery.pitch_range + delivery.pitch_semitones
    pitch_hz = voice_pitch_hz(hibari) * 2 ** (melody / 12)
    return dsp.synth(
        harmonic + loudness,
        phase,
        noise + loudness + breath,
        residual + loudness,
        residual_phase,
        pitch_hz.astype(np.float32),
        np.random.default_rng(0),
    )


def voice_pitch_hz(hibari: Hibari) -> float:
    """The voice's own mean pitch, in neutral speech."""
    pitch = np.concatenate([_frames(hibari, phonemes, 1.0)[5] for phonemes in hibari.phonemize(_SENTENCE)])
    return float(2 ** np.log2(pitch[pitch > _VOICED_HZ]).mean())


def sounds_like_mhm(waveform: Waveform, *, voice_hz: float) -> bool:
    """Whether what was made is what a listener would take for "mhm"; else it is better left out."""
    return figures_fit(measure_hum(waveform, SAMPLE_RATE), voice_hz=voice_hz)


def figures_fit(figures: HumFigures, *, voice_hz: float) -> bool:
    return (
        figures.voiced_share >= _MIN_VOICED_SHARE
        and _MIN_SEC <= figures.length_sec <= _MAX_SEC
        and figures.energy_peaks == 2
        and abs(12 * np.log2(figures.pitch_hz / voice_hz)) <= _MAX_SEMITONES_OFF
    )


def _frames(hibari: Hibari, phonemes: str, speed: float) -> tuple[Waveform, ...]:
    """The network's harmonic, phase, noise, residual, residual phase per bin and frame, and the pitch per frame."""
    outputs: Any = hibari.sess.run(
        None,
        {"ids": np.asarray([hibari.ids(phonemes)], np.int64), "speed": np.asarray([speed], np.float32)},
    )
    return tuple(output[0] for output in outputs)


def _is_nasal(harmonic: Waveform, pitch_hz: Waveform) -> npt.NDArray[np.bool_]:
    low, middle = harmonic[_LOW_BINS].mean(axis=0), harmonic[_MIDDLE_BINS].mean(axis=0)
    loud = low > low.max() - _NASAL_BELOW_LOUDEST
    return (pitch_hz > _VOICED_HZ) & loud & (low - middle > _NASAL_CONTRAST)


def _longest_run(wanted: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    found = np.flatnonzero(wanted)
    if not len(found):
        raise ValueError("the voice has no nasal to make a hum of")
    runs = np.split(found, np.flatnonzero(np.diff(found) > 1) + 1)
    return max(runs, key=len)


def _nepers(decibels: npt.NDArray[np.float64]) -> Waveform:
    return (decibels * np.log(10) / 20).astype(np.float32)
