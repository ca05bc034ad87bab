"""The list of interviews: found, narrowed, sorted, taken again, deleted and kept after all."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Page, Playwright, expect

from tests.e2e.canned_api import BASE_URL
from tests.e2e.canned_report import INTERVIEW
from tests.e2e.canned_site import CannedSite
from tests.e2e.screens import DESKTOP, PHONE, Screen
from tests.e2e.visitor import Visitor, visiting

pytestmark = pytest.mark.e2e
on_both_screens = pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=lambda screen: screen.name)
UNDO_MS = 8_000
ANIMATED_MS = 500
"""Menus and messages have come or gone."""
WATCH_FILTERS = """() => {
    const filters = document.querySelector("section[aria-label='Narrow the list']");
    window.__filtersWent = !filters;
    new MutationObserver(() => { window.__filtersWent ||= !filters.isConnected; })
        .observe(document.body, { childList: true, subtree: true });
}"""


@asynccontextmanager
async def at_home(playwright: Playwright, site: CannedSite, screen: Screen) -> AsyncGenerator[Visitor]:
    async with visiting(playwright, BASE_URL, screen) as visitor:
        await visitor.page.context.route("**/*", site.answer)
        await visitor.page.clock.install()
        await visitor.go("/interviews")
        await expect(visitor.page.get_by_role("heading", name="Your interviews")).to_be_visible()
        yield visitor


@on_both_screens
async def test_the_list_is_searched_narrowed_and_sorted_by_the_service(screen: Screen, playwright: Playwright):
    site = CannedSite()
    async with at_home(playwright, site, screen) as visitor:
        page = visitor.page
        cards = page.get_by_role("article")
        await expect(cards).to_have_count(4)
        await expect(cards.first).to_contain_text(re.compile(r"64\s+last score.*64\s+best score", re.S))
        search = page.get_by_role("searchbox", name="Search")
        await search.fill("graphql ")
        await page.clock.run_for(1_000)
        await expect(cards).to_have_count(1)
        # A pause before the next word takes nothing of what is typed.
        await expect(search).to_have_value("graphql ")
        await expect(page.get_by_text("1 matches")).to_be_attached()
        await page.get_by_role("button", name="Clear the search").click()
        await page.clock.run_for(1_000)
        await expect(cards).to_have_count(4)

        if screen.is_phone:
            await page.get_by_role("button", name="Filter and sort").click()
        await page.get_by_label("Technology").select_option("Kubernetes")
        await expect(cards).to_have_count(1)
        await page.get_by_label("Sort by").select_option("Best score")
        await page.get_by_label("Level").select_option("Junior")
        await expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()
        await visitor.look("home-nothing-matches")
        assert site.asked[-1] == {"level": ["junior"], "technology": ["Kubernetes"], "sort": ["best"], "limit": ["20"]}
        assert page.url.endswith("?technology=Kubernetes&sort=best&level=junior")
        await page.reload()
        await expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()
        await page.evaluate(WATCH_FILTERS)
        await page.get_by_role("button", name="Clear filters").click()
        await expect(cards).to_have_count(4)
        assert not await page.evaluate("window.__filtersWent"), "an empty list of another choice is no empty home"
        assert visitor.errors == []


@on_both_screens
async def test_a_deleted_interview_can_be_kept_for_eight_seconds(screen: Screen, playwright: Playwright):
    site = CannedSite()
    async with at_home(playwright, site, screen) as visitor:
        page = visitor.page
        cards = page.get_by_role("article")
        # Time stands still but for what the test lets pass: a slow machine takes nobody's eight seconds.
        await page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
        await delete_the_first(page)
        await expect(cards).to_have_count(3)
        await page.clock.run_for(UNDO_MS - 2 * ANIMATED_MS)
        await page.get_by_role("button", name="Keep it").click()
        await page.clock.run_for(ANIMATED_MS)
        await expect(cards).to_have_count(4)
        await page.clock.run_for(2 * UNDO_MS)
        assert site.deleted == []

        await delete_the_first(page)
        await page.clock.run_for(UNDO_MS)
        await page.clock.resume()
        await expect(page.get_by_role("button", name="Keep it")).to_have_count(0)
        await expect(cards).to_have_count(3)
        assert site.deleted == [INTERVIEW]
        assert visitor.errors == []


async def delete_the_first(page: Page) -> None:
    await page.get_by_role("button", name=re.compile("^More for Backend engineer")).click()
    await page.clock.run_for(ANIMATED_MS)
    await page.get_by_role("menuitem", name="Delete").click()
    await page.clock.run_for(ANIMATED_MS)


@on_both_screens
async def test_an_interview_is_taken_again_in_three_ways(screen: Screen, playwright: Playwright):
    async with at_home(playwright, CannedSite(), screen) as visitor:
        page = visitor.page
        menu = page.get_by_role("button", name=re.compile("^More for Backend engineer"))
        await menu.click()
        await expect(page.get_by_role("menuitem", name="The same questions")).to_have_attribute(
            "href", f"/interviews/{INTERVIEW}/start"
        )
        await expect(page.get_by_role("menuitem", name="Fresh questions")).to_have_attribute(
            "href", f"/interviews/{INTERVIEW}/start?questions=fresh"
        )
        await visitor.look("home-menu")
        await page.get_by_role("menuitem", name="Change it first").click()
        await expect(page.get_by_role("heading", name="Adjust and retake")).to_be_visible()
        await expect(page.get_by_label("Role")).to_have_value("Backend engineer")
        await visitor.look("adjust")
        await page.get_by_text("Senior", exact=True).click()
        async with page.expect_request(lambda request: request.method == "PATCH") as changed:
            await page.get_by_role("button", name="Adjust and go on").click()
        sent = (await changed.value).post_data_json
        assert sent is not None
        assert sent["level"] == "senior"
        await expect(page.get_by_role("heading", name="Before you start")).to_be_visible()
        assert visitor.errors == []
