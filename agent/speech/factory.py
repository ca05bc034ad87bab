"""Builds the stages of a conversation from settings and loaded models.

A hosted stage falls back to the one on this machine where that one's model is loaded, and comes back by itself when
the service does.
"""

from collections.abc import Sequence
from typing import Any

import httpx2
from livekit.agents import llm, stt, tts
from livekit.plugins import cartesia, deepgram, openai
from openai import AsyncOpenAI
from pydantic import SecretStr

from agent.settings import ProviderSettings, WorkerSettings
from agent.speech.choice import choose_stages
from agent.speech.delivery import VoiceWithFallback
from agent.speech.errors import SpeechSetupError
from agent.speech.hibari.tts import HibariTTS
from agent.speech.models import SpeechModels
from agent.speech.whisper.stt import WhisperSTT
from agent.tls import language_model_tls
from agent.wording import Wording

_HOSTED_STT_TIMEOUT_SEC = 4.0
_HOSTED_LLM_TIMEOUT_SEC = 3.0
_MOST_KEYTERMS = 100
"""Deepgram takes 500 tokens of key terms; terms average under five."""


def build_stt(
    settings: ProviderSettings, models: SpeechModels, vocabulary: Sequence[str], *, short_replies: bool = False
) -> stt.STT[Any]:
    """Build the recogniser.

    Args:
        vocabulary: words to expect, the most important first.
        short_replies: a word or two is what mostly comes.
    """
    choice = choose_stages(settings).stt
    on_device = None
    if models.whisper is not None:
        on_device = WhisperSTT(models.whisper, models.vad, vocabulary, short_replies=short_replies)
    if choice.name == "whisper":
        if on_device is None:
            raise SpeechSetupError("STT_PROVIDER: Whisper is chosen, but its model was not loaded")
        return on_device
    hosted = _deepgram(settings, vocabulary) if choice.name == "deepgram" else _openai_stt(settings, vocabulary)
    if on_device is not None:
        return stt.FallbackAdapter([hosted, on_device], vad=models.vad, attempt_timeout=_HOSTED_STT_TIMEOUT_SEC)
    return hosted if hosted.capabilities.streaming else stt.StreamAdapter(stt=hosted, vad=models.vad)


def build_tts(settings: ProviderSettings, models: SpeechModels) -> tts.TTS[Any]:
    """Build the voice. `set_delivery` sets how it speaks."""
    choice = choose_stages(settings).tts
    on_device = HibariTTS(models.hibari) if models.hibari is not None else None
    if choice.name == "hibari":
        if on_device is None:
            raise SpeechSetupError("TTS_PROVIDER: hibari is chosen, but its model was not loaded")
        return on_device
    hosted = _cartesia(settings) if choice.name == "cartesia" else _openai_tts(settings)
    return VoiceWithFallback([hosted, on_device]) if on_device is not None else hosted


def build_llm(settings: ProviderSettings) -> llm.LLM[Any] | None:
    """Build the language model; None where the question bank and templates do without."""
    choice = choose_stages(settings).llm
    on_device = _on_device_llm(settings) if settings.on_device_llm_url is not None else None
    if choice.name == "none":
        return None
    if choice.name == "on_device":
        if on_device is None:
            raise SpeechSetupError("ON_DEVICE_LLM_URL is not set; `make run` sets it to the server it starts")
        return on_device
    hosted = _llm(settings.llm_model, api_key=settings.openai_key_or_none, base_url=settings.openai_address)
    if on_device is None:
        return hosted
    return llm.FallbackAdapter([hosted, on_device], attempt_timeout=_HOSTED_LLM_TIMEOUT_SEC)


def build_wording(settings: WorkerSettings) -> Wording:
    """The model, with the time that it gets for a follow-up."""
    on_device = choose_stages(settings).llm.name == "on_device"
    deadline_sec = settings.follow_up_deadline_on_device_sec if on_device else settings.follow_up_deadline_sec
    return Wording(build_llm(settings), deadline_sec=deadline_sec, prepares=on_device)


def _on_device_llm(settings: ProviderSettings) -> llm.LLM[Any]:
    key = settings.on_device_llm_key.get_secret_value() if settings.on_device_llm_key else "on-device"
    return _llm(settings.on_device_llm_model, api_key=key, base_url=settings.on_device_llm_url or "")


def _llm(model: str, *, api_key: str, base_url: str) -> llm.LLM[Any]:
    """With the limits of the plugin's own client, which would make a TLS context of its own."""
    http = httpx2.AsyncClient(
        verify=language_model_tls(),
        timeout=httpx2.Timeout(5.0, connect=15.0),
        follow_redirects=True,
        limits=httpx2.Limits(max_connections=50, max_keepalive_connections=50, keepalive_expiry=120),
    )
    client = AsyncOpenAI(api_key=api_key, base_url=base_url, max_retries=0, http_client=http)
    return openai.LLM(model=model, client=client)


def _deepgram(settings: ProviderSettings, vocabulary: Sequence[str]) -> stt.STT[Any]:
    return deepgram.STT(
        model=settings.deepgram_model,
        api_key=_secret(settings.deepgram_api_key, "DEEPGRAM_API_KEY"),
        interim_results=True,
        filler_words=True,
        keyterm=list(dict.fromkeys(vocabulary))[:_MOST_KEYTERMS],
    )


def _openai_stt(settings: ProviderSettings, vocabulary: Sequence[str]) -> stt.STT[Any]:
    return openai.STT(
        model=settings.openai_stt_model,
        api_key=_secret(settings.openai_api_key, "OPENAI_API_KEY"),
        base_url=settings.openai_address,
        prompt=f"Terms that may come up: {', '.join(vocabulary)}." if vocabulary else "",
    )


def _cartesia(settings: ProviderSettings) -> tts.TTS[Any]:
    return cartesia.TTS(
        model=settings.cartesia_model,
        voice=settings.cartesia_voice,
        api_key=_secret(settings.cartesia_api_key, "CARTESIA_API_KEY"),
    )


def _openai_tts(settings: ProviderSettings) -> tts.TTS[Any]:
    return openai.TTS(
        model=settings.openai_tts_model,
        voice=settings.openai_tts_voice,
        api_key=_secret(settings.openai_api_key, "OPENAI_API_KEY"),
        base_url=settings.openai_address,
    )


def _secret(value: SecretStr | None, setting: str) -> str:
    if value is None or not value.get_secret_value().strip():
        raise SpeechSetupError(f"{setting} is not set, and the chosen provider needs it")
    return value.get_secret_value()
