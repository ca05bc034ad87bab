"""A wrong setting stops the start, by its name and without its value."""

import pytest

from token_server.main import create_app
from token_server.settings import SettingsError, load_settings

pytestmark = pytest.mark.unit

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
    for name in ("PUBLIC_URL", "LIVEKIT_PUBLIC_URL", "SUPABASE_JWT_SECRET", "PORT"):
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
