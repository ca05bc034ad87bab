"""Which implementation serves STT, LLM and TTS, and why.

Pure and quick to import: the start screen of `make run` shows the same answer that the worker builds from.
"""

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from agent.settings import ProviderSettings

SttName = Literal["deepgram", "openai", "whisper"]
LlmName = Literal["openai", "on_device", "none"]
TtsName = Literal["cartesia", "openai", "hibari"]
Name = TypeVar("Name", bound=str)


@dataclass(frozen=True)
class Choice(Generic[Name]):
    """One stage's implementation, its model, and the reason as a short sentence."""

    name: Name
    model: str
    reason: str


@dataclass(frozen=True)
class Stages:
    """What serves each stage of a conversation."""

    stt: Choice[SttName]
    llm: Choice[LlmName]
    tts: Choice[TtsName]


def choose_stages(settings: ProviderSettings) -> Stages:
    """Choose by name where the settings name one; else the hosted service whose key is there; else this machine."""
    return Stages(stt=_choose_stt(settings), llm=_choose_llm(settings), tts=_choose_tts(settings))


def _choose_stt(settings: ProviderSettings) -> Choice[SttName]:
    match settings.stt_provider:
        case "deepgram":
            return Choice("deepgram", settings.deepgram_model, "STT_PROVIDER=deepgram")
        case "openai":
            return Choice("openai", settings.openai_stt_model, "STT_PROVIDER=openai")
        case "whisper":
            return Choice("whisper", settings.whisper_dir.name, "STT_PROVIDER=whisper")
        case "auto" if settings.deepgram_api_key is not None:
            return Choice("deepgram", settings.deepgram_model, "DEEPGRAM_API_KEY is set")
        case "auto":
            # OpenAI's recogniser gives no times and confidences of words, which feedback stands on:
            # its key alone doesn't choose it.
            return Choice("whisper", settings.whisper_dir.name, "on this machine: DEEPGRAM_API_KEY is not set")


def _choose_llm(settings: ProviderSettings) -> Choice[LlmName]:
    match settings.llm_provider:
        case "openai":
            return Choice("openai", settings.llm_model, "LLM_PROVIDER=openai")
        case "on_device":
            return Choice("on_device", settings.on_device_llm_model, "LLM_PROVIDER=on_device")
        case "none":
            return Choice("none", "question bank and templates", "LLM_PROVIDER=none")
        case "auto" if settings.openai_base_url is not None:
            return Choice("openai", settings.llm_model, "OPENAI_BASE_URL is set")
        case "auto" if settings.openai_api_key is not None:
            return Choice("openai", settings.llm_model, "OPENAI_API_KEY is set")
        case "auto" if settings.on_device_llm_url is not None:
            return Choice("on_device", settings.on_device_llm_model, "on this machine: OPENAI_API_KEY is not set")
        case "auto":
            return Choice(
                "none",
                "question bank and templates",
                "neither OPENAI_API_KEY, OPENAI_BASE_URL nor ON_DEVICE_LLM_URL is set",
            )


def _choose_tts(settings: ProviderSettings) -> Choice[TtsName]:
    match settings.tts_provider:
        case "cartesia":
            return Choice("cartesia", settings.cartesia_model, "TTS_PROVIDER=cartesia")
        case "openai":
            return Choice("openai", settings.openai_tts_model, "TTS_PROVIDER=openai")
        case "hibari":
            return Choice("hibari", "hibari", "TTS_PROVIDER=hibari")
        case "auto" if settings.cartesia_api_key is not None:
            return Choice("cartesia", settings.cartesia_model, "CARTESIA_API_KEY is set")
        case "auto" if settings.openai_api_key is not None and settings.openai_base_url is None:
            return Choice("openai", settings.openai_tts_model, "OPENAI_API_KEY is set")
        case "auto" if settings.openai_api_key is not None:
            # The base URL names a server for language models; most of those don't speak.
            return Choice("hibari", "hibari", "on this machine: OPENAI_BASE_URL is taken to serve the LLM only")
        case "auto":
            return Choice("hibari", "hibari", "on this machine: neither CARTESIA_API_KEY nor OPENAI_API_KEY is set")
