"""Somebody who asked their system for less motion gets pages on which nothing moves by itself."""

import math

import pytest
from playwright.async_api import Playwright, expect

from tests.e2e.canned_api import BASE_URL
from tests.e2e.canned_site import OPEN_ATTEMPT, CannedSite
from tests.e2e.screens import DESKTOP
from tests.e2e.test_every_page import INSIDE, OUTSIDE
from tests.e2e.visitor import visiting

pytestmark = pytest.mark.e2e
LONGEST_MS = """Math.max(0, ...document.getAnimations().map(({ effect }) => {
    const { duration, iterations } = effect.getComputedTiming();
    return duration * iterations;
}))"""
NOTICEABLE_MS = 20
"""Two frames."""


@pytest.mark.parametrize("signed_in", [False, True], ids=["outside", "inside"])
async def test_nothing_moves_for_those_who_asked_for_less_motion(signed_in: bool, playwright: Playwright):
    async with visiting(playwright, BASE_URL, DESKTOP) as visitor:
        page = visitor.page
        await page.emulate_media(reduced_motion="reduce")
        await page.context.route("**/*", CannedSite(signed_in=signed_in).answer)
        for name, path in INSIDE if signed_in else OUTSIDE:
            await visitor.go(path)
            await expect(page.get_by_role("heading", level=1)).to_have_count(1)
            longest_ms = await page.evaluate(LONGEST_MS)
            assert longest_ms <= NOTICEABLE_MS, f"{name}: something moves for {longest_ms} ms"


async def test_the_room_shows_everybody_else_that_it_is_connecting(playwright: Playwright):
    async with visiting(playwright, BASE_URL, DESKTOP) as visitor:
        page = visitor.page
        await page.context.route("**/*", CannedSite().answer)
        await visitor.go(f"/attempts/{OPEN_ATTEMPT}")
        await expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert math.isinf(await page.evaluate(LONGEST_MS))
