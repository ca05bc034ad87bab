"""`.env.example` and the settings classes say the same."""

import re
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from agent.settings import AssessorSettings, WorkerSettings
from embedded.settings import EmbeddedSettings, LlmServerSettings
from embedded.supabase.runner import RunnerSettings
from token_server.settings import TokenServerSettings

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[3]
PROCESSES: tuple[type[BaseSettings], ...] = (
    EmbeddedSettings,
    TokenServerSettings,
    WorkerSettings,
    AssessorSettings,
    LlmServerSettings,
    RunnerSettings,
)


def documented() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text().splitlines()
    found = (re.match(r"# ([A-Z][A-Z0-9_]+)=(.*)$", line) for line in lines)
    return {match.group(1): match.group(2) for match in found if match is not None}


def test_every_setting_is_in_the_example_and_nothing_else() -> None:
    fields = {name.upper() for kind in PROCESSES for name in kind.model_fields}

    assert documented().keys() == fields


@pytest.mark.parametrize("kind", PROCESSES)
def test_the_example_shows_the_real_defaults(kind: type[BaseSettings]) -> None:
    shown = documented()
    plain = {
        name.upper(): field.default
        for name, field in kind.model_fields.items()
        if isinstance(field.default, str | int | float)
    }

    assert {name: type(default)(shown[name]) for name, default in plain.items()} == plain


def test_no_settings_class_is_forgotten_here() -> None:
    sources = (
        file
        for package in ("agent", "embedded", "prompts", "storage", "token_server")
        for file in (ROOT / package).rglob("*.py")
    )
    made = {match for file in sources for match in re.findall(r"^class (\w+)\(BaseSettings\)", file.read_text(), re.M)}
    known = {base.__name__ for kind in PROCESSES for base in kind.__mro__}

    assert made <= known
