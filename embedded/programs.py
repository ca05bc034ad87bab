"""The programs of the stack: what each one runs, and the settings that it gets. None gets another one's keys."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import SecretStr

from agent.settings import AssessorSettings, WorkerSettings
from agent.speech.choice import Stages, choose_stages
from embedded.keys import LIVEKIT_API_KEY, Keys
from embedded.settings import EmbeddedSettings, LlmServerSettings, own_settings, settings_from
from token_server.settings import TokenServerSettings

REPOSITORY = Path(__file__).resolve().parent.parent
_EVERYONES = (
    *("HOME", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LOGNAME", "TMPDIR", "TZ", "USER"),
    *("XDG_CACHE_HOME", "XDG_DATA_HOME", "LOG_LEVEL"),
    *("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_DIR", "SSL_CERT_FILE"),
)
"""What any program may see of the environment that we were started in."""

_ACCESS_TO_LLM = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "LLM_MODEL")
"""For the token server only where a hosted model serves, and writes plans."""

_ONE_HEAP_FOR_MANY_THREADS = {"MALLOC_ARENA_MAX": "2"}
"""For the worker and the processes of its interviews. glibc gives each thread a heap of its own that only grows: one
long interview went from 559 to 598 MB within half an hour while nothing in it grew; bench/soak.md has it with two."""

Tier = Literal["jobs", "services"]


@dataclass(frozen=True)
class Program:
    name: str
    command: tuple[str, ...]
    environment: dict[str, str]
    tier: Tier
    """`jobs` are stopped first, so that they can still hand over what they hold to the `services`."""
    stop_wait_sec: int
    """Between SIGTERM and SIGKILL. livekit-server and the worker would wait for everybody to hang up."""
    stop_signal: Literal["TERM", "KILL"] = "TERM"
    parent_death_signal: Literal["SIGTERM", "SIGKILL"] = "SIGKILL"


@dataclass(frozen=True)
class Ports:
    page: int
    supabase: int
    livekit: int
    livekit_udp: int
    llm: int


@dataclass(frozen=True)
class Layout:
    """The plan of one start."""

    programs: tuple[Program, ...]
    stages: Stages
    plans_with_llm: bool
    """Whether the language model writes the questions of an interview."""
    page_url: str
    livekit_url: str
    supabase_url: str
    llm_url: str | None
    """Of the model server that is started here; None when none is."""


@dataclass(frozen=True)
class Binaries:
    node: Path | None
    livekit_server: Path | None


def lay_out(
    outer: Mapping[str, str],
    settings: EmbeddedSettings,
    keys: Keys,
    ports: Ports,
    binaries: Binaries,
    livekit_config_file: Path,
) -> Layout:
    """
    Args:
        outer: the environment and env file that a person gave.

    Raises:
        SettingsError: a program's settings are wrong. It names the setting.
    """
    data_dir = settings.mock_interview_data_dir
    page_url = f"http://{_reachable(settings.bind_host)}:{ports.page}"
    livekit_url = settings.livekit_url or f"ws://127.0.0.1:{ports.livekit}"
    supabase_url = settings.supabase_url or f"http://127.0.0.1:{ports.supabase}"
    own_llm_url = f"http://127.0.0.1:{ports.llm}/v1"
    shared = {
        "MOCK_INTERVIEW_DATA_DIR": str(data_dir),
        "MOCK_INTERVIEW_CACHE_DIR": str(settings.mock_interview_cache_dir),
        "LIVEKIT_URL": livekit_url,
        "LIVEKIT_API_KEY": settings.livekit_api_key or LIVEKIT_API_KEY,
        "LIVEKIT_API_SECRET": _plain(settings.livekit_api_secret) or keys.livekit_api_secret,
        "WORKER_API_SECRET": _plain(settings.worker_api_secret) or keys.worker_api_secret,
        "TOKEN_SERVER_URL": page_url,
        "PORT": str(ports.page),
        "SUPABASE_URL": supabase_url,
        "SUPABASE_PUBLISHABLE_KEY": _plain(settings.supabase_publishable_key) or keys.supabase_publishable_key,
        "SUPABASE_SECRET_KEY": _plain(settings.supabase_secret_key) or keys.supabase_secret_key,
        "ON_DEVICE_LLM_URL": settings.on_device_llm_url or own_llm_url,
        **_key_of_llm(settings, keys),
    }
    if settings.runs_supabase:
        shared["SUPABASE_JWT_SECRET"] = keys.supabase_jwt_secret
    given: Mapping[str, str] = {**outer, **shared}
    stages = choose_stages(settings_from(WorkerSettings, given))
    runs_llm = stages.llm.name == "on_device" and settings.on_device_llm_url is None
    if stages.llm.name != "on_device":
        given = {name: value for name, value in given.items() if name != "ON_DEVICE_LLM_URL"}
    plans_with_llm = settings_from(TokenServerSettings, given).plans_with_llm
    settings_from(AssessorSettings, given)

    everyones = _everyones_environment(outer)
    programs: list[Program] = []
    if settings.runs_supabase:
        programs.append(_supabase(given, everyones, data_dir, ports.supabase, binaries.node, settings, page_url))
    if settings.runs_livekit:
        command = (str(binaries.livekit_server), "--config", str(livekit_config_file))
        livekit_keys = {"LIVEKIT_KEYS": f"{shared['LIVEKIT_API_KEY']}: {shared['LIVEKIT_API_SECRET']}"}
        programs.append(Program("livekit-server", command, {**everyones, **livekit_keys}, "services", 1))
    if runs_llm:
        own = {**own_settings(LlmServerSettings, given), "ON_DEVICE_LLM_PORT": str(ports.llm)}
        command = _python("-m", "embedded.llm_server")
        # It holds nothing, and while it loads the model it doesn't listen to SIGTERM.
        programs.append(Program("llm-server", command, {**everyones, **own}, "services", 1, stop_signal="KILL"))
    programs += [
        Program(
            "token-server",
            _python(
                *("-m", "uvicorn", "token_server.main:create_app", "--factory", "--no-access-log"),
                *("--host", settings.bind_host, "--port", str(ports.page), "--timeout-graceful-shutdown", "1"),
            ),
            {**everyones, **_token_server_settings(given, plans_with_llm=plans_with_llm)},
            "services",
            2,
        ),
        Program(
            "worker",
            _python("-m", "agent"),
            {**everyones, **_ONE_HEAP_FOR_MANY_THREADS, **own_settings(WorkerSettings, given)},
            "jobs",
            2,
        ),
        Program(
            "assessor",
            _python("-m", "agent.assessment"),
            {**everyones, **own_settings(AssessorSettings, given)},
            "jobs",
            1,
        ),
    ]
    llm_url = own_llm_url if runs_llm else None
    return Layout(tuple(programs), stages, plans_with_llm, page_url, livekit_url, supabase_url, llm_url)


def _supabase(
    given: Mapping[str, str],
    everyones: Mapping[str, str],
    data_dir: Path,
    port: int,
    node: Path | None,
    settings: EmbeddedSettings,
    page_url: str,
) -> Program:
    keys = ("SUPABASE_PUBLISHABLE_KEY", "SUPABASE_SECRET_KEY", "SUPABASE_JWT_SECRET")
    environment = {
        **everyones,
        "LITE_SITE_URL": settings.public_url or page_url,
        **{name: value for name, value in given.items() if name in keys or name.startswith("LITE_")},
        "LITE_DATA_DIR": str(data_dir / "supabase"),
        "LITE_PORT": str(port),
        "NODE_BINARY": str(node),
    }
    # SIGTERM closes the database; it takes less than a second.
    return Program(
        *("supabase", _python("-m", "embedded.supabase.runner"), environment, "services", 2),
        parent_death_signal="SIGTERM",
    )


def _key_of_llm(settings: EmbeddedSettings, keys: Keys) -> dict[str, str]:
    """Of the server here: pages in this machine's browser reach it as well. A server of one's own may have none."""
    if settings.on_device_llm_url is None:
        return {"ON_DEVICE_LLM_KEY": keys.on_device_llm_key}
    own = _plain(settings.on_device_llm_key)
    return {"ON_DEVICE_LLM_KEY": own} if own else {}


def _token_server_settings(given: Mapping[str, str], *, plans_with_llm: bool) -> dict[str, str]:
    own = own_settings(TokenServerSettings, given)
    return own if plans_with_llm else {name: value for name, value in own.items() if name not in _ACCESS_TO_LLM}


def _everyones_environment(outer: Mapping[str, str]) -> dict[str, str]:
    environment = {name: value for name, value in outer.items() if name.upper() in _EVERYONES}
    path = f"{Path(sys.executable).parent}{os.pathsep}{outer.get('PATH', os.defpath)}"
    # our programs talk to each other on loopback, which is never behind a proxy
    no_proxy = ",".join(filter(None, ("127.0.0.1,localhost", outer.get("NO_PROXY") or outer.get("no_proxy"))))
    own = {"PATH": path, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1", "NO_PROXY": no_proxy}
    return environment | own


def _python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, *arguments)


def _plain(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()


def _reachable(bind_host: str) -> str:
    """An address under which this machine reaches what listens on `bind_host`."""
    if bind_host in ("0.0.0.0", "::", ""):  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{bind_host}]" if ":" in bind_host else bind_host
