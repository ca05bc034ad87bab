"""The language model's server on this machine: who may ask it, and what it may take of the machine."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from embedded.llm_server import server_parameters
from embedded.settings import LlmServerSettings

pytestmark = pytest.mark.unit


def parameters(cache: Path, key: str | None = None) -> Any:
    return server_parameters(
        LlmServerSettings(
            _env_file=None,  # pyright: ignore[reportCallIssue]
            on_device_llm_port=20005,
            on_device_llm_key=SecretStr(key) if key else None,
            mock_interview_cache_dir=cache,
        )
    )


def test_what_it_keeps_of_prompts_has_a_bound(tmp_path: Path):
    assert 0 < parameters(tmp_path).cache_ram_mib <= 512


def test_it_wants_its_key_and_shows_nobody_what_it_is_working_on(tmp_path: Path):
    guarded = parameters(tmp_path, key="of the worker")
    assert list(guarded.api_keys) == ["of the worker"]
    assert not guarded.endpoint_slots
