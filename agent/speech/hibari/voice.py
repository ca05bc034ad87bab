"""The hibari voice with control of its delivery.

hibari's network returns the pitch per frame apart from the spectral envelope, so that pitch and its range can be moved
without touching tempo or formants.
"""

from collections import OrderedDict
from typing import Any

import numpy as np
import numpy.typing as npt
from hibari import Hibari, dsp

from agent.delivery.styles import DeliveryStyle, HibariDelivery, for_hibari
from agent.speech.hibari.hum import render_hum, sounds_like_mhm, voice_pitch_hz
from agent.speech.hibari.lexicon import spoken_form

SAMPLE_RATE = 24_000
Waveform = npt.NDArray[np.float32]
Pcm = npt.NDArray[np.int16]

_AUDIBLE = 0.004
_LEAD_SEC = 0.01
_TAIL_SEC = 0.06
_SPEECH_LEVEL_DBFS = -20.0
_MOST_GAIN_DB = 12.0
_VOICED_ABOVE_HZ = 40.0
_LIMIT_FROM = 0.8
_CACHED_LINES = 64


class HibariVoice:
    """Loads the model once. Not for use from several threads at once."""

    def __init__(self, *, threads: int = 1) -> None:
        self._hibari = Hibari(threads=threads)
        self._rendered: OrderedDict[tuple[str, DeliveryStyle], Pcm] = OrderedDict()

    def warm(self) -> None:
        self.render("Hello, and welcome.", DeliveryStyle())

    def render(self, text: str, style: DeliveryStyle) -> Pcm:
        """Say the text in one go.

        Returns:
            16-bit mono samples at 24 kHz, without the silence around the speech; empty where nothing can be said.
            What was rendered lately is kept.
        """
        key = (text.strip(), style)
        if (kept := self._rendered.get(key)) is not None:
            self._rendered.move_to_end(key)
            return kept
        # hibari makes a sound of bare punctuation.
        sayable = any(character.isalnum() for character in text)
        pcm = _to_pcm(self._say(spoken_form(text) if sayable else "", for_hibari(style)))
        pcm.flags.writeable = False
        self._rendered[key] = pcm
        if len(self._rendered) > _CACHED_LINES:
            self._rendered.popitem(last=False)
        return pcm

    def render_hum(self, style: DeliveryStyle) -> Pcm | None:
        """Like `render`, a "mhm"; None if what was made doesn't pass for one."""
        delivery = for_hibari(style)
        hum = _levelled(_trimmed(render_hum(self._hibari, delivery)), delivery.gain_db)
        return _to_pcm(hum) if sounds_like_mhm(hum, voice_hz=voice_pitch_hz(self._hibari)) else None

    def _say(self, text: str, delivery: HibariDelivery) -> Waveform:
        parts = [self._synthesise(phonemes, delivery) for phonemes in self._hibari.phonemize(text)]
        if not parts:
            return np.zeros(0, np.float32)
        return _levelled(_trimmed(np.concatenate(parts)), delivery.gain_db)

    def _synthesise(self, phonemes: str, delivery: HibariDelivery) -> Waveform:
        outputs: Any = self._hibari.sess.run(
            None,
            {
                "ids": np.asarray([self._hibari.ids(phonemes)], np.int64),
                "speed": np.asarray([delivery.speed], np.float32),
            },
        )
        harmonic, phase, noise, residual, residual_phase, pitch_hz = (output[0] for output in outputs)
        return dsp.synth(
            harmonic,
            phase,
            noise + np.float32(delivery.breath_db * np.log(10) / 20),
            residual,
            residual_phase,
            _moved_pitch(pitch_hz, delivery),
            np.random.default_rng(0),
        )


def _moved_pitch(pitch_hz: Waveform, delivery: HibariDelivery) -> Waveform:
    voiced = pitch_hz > _VOICED_ABOVE_HZ
    if not voiced.any() or (delivery.pitch_semitones == 0.0 and delivery.pitch_range == 1.0):
        return pitch_hz
    octaves = np.log2(pitch_hz[voiced])
    mean = octaves.mean()
    moved = pitch_hz.copy()
    moved[voiced] = np.clip(
        2 ** (mean + (octaves - mean) * delivery.pitch_range + delivery.pitch_semitones / 12), 80.0, 500.0
    )
    return moved


def _trimmed(waveform: Waveform) -> Waveform:
    """Without the 0.3 s of silence before and 0.5 s after each sentence: the listener would wait for it."""
    audible = np.flatnonzero(np.abs(waveform) > _AUDIBLE)
    if len(audible) == 0:
        return waveform[:0]
    start = max(0, int(audible[0]) - int(_LEAD_SEC * SAMPLE_RATE))
    return waveform[start : int(audible[-1]) + int(_TAIL_SEC * SAMPLE_RATE)]


def _levelled(waveform: Waveform, gain_db: float) -> Waveform:
    """At the same loudness whatever pitch and breath did to it; measured over the audible samples."""
    audible = waveform[np.abs(waveform) > _AUDIBLE]
    if len(audible) == 0:
        return waveform
    level_db = 20 * np.log10(float(np.sqrt(np.mean(np.square(audible)))))
    return waveform * np.float32(10 ** ((min(_SPEECH_LEVEL_DBFS - level_db, _MOST_GAIN_DB) + gain_db) / 20))


def _to_pcm(waveform: Waveform) -> Pcm:
    magnitude = np.abs(waveform)
    room = 1.0 - _LIMIT_FROM
    limited = np.where(
        magnitude > _LIMIT_FROM,
        np.sign(waveform) * (_LIMIT_FROM + room * np.tanh((magnitude - _LIMIT_FROM) / room)),
        waveform,
    )
    return (limited * 32767).astype(np.int16)
