"""Which implementation serves which stage."""

import subprocess
import sys

import pytest
from pydantic import SecretStr, ValidationError

from agent.settings import ProviderSettings
from agent.speech.choice import choose_stages

pytestmark = pytest.mark.unit

KEY = SecretStr("a-key")


def settings(**given: object) -> ProviderSettings:
    return ProviderSettings.model_construct(**given)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({}, ("whisper", "none", "hibari")),
        ({"on_device_llm_url": "http://127.0.0.1:1/v1"}, ("whisper", "on_device", "hibari")),
        ({"deepgram_api_key": KEY}, ("deepgram", "none", "hibari")),
        ({"cartesia_api_key": KEY}, ("whisper", "none", "cartesia")),
        ({"openai_api_key": KEY}, ("whisper", "openai", "openai")),
        ({"openai_api_key": KEY, "cartesia_api_key": KEY}, ("whisper", "openai", "cartesia")),
        ({"openai_base_url": "http://127.0.0.1:11434/v1"}, ("whisper", "openai", "hibari")),
        ({"openai_base_url": "http://127.0.0.1:11434/v1", "openai_api_key": KEY}, ("whisper", "openai", "hibari")),
        (
            {"openai_api_key": KEY, "on_device_llm_url": "http://127.0.0.1:1/v1", "llm_provider": "on_device"},
            ("whisper", "on_device", "openai"),
        ),
        ({"deepgram_api_key": KEY, "stt_provider": "whisper"}, ("whisper", "none", "hibari")),
        ({"openai_api_key": KEY, "stt_provider": "openai", "llm_provider": "none"}, ("openai", "none", "openai")),
        ({"cartesia_api_key": KEY, "tts_provider": "hibari"}, ("whisper", "none", "hibari")),
    ],
)
def test_a_named_provider_wins_then_a_key_then_this_machine(given: dict[str, object], names: tuple[str, ...]):
    stages = choose_stages(settings(**given))
    assert (stages.stt.name, stages.llm.name, stages.tts.name) == names


def test_each_choice_tells_the_setting_that_made_it():
    stages = choose_stages(settings(deepgram_api_key=KEY, llm_provider="none"))
    assert stages.stt.reason == "DEEPGRAM_API_KEY is set"
    assert stages.llm.reason == "LLM_PROVIDER=none"
    assert "CARTESIA_API_KEY" in stages.tts.reason


@pytest.mark.parametrize(
    ("variable", "provider", "missing"),
    [
        ("STT_PROVIDER", "deepgram", "DEEPGRAM_API_KEY"),
        ("STT_PROVIDER", "openai", "OPENAI_API_KEY"),
        ("TTS_PROVIDER", "cartesia", "CARTESIA_API_KEY"),
        ("TTS_PROVIDER", "openai", "OPENAI_API_KEY"),
        ("LLM_PROVIDER", "openai", "OPENAI_BASE_URL"),
        ("LLM_PROVIDER", "on_device", "ON_DEVICE_LLM_URL"),
    ],
)
def test_a_named_provider_without_its_key_is_refused_by_the_settings_name(
    monkeypatch: pytest.MonkeyPatch, variable: str, provider: str, missing: str
):
    for name in ("DEEPGRAM_API_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL", "CARTESIA_API_KEY", "ON_DEVICE_LLM_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, provider)
    with pytest.raises(ValidationError, match=missing):
        ProviderSettings()


def test_choosing_needs_neither_livekit_nor_numpy():
    code = "import sys, agent.speech.choice; print({'livekit', 'numpy'} & {name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
