"""The sounds of a listener, in the real voice."""

import numpy as np
import pytest
from livekit.agents import APIConnectOptions, tts
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS
from livekit.plugins import openai

from agent.delivery.styles import DeliveryStyle
from agent.speech.hibari.hum import SAMPLE_RATE, sounds_like_mhm
from agent.speech.hibari.hum_check import measure_hum
from agent.speech.hibari.voice import HibariVoice, Pcm
from agent.speech.listening_sounds import ListeningSounds, render_hosted, render_on_device

pytestmark = pytest.mark.unit
LEVEL_DB = -7.5


@pytest.fixture
def sounds(voice: HibariVoice) -> ListeningSounds:
    return render_on_device(voice, level_db=LEVEL_DB)


def level_db(sound: Pcm) -> float:
    samples = sound / 32768.0
    audible = samples[np.abs(samples) > 0.002]
    return float(10 * np.log10(np.mean(np.square(audible))))


def test_all_sounds_are_there_in_both_manners(sounds: ListeningSounds):
    for manner in ("warm", "calm"):
        assert set(sounds.by_manner[manner]) == {"mhm", "right", "i_see", "okay"}
    assert sounds.fitting("calm") is sounds.by_manner["calm"]
    assert sounds.fitting("firm") is sounds.by_manner["warm"]


def test_they_are_short_and_as_far_below_speech_as_asked_for(sounds: ListeningSounds, voice: HibariVoice):
    speech = level_db(voice.render("So tell me what you did, and how it went.", DeliveryStyle("warm")))
    for sound in sounds.by_manner["warm"].values():
        assert 0.2 <= len(sound) / SAMPLE_RATE <= 0.9
        assert -10 <= level_db(sound) - speech <= -5


@pytest.mark.parametrize("manner", ["neutral", "warm", "calm"])
def test_the_hum_has_two_peaks_and_the_voices_own_pitch(voice: HibariVoice, manner: str):
    hum = voice.render_hum(DeliveryStyle(manner))  # pyright: ignore[reportArgumentType]
    assert hum is not None
    figures = measure_hum((hum / 32768).astype(np.float32), SAMPLE_RATE)
    assert figures.voiced_share >= 0.8
    assert 0.25 <= figures.length_sec <= 0.6
    assert figures.energy_peaks == 2


@pytest.mark.parametrize(
    ("what", "waveform"),
    [
        ("one hum", np.sin(2 * np.pi * 195 * np.arange(10_000) / SAMPLE_RATE) * np.hanning(10_000)),
        ("noise", np.random.default_rng(0).normal(0, 0.1, 10_000)),
        ("silence", np.zeros(10_000)),
    ],
)
def test_what_is_no_mhm_is_left_out(what: str, waveform: "np.typing.NDArray[np.float64]"):
    assert not sounds_like_mhm(waveform.astype(np.float32), voice_hz=195), what


def test_a_hum_in_another_voice_is_left_out():
    at = np.arange(10_000) / SAMPLE_RATE
    two = np.sin(2 * np.pi * 195 * at) * np.abs(np.sin(2 * np.pi * at / at[-1]))
    assert sounds_like_mhm(two.astype(np.float32), voice_hz=195)
    assert not sounds_like_mhm(two.astype(np.float32), voice_hz=120)


class HostedVoice(openai.TTS):
    """A hosted voice whose service is a tone of 16 kHz: what is asked of it is the real plugin's."""

    def __init__(self) -> None:
        super().__init__(api_key="none")
        self.said: list[str] = []

    def synthesize(
        self, text: str, *, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS
    ) -> tts.ChunkedStream:
        self.said.append(text)
        return Tone(tts=self, input_text=text, conn_options=conn_options)


class Tone(tts.ChunkedStream):
    async def _run(self, output_emitter: tts.AudioEmitter) -> None:
        tone = 8000 * np.sin(2 * np.pi * 200 * np.arange(8000) / 16_000)
        output_emitter.initialize(request_id="1", sample_rate=16_000, num_channels=1, mime_type="audio/pcm")
        output_emitter.push(np.concatenate([np.zeros(4000), tone, np.zeros(4000)]).astype(np.int16).tobytes())
        output_emitter.flush()


async def test_a_hosted_voice_renders_its_own_mhm():
    voice = HostedVoice()
    sounds = await render_hosted(voice, level_db=LEVEL_DB)
    assert voice.said[0] == "Mm-hmm."
    assert len(sounds.by_manner["calm"]) == 4
    assert len(sounds.by_manner["calm"]["mhm"]) / SAMPLE_RATE == pytest.approx(0.5, abs=0.05)
