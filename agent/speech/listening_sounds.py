"""The sounds of a listener in the interviewer's own voice, rendered before they are needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from livekit import rtc
from livekit.agents import tts

from agent.delivery.styles import DeliveryStyle, Manner
from agent.speech.delivery import set_delivery
from agent.speech.hibari.voice import HibariVoice

SAMPLE_RATE = 24_000
Pcm = npt.NDArray[np.int16]

ListeningManner = Literal["warm", "calm"]
_MANNERS: tuple[ListeningManner, ...] = ("warm", "calm")
MHM = "mhm"
_TEXTS: Mapping[str, str] = {MHM: "Mm-hmm.", "right": "Right.", "i_see": "I see.", "okay": "Okay."}
_LONGEST_SEC = 0.9
"""What takes longer is a remark."""
_HOP = SAMPLE_RATE // 100
_AUDIBLE_BELOW_PEAK_DB = 35.0
_FADE_SEC = 0.01
_FULL_SCALE = 32767.0


@dataclass(frozen=True)
class ListeningSounds:
    """By manner and name, 16-bit mono at 24 kHz. A sound that the voice can't make is left out."""

    by_manner: Mapping[ListeningManner, Mapping[str, Pcm]]

    def fitting(self, manner: Manner) -> Mapping[str, Pcm]:
        """Those that go with how the interviewer speaks at the moment."""
        return self.by_manner["calm" if manner == "calm" else "warm"]


def render_on_device(voice: HibariVoice, *, level_db: float) -> ListeningSounds:
    """Render all sounds; takes a second or two.

    Args:
        level_db: relative to the voice's speech.
    """

    def rendered(name: str, style: DeliveryStyle) -> Pcm | None:
        return voice.render_hum(style) if name == MHM else voice.render(_TEXTS[name], style)

    by_manner: dict[ListeningManner, Mapping[str, Pcm]] = {}
    for manner in _MANNERS:
        rendering = {name: rendered(name, DeliveryStyle(manner)) for name in _TEXTS}
        by_manner[manner] = _usable({name: sound for name, sound in rendering.items() if sound is not None}, level_db)
    return ListeningSounds(by_manner)


async def render_hosted(voice: tts.TTS[Any], *, level_db: float) -> ListeningSounds:
    """The same by a hosted voice. Its delivery is changed: give one that nobody is speaking with.

    Raises:
        livekit.agents.APIError: the voice didn't answer.
    """
    by_manner: dict[ListeningManner, Mapping[str, Pcm]] = {}
    for manner in _MANNERS:
        set_delivery(voice, DeliveryStyle(manner))
        by_manner[manner] = _usable({name: await _synthesised(voice, text) for name, text in _TEXTS.items()}, level_db)
    return ListeningSounds(by_manner)


async def _synthesised(voice: tts.TTS[Any], text: str) -> Pcm:
    resampler: rtc.AudioResampler | None = None
    frames: list[rtc.AudioFrame] = []
    async with voice.synthesize(text) as stream:
        async for audio in stream:
            if audio.frame.sample_rate == SAMPLE_RATE:
                frames.append(audio.frame)
                continue
            if resampler is None:
                resampler = rtc.AudioResampler(audio.frame.sample_rate, SAMPLE_RATE)
            frames += resampler.push(audio.frame)
    if resampler is not None:
        frames += resampler.flush()
    pieces = [np.frombuffer(frame.data, np.int16) for frame in frames]
    return np.concatenate(pieces) if pieces else np.zeros(0, np.int16)


def _usable(sounds: Mapping[str, Pcm], level_db: float) -> Mapping[str, Pcm]:
    """Trimmed and levelled, without those that the voice couldn't make or that take too long."""
    trimmed = {name: _trimmed(sound) for name, sound in sounds.items()}
    short = {name: sound for name, sound in trimmed.items() if 0 < len(sound) <= _LONGEST_SEC * SAMPLE_RATE}
    return _levelled(short, level_db)


def _trimmed(sound: Pcm) -> Pcm:
    """Without the silence around it: what comes late comes over the candidate's words."""
    levels = _levels_db(sound)
    if not len(levels):
        return sound[:0]
    audible = np.flatnonzero(levels > levels.max() - _AUDIBLE_BELOW_PEAK_DB)
    cut = sound[audible[0] * _HOP : (audible[-1] + 2) * _HOP].astype(np.float32)
    ramp = np.linspace(0.0, 1.0, round(_FADE_SEC * SAMPLE_RATE), dtype=np.float32)[: len(cut)]
    cut[: len(ramp)] *= ramp
    cut[-len(ramp) :] *= ramp[::-1]
    return cut.astype(np.int16)


def _levelled(sounds: Mapping[str, Pcm], level_db: float) -> Mapping[str, Pcm]:
    """All equally loud, `level_db` from how loud the voice says them by itself."""
    if not sounds:
        return {}
    own = {name: _loudness_db(sound) for name, sound in sounds.items()}
    wanted = float(np.median(list(own.values()))) + level_db
    return {name: _with_gain(sound, wanted - own[name]) for name, sound in sounds.items()}


def _with_gain(sound: Pcm, gain_db: float) -> Pcm:
    louder = sound.astype(np.float32) * np.float32(10 ** (gain_db / 20))
    return np.clip(louder, -_FULL_SCALE, _FULL_SCALE).astype(np.int16)


def _loudness_db(sound: Pcm) -> float:
    """Mean power of the audible moments."""
    levels = _levels_db(sound)
    audible = levels[levels > levels.max() - _AUDIBLE_BELOW_PEAK_DB]
    return float(10 * np.log10(np.mean(10 ** (audible / 10))))


def _levels_db(sound: Pcm) -> npt.NDArray[np.float64]:
    hops = sound[: len(sound) // _HOP * _HOP].reshape(-1, _HOP).astype(np.float64) / _FULL_SCALE
    return 10 * np.log10(np.mean(np.square(hops), axis=1) + 1e-10)
