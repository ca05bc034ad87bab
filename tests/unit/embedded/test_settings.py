"""Wrong or half-given settings stop the start, and the sentence names the setting and never its value."""

import pytest

from embedded.settings import SettingsError, load_settings

pytestmark = pytest.mark.unit

LIVEKIT = {"LIVEKIT_URL": "wss://livekit.example.org", "LIVEKIT_API_KEY": "key", "LIVEKIT_API_SECRET": "s" * 32}
SUPABASE = {
    "SUPABASE_URL": "https://project.example.org",
    "SUPABASE_PUBLISHABLE_KEY": "sb_publishable_x",
    "SUPABASE_SECRET_KEY": "sb_secret_x",
}


def test_without_settings_everything_runs_on_this_machine() -> None:
    settings = load_settings({})

    assert settings.runs_livekit
    assert settings.runs_supabase


def test_with_hosted_services_none_of_ours_is_started() -> None:
    settings = load_settings(LIVEKIT | SUPABASE)

    assert not settings.runs_livekit
    assert not settings.runs_supabase


@pytest.mark.parametrize("service", [LIVEKIT, SUPABASE])
def test_a_service_without_one_of_its_settings_is_refused_by_name(service: dict[str, str]) -> None:
    for missing in service:
        with pytest.raises(SettingsError, match=missing):
            load_settings({name: value for name, value in service.items() if name != missing})


def test_an_empty_setting_counts_as_not_set() -> None:
    assert load_settings(dict.fromkeys(LIVEKIT, "")).runs_livekit


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "eighty"), ("PORT", "70000"), ("LIVEKIT_NODE_IP", "not-an-address")]
)
def test_a_wrong_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as refusal:
        load_settings({name: value})

    assert value not in str(refusal.value)


def test_a_page_beyond_loopback_needs_the_address_of_livekit() -> None:
    with pytest.raises(SettingsError, match="LIVEKIT_PUBLIC_URL"):
        load_settings({"PUBLIC_URL": "https://interview.example.org"})


def test_secrets_are_not_shown() -> None:
    assert "s" * 32 not in repr(load_settings(LIVEKIT))
