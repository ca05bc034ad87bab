"""Each program gets its own settings, and none gets another one's keys."""

from pathlib import Path

import pytest

from embedded.keys import Keys
from embedded.programs import Binaries, Layout, Ports, lay_out
from embedded.ready_screen import ready_screen, stage_rows
from embedded.settings import SettingsError, load_settings

pytestmark = pytest.mark.unit

PORTS = Ports(page=20001, supabase=20002, livekit=20003, livekit_udp=20004, llm=20005)
KEYS = Keys()
SPEECH_KEYS = {"DEEPGRAM_API_KEY": "deepgram-key", "CARTESIA_API_KEY": "cartesia-key"}
HOSTED_LLM = {
    "OPENAI_API_KEY": "openai-key",
    "OPENAI_BASE_URL": "https://llm.example.org/v1",
    "LLM_MODEL": "model-of-theirs",
}


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


def test_the_model_of_this_machine_answers_those_who_run_an_interview_or_judge_it() -> None:
    assert holders(KEYS.on_device_llm_key) == {"llm-server", "worker", "assessor"}


def test_a_model_server_of_ones_own_gets_its_own_key_or_none() -> None:
    own = {"ON_DEVICE_LLM_URL": "http://127.0.0.1:9/v1"}
    assert holders("own-key", **own, ON_DEVICE_LLM_KEY="own-key") == {"worker", "assessor"}
    assert holders(KEYS.on_device_llm_key, **own) == set()


@pytest.mark.parametrize("name", SPEECH_KEYS)
def test_keys_for_speech_go_to_worker_and_assessor_only(name: str) -> None:
    assert holders(SPEECH_KEYS[name], **{name: SPEECH_KEYS[name]}) == {"worker", "assessor"}


def test_access_to_a_hosted_model_goes_to_the_token_server_too_which_plans_with_it() -> None:
    assert holders("openai-key", OPENAI_API_KEY="openai-key") == {"token-server", "worker", "assessor"}
    own = environments(**HOSTED_LLM)["token-server"]
    assert {name: own[name] for name in HOSTED_LLM} == HOSTED_LLM


@pytest.mark.parametrize("outer", [{"LLM_PROVIDER": "on_device"}, {"LLM_PROVIDER": "none"}, {"PLAN_WITH_LLM": "off"}])
def test_a_token_server_that_does_not_plan_with_a_model_gets_no_access_to_one(outer: dict[str, str]) -> None:
    own = environments(**HOSTED_LLM, **outer)["token-server"]
    assert HOSTED_LLM.keys().isdisjoint(own)
    assert HOSTED_LLM.keys() <= environments(**HOSTED_LLM, **outer)["worker"].keys()


@pytest.mark.parametrize("provider", ["auto", "on_device", "none"])
@pytest.mark.parametrize("given", [{}, *({name: HOSTED_LLM[name]} for name in HOSTED_LLM), HOSTED_LLM])
def test_a_model_plans_exactly_where_a_hosted_one_serves(provider: str, given: dict[str, str]) -> None:
    found = layout(LLM_PROVIDER=provider, **given)
    assert found.plans_with_llm == (found.stages.llm.name == "openai")


@pytest.mark.parametrize("outer", [{}, {"OPENAI_API_KEY": "k", "LLM_PROVIDER": "on_device"}])
def test_the_model_on_this_machine_never_plans(outer: dict[str, str]) -> None:
    assert not layout(**outer).plans_with_llm
    with pytest.raises(SettingsError, match="PLAN_WITH_LLM"):
        layout(PLAN_WITH_LLM="on", **outer)


@pytest.mark.parametrize(
    ("outer", "questions"),
    [
        ({}, ("question bank", "no hosted language model is set")),
        (HOSTED_LLM | {"PLAN_WITH_LLM": "off"}, ("question bank", "PLAN_WITH_LLM=off")),
        (HOSTED_LLM, ("OpenAI API: model-of-theirs, else the question bank", "a hosted language model serves")),
    ],
)
def test_the_ready_screen_says_who_writes_the_questions(outer: dict[str, str], questions: tuple[str, str]) -> None:
    rows = stage_rows(layout(**outer), load_settings(outer))
    assert {stage: (what, why) for stage, what, why in rows}["questions"] == questions


def test_the_ready_screen_says_where_mail_goes_that_nobody_sends() -> None:
    data = {"MOCK_INTERVIEW_DATA_DIR": "/data"}
    hosted = {
        "SUPABASE_URL": "https://project.example.org",
        "SUPABASE_PUBLISHABLE_KEY": "sb_publishable_hosted",
        "SUPABASE_SECRET_KEY": "sb_secret_hosted",
    }
    assert "mail  /data/supabase/mail (none is sent" in ready_screen(layout(**data), load_settings(data), 1)
    assert "mail" not in ready_screen(layout(**hosted), load_settings(hosted), 1)


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
