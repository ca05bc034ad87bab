"""What is deleted is gone, however soon one leaves; what couldn't be deleted comes back, and it is said."""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Page, Playwright, expect

from tests.e2e.canned_api import BASE_URL
from tests.e2e.canned_site import SETUP, CannedSite
from tests.e2e.screens import DESKTOP
from tests.e2e.test_account import PASSWORD, sign_in
from tests.e2e.test_home import ANIMATED_MS, UNDO_MS, at_home, delete_the_first
from tests.e2e.visitor import visiting
from tests.support.client import eventually
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
AT_ONCE_SEC = 4.0
"""Long before the time for changing one's mind is over."""
REFUSED = "Something went wrong on our side."


async def reload_page(page: Page) -> None:
    await page.reload()


async def sign_out(page: Page) -> None:
    await page.get_by_role("button", name="Account of Ada Example").click()
    await page.get_by_role("menuitem", name="Sign out").click()
    await expect(page.get_by_role("link", name="Sign in")).to_be_visible()


@pytest.mark.parametrize("leave", [reload_page, sign_out])
async def test_a_deletion_is_made_however_soon_somebody_leaves(
    leave: Callable[[Page], Awaitable[None]], stack: Stack, playwright: Playwright
):
    async with visiting(playwright, stack.base_url, DESKTOP) as visitor:
        page = visitor.page
        email = f"visitor-{uuid4().hex[:12]}@example.org"
        await visitor.sign_up(email, "Ada Example")
        await visitor.set_up_interview("Nurse", [], questions=1)
        await visitor.to_microphone_check()
        await visitor.go("/interviews")
        await page.get_by_role("button", name=re.compile("^More for Nurse")).click()
        await page.get_by_role("menuitem", name="Delete").click()
        await expect(page.get_by_role("article")).to_have_count(0)
        await leave(page)
        if leave is sign_out:
            await visitor.go("/sign-in")
            await sign_in(page, email, PASSWORD)
            await expect(page.get_by_role("heading", name="Your interviews")).to_be_visible()

        async def stored() -> list[Any]:
            answer = await visitor.asked("/api/interviews")
            return (await answer.json())["items"]

        await eventually(stored, lambda items: items == [], AT_ONCE_SEC)
        assert visitor.errors == []


async def test_each_of_several_that_are_refused_comes_back(playwright: Playwright):
    site = CannedSite()
    site.refusals = {item.id: "internal_error" for item in site.items}
    async with at_home(playwright, site, DESKTOP) as visitor:
        page = visitor.page
        await page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
        await delete_the_first(page)
        await page.get_by_role("button", name=re.compile("^More for Product manager")).click()
        await page.clock.run_for(ANIMATED_MS)
        await page.get_by_role("menuitem", name="Delete").click()
        await expect(page.get_by_role("article")).to_have_count(2)
        await page.clock.run_for(UNDO_MS)
        await page.clock.resume()
        await expect(page.get_by_text(REFUSED)).to_have_count(2)
        await expect(page.get_by_role("article")).to_have_count(4)
        assert visitor.errors == []


async def test_a_draft_whose_deletion_is_refused_comes_back(playwright: Playwright):
    site = CannedSite()
    site.refusals = {SETUP: "internal_error"}
    async with visiting(playwright, BASE_URL, DESKTOP) as visitor:
        page = visitor.page
        await page.context.route("**/*", site.answer)
        await visitor.go("/interviews/new")
        await page.get_by_role("button", name="Delete the draft for Site reliability engineer").click()
        await expect(page.get_by_text(REFUSED)).to_be_visible()
        await expect(page.get_by_role("link", name="Go on with Site reliability engineer")).to_be_visible()
        assert visitor.errors == []
