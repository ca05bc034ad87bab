"""The token server over the fakes. tests/api/support.py says what is in a world."""

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
