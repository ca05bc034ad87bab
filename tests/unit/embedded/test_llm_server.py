"""The language model's server on this machine: what it may take of the machine."""

from pathlib import Path

import pytest

from embedded.llm_server import server_parameters
from embedded.settings import LlmServerSettings

pytestmark = pytest.mark.unit


def test_what_it_keeps_of_prompts_has_a_bound(tmp_path: Path):
    settings = LlmServerSettings(_env_file=None, on_device_llm_port=20005, mock_interview_cache_dir=tmp_path)  # pyright: ignore[reportCallIssue]
    assert 0 < server_parameters(settings).cache_ram_mib <= 512
