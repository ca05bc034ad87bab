"""The real models, loaded once, and speech to give them."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pytest
import soundfile
from scipy.signal import resample_poly

from agent.delivery.styles import NEUTRAL, DeliveryStyle
from agent.settings import ProviderSettings
from agent.speech.hibari.voice import HibariVoice
from agent.speech.models import SpeechModels, load_speech_models
from agent.speech.whisper.model import SAMPLE_RATE, WhisperModel

Samples = npt.NDArray[np.float32]


class Speak(Protocol):
    def __call__(self, text: str, style: DeliveryStyle = NEUTRAL) -> Samples: ...


CLIPS = Path(__file__).parents[2] / "audio" / "clips"


@pytest.fixture(scope="session")
def on_device() -> ProviderSettings:
    """Settings without a key, whatever the environment has."""
    configured = ProviderSettings()
    return ProviderSettings.model_construct(
        mock_interview_cache_dir=configured.mock_interview_cache_dir, whisper_model_dir=configured.whisper_model_dir
    )


@pytest.fixture(scope="session")
def models(on_device: ProviderSettings) -> SpeechModels:
    return load_speech_models(on_device)


@pytest.fixture(scope="session")
def whisper(models: SpeechModels) -> WhisperModel:
    assert models.whisper is not None
    return models.whisper


@pytest.fixture(scope="session")
def voice(models: SpeechModels) -> HibariVoice:
    assert models.hibari is not None
    return models.hibari


@pytest.fixture(scope="session")
def say(voice: HibariVoice) -> Speak:
    """A sentence spoken by hibari, at 16 kHz and without silence around it."""

    def spoken(text: str, style: DeliveryStyle = NEUTRAL) -> Samples:
        return resample_poly(voice.render(text, style) / 32768.0, 2, 3).astype(np.float32)

    return spoken


@pytest.fixture(scope="session")
def clip() -> Callable[[str], Samples]:
    """A recorded candidate's clip by its file name without the ending, at 16 kHz."""

    def recorded(name: str) -> Samples:
        samples, sample_rate = soundfile.read(CLIPS / f"{name}.ogg", dtype="float32")
        return resample_poly(samples, SAMPLE_RATE, sample_rate).astype(np.float32)

    return recorded
