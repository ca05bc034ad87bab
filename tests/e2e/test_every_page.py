"""Every page at both sizes in both themes: nobody is shut out, nothing is too wide, a picture is kept."""

import pytest
from playwright.async_api import Playwright, expect

from tests.e2e.canned_api import BASE_URL, REPORT_PATH
from tests.e2e.canned_growth import FIRST, SECOND
from tests.e2e.canned_report import INTERVIEW
from tests.e2e.canned_site import OPEN_ATTEMPT, SETUP, CannedSite
from tests.e2e.screens import DESKTOP, EVERY_SCREEN, Screen
from tests.e2e.visitor import Visitor, visiting

pytestmark = pytest.mark.e2e
on_every_screen = pytest.mark.parametrize("screen", EVERY_SCREEN, ids=lambda screen: screen.name)
OUTSIDE = [
    ("landing", "/"),
    ("sign-in", "/sign-in"),
    ("sign-up", "/sign-up"),
    ("reset-password", "/reset-password"),
    ("privacy", "/privacy"),
    ("not-found", "/nowhere"),
]
INSIDE = [
    ("home", "/interviews"),
    ("new-interview", "/interviews/new"),
    ("set-up", f"/setup/{SETUP}"),
    ("prepare", f"/interviews/{INTERVIEW}/start"),
    ("adjust", f"/interviews/{INTERVIEW}/adjust"),
    ("room", f"/attempts/{OPEN_ATTEMPT}"),
    ("report", REPORT_PATH),
    ("transcript", f"{REPORT_PATH}?view=transcript"),
    ("compare", f"/interviews/{INTERVIEW}/compare?from={FIRST}&to={SECOND}"),
    ("progress", "/progress"),
    ("account", "/account"),
]


async def look_at_each(visitor: Visitor, pages: list[tuple[str, str]]) -> None:
    for name, path in pages:
        await visitor.go(path)
        await expect(visitor.page.get_by_role("heading", level=1)).to_have_count(1)
        await expect(visitor.page.get_by_role("status", name="Loading")).to_have_count(0)
        await visitor.look(f"page-{name}")


@on_every_screen
async def test_every_page_before_signing_in_is_fit_to_be_seen(screen: Screen, playwright: Playwright):
    async with visiting(playwright, BASE_URL, screen) as visitor:
        await visitor.page.context.route("**/*", CannedSite(signed_in=False).answer)
        await look_at_each(visitor, OUTSIDE)
        assert visitor.errors == []
        assert visitor.refused == [], "nobody being signed in is no error in the console"


@on_every_screen
async def test_every_page_of_a_person_is_fit_to_be_seen(screen: Screen, playwright: Playwright):
    async with visiting(playwright, BASE_URL, screen) as visitor:
        site = CannedSite()
        await visitor.page.context.route("**/*", site.answer)
        await look_at_each(visitor, INSIDE)
        site.items.clear()
        await look_at_each(visitor, [("home-empty", "/interviews")])
        assert visitor.errors == []


async def test_why_nobody_talks_stands_level_with_the_draft_beside_it(playwright: Playwright):
    async with visiting(playwright, BASE_URL, DESKTOP) as visitor:
        page = visitor.page
        await page.context.route("**/*", CannedSite().answer)
        over = {"title": "", "status": 409, "code": "setup_over"}
        await page.context.route("**/connection", lambda route: route.fulfill(status=409, json=over))
        await visitor.go(f"/setup/{SETUP}")
        notice = page.get_by_role("region", name="Conversation").get_by_role("status")
        await expect(notice).to_be_visible()
        beside, draft = await notice.bounding_box(), await page.get_by_role("main").bounding_box()
        assert beside
        assert draft
        assert beside["y"] == draft["y"]
        await visitor.look("set-up-at-a-standstill")
