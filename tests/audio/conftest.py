"""One running stack for all room tests: the real parts, a scripted model, short waits."""

from collections.abc import Generator

import pytest

from tests.audio.scenes import Playing, Stage, wanted_scenes
from tests.fakes.llm_server import ScriptedLlm, scripted_llm
from tests.support.candidate import ClipLibrary
from tests.support.stack import Stack, running_stack, scripted_model

ABSENCE_SEC = 6.0
SILENCE_SEC = 4.0
SETTINGS = {
    "ABSENCE_TIMEOUT_SEC": str(ABSENCE_SEC),
    "SILENCE_REPHRASE_SEC": str(SILENCE_SEC),
    "SILENCE_OFFER_SEC": str(SILENCE_SEC),
    "SILENCE_MOVE_ON_SEC": str(SILENCE_SEC),
    "WORKER_CAPACITY": "6",
    "ACKNOWLEDGE_READY_SHARE": "1",
}
"""Waits longer than a candidate of these tests ever makes, and shorter than a person would want. More places than
are needed: a job that has ended takes up to 15 s to be gone, and LiveKit doesn't ask again for a job without metadata
that found no place."""


@pytest.fixture(scope="session")
def llm() -> Generator[ScriptedLlm]:
    """The model that the stack asks."""
    with scripted_llm() as running:
        yield running


@pytest.fixture(scope="session")
def stack(llm: ScriptedLlm, tmp_path_factory: pytest.TempPathFactory) -> Generator[Stack]:
    with running_stack(tmp_path_factory.mktemp("data"), {**scripted_model(llm.base_url), **SETTINGS}) as running:
        yield running


@pytest.fixture(scope="session")
def playing(
    request: pytest.FixtureRequest, stack: Stack, llm: ScriptedLlm, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Playing]:
    stage = Stage(stack, ClipLibrary(), llm, tmp_path_factory.mktemp("recordings"))
    with Playing().running(stage, wanted_scenes(request.session.items)) as under_way:
        yield under_way


@pytest.fixture(scope="session")
def scenes_are_over(request: pytest.FixtureRequest) -> None:
    """Nothing else talks on this machine: for what measures time, or makes the network bad."""
    if wanted_scenes(request.session.items):
        playing: Playing = request.getfixturevalue("playing")
        playing.wait_until_over()
