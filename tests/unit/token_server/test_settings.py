"""A wrong setting stops the start, by its name and without its value."""

import pytest

from token_server.main import create_app
from token_server.settings import SettingsError, load_settings

pytestmark = pytest.mark.unit

PLANNING = ("PLAN_WITH_LLM", "PLAN_DEADLINE_SEC", "LLM_PROVIDER", "OPENAI_API_KEY", "OPENAI_BASE_URL", "LLM_MODEL")
GOOD = {
    "LIVEKIT_URL": "ws://127.0.0.1:7880",
    "LIVEKIT_API_KEY": "devkey",
    "LIVEKIT_API_SECRET": "l" * 40,
    "SUPABASE_URL": "http://127.0.0.1:54321",
    "SUPABASE_PUBLISHABLE_KEY": "sb_publishable_x",
    "SUPABASE_SECRET_KEY": "sb_secret_x",
    "WORKER_API_SECRET": "w" * 40,
}


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> pytest.MonkeyPatch:
    monkeypatch.chdir(tmp_path_factory.mktemp("no-env-file"))
    for name in ("PUBLIC_URL", "LIVEKIT_PUBLIC_URL", "SUPABASE_JWT_SECRET", "PORT", *PLANNING):
        monkeypatch.delenv(name, raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_the_smallest_environment_is_enough(env: pytest.MonkeyPatch):
    settings = load_settings()
    assert settings.port == 8000
    assert settings.supabase_jwt_secret is None
    assert settings.server_url == "ws://127.0.0.1:7880"
    assert not settings.behind_tls


@pytest.mark.parametrize(
    ("supabase_url", "jwt_secret", "sends_mail"),
    [
        ("http://127.0.0.1:54321", "s" * 32, False),
        ("http://127.0.0.1:54321", None, True),
        ("https://project.example.org", "s" * 32, True),
    ],
    ids=["embedded", "another one on this machine", "hosted, still with HS256"],
)
def test_embedded_supabase_sends_no_mail(
    env: pytest.MonkeyPatch, supabase_url: str, jwt_secret: str | None, sends_mail: bool
):
    env.setenv("SUPABASE_URL", supabase_url)
    if jwt_secret is not None:
        env.setenv("SUPABASE_JWT_SECRET", jwt_secret)
    assert load_settings().sends_mail is sends_mail


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_setting_is_named(env: pytest.MonkeyPatch, name: str):
    env.delenv(name)
    with pytest.raises(SettingsError, match=name):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WORKER_API_SECRET", "too-short"),
        ("LIVEKIT_API_SECRET", "too-short"),
        ("SUPABASE_JWT_SECRET", "too-short"),
        ("LIVEKIT_URL", "127.0.0.1:7880"),
        ("SUPABASE_URL", "postgres://db"),
        ("PUBLIC_URL", "interview.example"),
        ("PORT", "70000"),
        ("SWEEP_INTERVAL_SEC", "0"),
        ("PARTICIPANT_TOKEN_SEC", "3600"),
        ("PLAN_WITH_LLM", "maybe"),
        ("PLAN_DEADLINE_SEC", "0"),
        ("OPENAI_BASE_URL", "llm.example"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not_shown(env: pytest.MonkeyPatch, name: str, value: str):
    env.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as refusal:
        load_settings()
    if "SECRET" in name:
        assert value not in str(refusal.value)


def test_the_process_stops_with_one_sentence(env: pytest.MonkeyPatch):
    env.delenv("SUPABASE_URL")
    with pytest.raises(SystemExit, match="SUPABASE_URL"):
        create_app()


def test_a_page_behind_tls_needs_a_livekit_that_is_too(env: pytest.MonkeyPatch):
    env.setenv("PUBLIC_URL", "https://interview.example")
    with pytest.raises(SettingsError, match="LIVEKIT_PUBLIC_URL"):
        load_settings()
    env.setenv("LIVEKIT_PUBLIC_URL", "wss://rtc.example")
    settings = load_settings()
    assert settings.behind_tls
    assert "https://interview.example" in settings.allowed_origins


@pytest.mark.parametrize("access", [("OPENAI_API_KEY", "k"), ("OPENAI_BASE_URL", "http://127.0.0.1:11434/v1")])
def test_a_hosted_model_plans_unless_it_is_switched_off(env: pytest.MonkeyPatch, access: tuple[str, str]):
    assert not load_settings().plans_with_llm
    env.setenv(*access)
    assert load_settings().plans_with_llm
    env.setenv("PLAN_WITH_LLM", "off")
    assert not load_settings().plans_with_llm


@pytest.mark.parametrize("provider", ["on_device", "none"])
def test_a_key_alone_does_not_make_another_model_plan(env: pytest.MonkeyPatch, provider: str):
    env.setenv("OPENAI_API_KEY", "k")
    env.setenv("LLM_PROVIDER", provider)
    assert not load_settings().plans_with_llm


def test_planning_with_a_model_that_is_not_there_is_refused(env: pytest.MonkeyPatch):
    env.setenv("PLAN_WITH_LLM", "on")
    with pytest.raises(SettingsError, match="OPENAI_API_KEY or OPENAI_BASE_URL"):
        load_settings()
