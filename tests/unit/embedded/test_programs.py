"""Each program gets its own settings, and none gets another one's keys."""

from pathlib import Path

import pytest

from embedded.keys import Keys
from embedded.programs import Binaries, Layout, Ports, lay_out
from embedded.settings import SettingsError, load_settings

pytestmark = pytest.mark.unit

PORTS = Ports(page=20001, supabase=20002, livekit=20003, livekit_udp=20004, llm=20005)
KEYS = Keys()
PROVIDER_KEYS = {"OPENAI_API_KEY": "openai-key", "DEEPGRAM_API_KEY": "deepgram-key", "CARTESIA_API_KEY": "cartesia-key"}


def layout(**outer: str) -> Layout:
    environment = {"PATH": "/bin", "HOME": "/home/somebody", "AWS_SECRET_ACCESS_KEY": "not-ours", **outer}
    binaries = Binaries(Path("/bin/node"), Path("/bin/livekit-server"))
    return lay_out(environment, load_settings(environment), KEYS, PORTS, binaries, Path("/run/livekit.yaml"))


def environments(**outer: str) -> dict[str, dict[str, str]]:
    return {program.name: program.environment for program in layout(**outer).programs}


def holders(secret: str, **outer: str) -> set[str]:
    return {name for name, own in environments(**outer).items() if any(secret in value for value in own.values())}


def test_without_settings_all_six_programs_run() -> None:
    assert environments().keys() == {
        *("supabase", "livekit-server", "llm-server", "token-server", "worker", "assessor")
    }


def test_only_the_token_server_and_supabase_itself_hold_the_supabase_secrets() -> None:
    assert holders(KEYS.supabase_secret_key) == {"token-server", "supabase"}
    assert holders(KEYS.supabase_jwt_secret) == {"token-server", "supabase"}


def test_the_assessor_holds_no_livekit_key() -> None:
    assert holders(KEYS.livekit_api_secret) == {"livekit-server", "token-server", "worker"}


def test_worker_and_assessor_share_a_secret_with_the_token_server_only() -> None:
    assert holders(KEYS.worker_api_secret) == {"token-server", "worker", "assessor"}


@pytest.mark.parametrize("name", PROVIDER_KEYS)
def test_provider_keys_go_to_worker_and_assessor_only(name: str) -> None:
    assert holders(PROVIDER_KEYS[name], **{name: PROVIDER_KEYS[name]}) == {"worker", "assessor"}


def test_what_is_not_a_setting_reaches_nobody() -> None:
    assert holders("not-ours") == set()


def test_hosted_services_start_nothing_here() -> None:
    hosted = environments(
        SUPABASE_URL="https://project.example.org",
        SUPABASE_PUBLISHABLE_KEY="sb_publishable_hosted",
        SUPABASE_SECRET_KEY="sb_secret_hosted",
        LIVEKIT_URL="wss://livekit.example.org",
        LIVEKIT_API_KEY="hosted",
        LIVEKIT_API_SECRET="h" * 32,
        OPENAI_API_KEY="openai-key",
    )

    assert hosted.keys() == {"token-server", "worker", "assessor"}
    assert hosted["token-server"]["SUPABASE_SECRET_KEY"] == "sb_secret_hosted"
    assert "SUPABASE_JWT_SECRET" not in hosted["token-server"]
    assert hosted["worker"]["LIVEKIT_URL"] == "wss://livekit.example.org"


@pytest.mark.parametrize("outer", [{"OPENAI_API_KEY": "k"}, {"LLM_PROVIDER": "none"}])
def test_the_language_model_is_started_only_where_it_serves(outer: dict[str, str]) -> None:
    found = layout(**outer)

    assert found.llm_url is None
    assert "ON_DEVICE_LLM_URL" not in environments(**outer)["worker"]


def test_naming_the_model_on_this_machine_starts_it() -> None:
    found = layout(LLM_PROVIDER="on_device", OPENAI_API_KEY="k")

    assert found.llm_url == "http://127.0.0.1:20005/v1"
    assert environments(LLM_PROVIDER="on_device")["llm-server"]["ON_DEVICE_LLM_PORT"] == "20005"


def test_a_named_provider_without_its_key_is_refused_before_anything_starts() -> None:
    with pytest.raises(SettingsError, match="DEEPGRAM_API_KEY"):
        layout(STT_PROVIDER="deepgram")


def test_the_programs_reach_each_other_past_a_proxy() -> None:
    found = environments(HTTPS_PROXY="http://proxy.example.org:3128", NO_PROXY="example.org")

    assert found["worker"]["NO_PROXY"] == "127.0.0.1,localhost,example.org"


def test_jobs_end_before_the_services_that_they_report_to() -> None:
    tiers = {program.name: program.tier for program in layout().programs}

    assert {name for name, tier in tiers.items() if tier == "jobs"} == {"worker", "assessor"}
