"""One running stack for all room tests: the real parts, a scripted model, short waits."""

from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from tests.fakes.llm_server import ScriptedLlm, scripted_llm
from tests.support.candidate import Candidate, ClipLibrary
from tests.support.client import Caller
from tests.support.stack import Stack, running_stack, scripted_model

ABSENCE_SEC = 6.0
SILENCE_SEC = 4.0
SHORT_WAITS = {
    "ABSENCE_TIMEOUT_SEC": str(ABSENCE_SEC),
    "SILENCE_REPHRASE_SEC": str(SILENCE_SEC),
    "SILENCE_MOVE_ON_SEC": str(SILENCE_SEC),
}
"""Longer than a candidate of these tests ever waits, and shorter than a person would want."""

Join = Callable[[str, str], AbstractAsyncContextManager[Candidate]]


@pytest.fixture(scope="session")
def running_llm() -> Generator[ScriptedLlm]:
    with scripted_llm() as llm:
        yield llm


@pytest.fixture
def llm(running_llm: ScriptedLlm) -> Generator[ScriptedLlm]:
    """The model that the stack asks; it is back to its usual lines after the test."""
    yield running_llm
    running_llm.mode, running_llm.line = "scripted", None


@pytest.fixture(scope="session")
def stack(running_llm: ScriptedLlm, tmp_path_factory: pytest.TempPathFactory) -> Generator[Stack]:
    settings = {**scripted_model(running_llm.base_url), **SHORT_WAITS}
    with running_stack(tmp_path_factory.mktemp("data"), settings) as running:
        yield running


@pytest.fixture(scope="session")
def clips() -> ClipLibrary:
    return ClipLibrary()


@pytest.fixture
async def caller(stack: Stack) -> AsyncGenerator[Caller]:
    async with Caller.signed_up(stack.base_url) as signed_up:
        yield signed_up


@pytest.fixture
def join(tmp_path: Path) -> Join:
    """Join a room as a candidate. When the test fails, what was heard is kept under its tmp_path."""

    @asynccontextmanager
    async def joined(server_url: str, participant_token: str) -> AsyncGenerator[Candidate]:
        async with Candidate.joined(server_url, participant_token) as candidate:
            try:
                yield candidate
            except BaseException as error:
                candidate.save(tmp_path)
                error.add_note(f"the conversation is kept in {tmp_path}")
                raise

    return joined
