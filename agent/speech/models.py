"""The models that a worker process holds: loaded once, warmed, shared by its jobs."""

import importlib.util
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from livekit.agents import vad

from agent.settings import ProviderSettings, WorkerSettings
from agent.speech.choice import choose_stages
from agent.speech.errors import SpeechSetupError
from agent.speech.hibari.voice import HibariVoice
from agent.speech.listening_sounds import ListeningSounds, render_on_device
from agent.speech.vad import load_vad
from agent.speech.whisper.model import WhisperModel


@dataclass(frozen=True)
class SpeechModels:
    """What runs on this machine: what the chosen stages need, and what hosted ones may fall back to."""

    vad: vad.VAD
    whisper: WhisperModel | None
    hibari: HibariVoice | None
    listening_sounds: ListeningSounds | None = None
    """Those of hibari, where it is the interviewer's voice."""


def load_worker_models(settings: WorkerSettings) -> SpeechModels:
    """`load_speech_models`, with the sounds that an interview needs at hand.

    Raises:
        SpeechSetupError: A model of a chosen stage isn't there.
    """
    needs_sounds = choose_stages(settings).tts.name == "hibari" and settings.back_channels
    return _load(settings, sounds_level_db=-settings.back_channel_below_speech_db if needs_sounds else None)


def load_speech_models(settings: ProviderSettings) -> SpeechModels:
    """Load and warm the models. Blocks for two seconds or three: call it when a worker process starts.

    Raises:
        SpeechSetupError: A model of a chosen stage isn't there.
    """
    return _load(settings, sounds_level_db=None)


def _load(settings: ProviderSettings, *, sounds_level_db: float | None) -> SpeechModels:
    """The recogniser beside the voice: one after the other takes 3.3 s on two slow cores."""
    stages = choose_stages(settings)
    with ThreadPoolExecutor(1, "loading") as beside:
        whisper = beside.submit(_load_whisper, settings, required=stages.stt.name == "whisper")
        hibari = _load_hibari(required=stages.tts.name == "hibari")
        sounds = None
        if hibari is not None and sounds_level_db is not None:
            sounds = render_on_device(hibari, level_db=sounds_level_db)
        return SpeechModels(load_vad(), whisper.result(), hibari, sounds)


def _load_whisper(settings: ProviderSettings, *, required: bool) -> WhisperModel | None:
    if not (settings.whisper_dir / "model.bin").is_file():
        if required:
            setting = "WHISPER_MODEL_DIR" if settings.whisper_model_dir else "MOCK_INTERVIEW_CACHE_DIR"
            raise SpeechSetupError(
                f"{setting}: no Whisper model in {settings.whisper_dir}; "
                "`make run` downloads it, or set DEEPGRAM_API_KEY"
            )
        return None
    model = WhisperModel(settings.whisper_dir)
    model.warm()
    return model


def _load_hibari(*, required: bool) -> HibariVoice | None:
    if importlib.util.find_spec("hibari") is None:
        if required:
            raise SpeechSetupError(
                "TTS_PROVIDER: hibari is not installed; "
                "`make run` installs it, or set CARTESIA_API_KEY or OPENAI_API_KEY"
            )
        return None
    voice = HibariVoice()
    voice.warm()
    return voice
