"""The real stack with the built page, and a browser."""

from collections.abc import AsyncGenerator, Generator

import pytest
from playwright.async_api import Playwright, async_playwright

from tests.e2e.screens import ROOT
from tests.fakes.llm_server import scripted_llm
from tests.support.candidate import ClipLibrary
from tests.support.stack import Stack, running_stack, scripted_model

WAITS_FOR_WHO_LEFT = {"ABSENCE_TIMEOUT_SEC": "45"}
"""Each test leaves rooms behind, whose places the next ones need."""
BUILT_PAGE = ROOT / "token_server" / "web" / "dist" / "index.html"


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Generator[Stack]:
    if not BUILT_PAGE.is_file():
        pytest.fail("the page isn't built: run `npm ci --ignore-scripts && npm run build` in token_server/web")
    with (
        scripted_llm() as llm,
        running_stack(
            tmp_path_factory.mktemp("data"), {**scripted_model(llm.base_url), **WAITS_FOR_WHO_LEFT}
        ) as running,
    ):
        yield running


@pytest.fixture(scope="session")
def clips() -> ClipLibrary:
    return ClipLibrary()


@pytest.fixture
async def playwright() -> AsyncGenerator[Playwright]:
    async with async_playwright() as started:
        yield started
