"""Stages built from settings. Hosted ones are built, not called."""

from dataclasses import replace
from pathlib import Path

import pytest
from livekit.agents import llm, stt
from livekit.plugins import cartesia, deepgram, openai
from pydantic import SecretStr

from agent.delivery.styles import DeliveryStyle
from agent.settings import ProviderSettings
from agent.speech.delivery import VoiceWithFallback, set_delivery
from agent.speech.errors import SpeechSetupError
from agent.speech.factory import build_llm, build_stt, build_tts
from agent.speech.hibari.tts import HibariTTS
from agent.speech.models import SpeechModels, load_speech_models
from agent.speech.whisper.stt import WhisperSTT

pytestmark = pytest.mark.unit

KEY = SecretStr("not-a-key")
VOCABULARY = ["Redis", "token bucket"]


def settings(**given: object) -> ProviderSettings:
    return ProviderSettings.model_construct(**given)  # pyright: ignore[reportArgumentType]


async def test_without_keys_everything_runs_on_this_machine(models: SpeechModels):
    recogniser = build_stt(settings(), models, VOCABULARY)
    assert isinstance(recogniser, WhisperSTT)
    assert recogniser.hint.prompt == "Glossary: Redis, token bucket."
    assert recogniser.capabilities.streaming
    assert recogniser.capabilities.interim_results
    assert isinstance(build_tts(settings(), models), HibariTTS)
    assert build_llm(settings()) is None


async def test_hosted_stages_fall_back_to_this_machine(models: SpeechModels):
    hosted = settings(
        deepgram_api_key=KEY, cartesia_api_key=KEY, openai_api_key=KEY, on_device_llm_url="http://127.0.0.1:1/v1"
    )
    recogniser = build_stt(hosted, models, VOCABULARY)
    assert isinstance(recogniser, stt.FallbackAdapter)
    assert recogniser.capabilities.aligned_transcript == "word"
    voice = build_tts(hosted, models)
    assert isinstance(voice, VoiceWithFallback)
    assert [type(one) for one in voice.voices] == [cartesia.TTS, HibariTTS]
    assert isinstance(build_llm(hosted), llm.FallbackAdapter)


async def test_hosted_stages_stand_alone_without_models(models: SpeechModels):
    bare = replace(models, whisper=None, hibari=None)
    hosted = settings(deepgram_api_key=KEY, cartesia_api_key=KEY, openai_api_key=KEY)
    recogniser = build_stt(hosted, bare, VOCABULARY)
    assert isinstance(recogniser, deepgram.STT)
    assert isinstance(build_tts(hosted, bare), cartesia.TTS)
    assert isinstance(build_llm(hosted), openai.LLM)


async def test_openai_serves_stt_and_tts_when_named(models: SpeechModels):
    bare = replace(models, whisper=None, hibari=None)
    named = settings(openai_api_key=KEY, stt_provider="openai", tts_provider="openai")
    assert build_stt(named, bare, VOCABULARY).capabilities.streaming
    assert isinstance(build_tts(named, bare), openai.TTS)


async def test_a_server_of_ones_own_needs_no_key():
    model = build_llm(settings(openai_base_url="http://127.0.0.1:11434/v1", llm_model="llama3.2"))
    assert isinstance(model, openai.LLM)
    assert model.model == "llama3.2"


async def test_the_model_on_this_machine_is_asked_by_its_name():
    model = build_llm(settings(on_device_llm_url="http://127.0.0.1:1/v1"))
    assert isinstance(model, openai.LLM)
    assert model.model.startswith("qwen2.5")


def test_a_missing_whisper_model_is_refused_by_the_settings_name(tmp_path: Path):
    with pytest.raises(SpeechSetupError, match="WHISPER_MODEL_DIR: no Whisper model"):
        load_speech_models(settings(whisper_model_dir=tmp_path))
    with pytest.raises(SpeechSetupError, match="MOCK_INTERVIEW_CACHE_DIR: no Whisper model"):
        load_speech_models(settings(mock_interview_cache_dir=tmp_path))


async def test_chosen_stages_without_loaded_models_are_refused(models: SpeechModels):
    bare = replace(models, whisper=None, hibari=None)
    with pytest.raises(SpeechSetupError, match="STT_PROVIDER"):
        build_stt(settings(), bare, VOCABULARY)
    with pytest.raises(SpeechSetupError, match="TTS_PROVIDER"):
        build_tts(settings(), bare)


async def test_an_empty_key_is_refused_by_its_name(models: SpeechModels):
    with pytest.raises(SpeechSetupError, match="CARTESIA_API_KEY"):
        build_tts(settings(cartesia_api_key=SecretStr(" ")), models)


async def test_a_style_reaches_every_voice(models: SpeechModels):
    calm = DeliveryStyle("calm")
    voice = build_tts(settings(cartesia_api_key=KEY), models)
    set_delivery(voice, calm)
    assert isinstance(voice, VoiceWithFallback)
    on_device = voice.voices[1]
    assert isinstance(on_device, HibariTTS)
    assert on_device.style == calm
    set_delivery(build_tts(settings(openai_api_key=KEY), models), calm)


def test_an_intensity_out_of_range_is_refused():
    with pytest.raises(ValueError, match="intensity"):
        DeliveryStyle("warm", 1.5)
