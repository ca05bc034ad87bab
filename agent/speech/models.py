"""The models that a worker process holds: loaded once, warmed, shared by its jobs."""

import importlib.util
from dataclasses import dataclass, replace
from functools import cache

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
    return replace(load_speech_models(settings), listening_sounds=on_device_sounds(settings))


def load_speech_models(settings: ProviderSettings) -> SpeechModels:
    """Load and warm the models. Blocks for a second or two: call it when a worker process starts.

    Raises:
        SpeechSetupError: A model of a chosen stage isn't there.
    """
    stages = choose_stages(settings)
    return SpeechModels(
        vad=load_vad(),
        whisper=_load_whisper(settings, required=stages.stt.name == "whisper"),
        hibari=_hibari(required=stages.tts.name == "hibari"),
    )


def on_device_sounds(settings: WorkerSettings) -> ListeningSounds | None:
    """Those of the voice on this machine, where it is the interviewer's; rendered once for this process and its forks.

    Raises:
        SpeechSetupError: The voice isn't there.
    """
    if choose_stages(settings).tts.name != "hibari" or not settings.back_channels:
        return None
    _hibari(required=True)
    return _sounds(settings.back_channel_below_speech_db)


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


def _hibari(*, required: bool) -> HibariVoice | None:
    if importlib.util.find_spec("hibari") is None:
        if required:
            raise SpeechSetupError(
                "TTS_PROVIDER: hibari is not installed; "
                "`make run` installs it, or set CARTESIA_API_KEY or OPENAI_API_KEY"
            )
        return None
    return _warm_hibari()


@cache
def _warm_hibari() -> HibariVoice:
    """Its network runs in the calling thread (`HibariVoice(threads=1)`), so a fork has all of it."""
    voice = HibariVoice()
    voice.warm()
    return voice


@cache
def _sounds(below_speech_db: float) -> ListeningSounds:
    return render_on_device(_warm_hibari(), level_db=-below_speech_db)
