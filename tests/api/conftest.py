"""The token server over the fakes. tests/api/support.py says what is in a world."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from tests.api.support import Person, World, make_settings, open_world, sign_up
from token_server.settings import TokenServerSettings


@pytest.fixture(autouse=True)
def _quiet_logs() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]
    with structlog.testing.capture_logs():
        yield


@pytest.fixture
def settings(tmp_path: Path) -> TokenServerSettings:
    return make_settings(page_dir=tmp_path / "dist", mock_interview_data_dir=tmp_path / "data")


@pytest.fixture
async def world(settings: TokenServerSettings) -> AsyncIterator[World]:
    async with open_world(settings) as made:
        yield made


@pytest.fixture
async def ada(world: World) -> Person:
    return await sign_up(world, "Ada")


@pytest.fixture
async def eve(world: World) -> Person:
    """Somebody else."""
    return await sign_up(world, "Eve")


@pytest.fixture
async def live(world: World, ada: Person) -> str:
    """An attempt that goes on, candidate and interviewer in the room."""
    attempt_id = (await ada.start())["attempt"]["id"]
    await world.go_live(attempt_id)
    return attempt_id


@pytest.fixture
async def running(world: World) -> AsyncIterator[None]:
    task = asyncio.create_task(world.services.sweep.run())
    yield
    assert not task.done(), "the sweep has died"
    task.cancel()
