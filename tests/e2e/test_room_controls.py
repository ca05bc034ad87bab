"""What one can press in the room, by hand and by key, and what happens when the microphone is lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Playwright, expect

from tests.e2e.canned_api import BASE_URL
from tests.e2e.canned_site import OPEN_ATTEMPT, CannedSite
from tests.e2e.in_the_room import REPORT, VOICE, state_of, to_the_first_question, until_asked, until_heard
from tests.e2e.screens import DESKTOP, EVERY_SCREEN, PHONE, Screen
from tests.e2e.visitor import Visitor, visiting
from tests.support.candidate import ClipLibrary
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
MEASURED_MS = 30_000
"""LiveKit's server tells of the connection's quality every few seconds."""


async def look_in_every_theme(visitor: Visitor, name: str) -> None:
    """One room, seen as on each screen: an interview for each would take minutes."""
    page, before = visitor.page, visitor.screen
    for screen in EVERY_SCREEN:
        await page.set_viewport_size(screen.viewport)
        await page.emulate_media(color_scheme=screen.color_scheme)
        visitor.screen = screen
        await visitor.look(name)
    visitor.screen = before
    await page.set_viewport_size(before.viewport)
    await page.emulate_media(color_scheme=before.color_scheme)


async def test_the_room_is_steered_by_hand_and_by_key(stack: Stack, clips: ClipLibrary, playwright: Playwright):
    async with visiting(playwright, stack.base_url, DESKTOP) as visitor:
        page = visitor.page
        answer = await to_the_first_question(visitor, clips)
        await expect(page.get_by_test_id("connection-quality")).to_have_text(
            re.compile("good|fair"), timeout=MEASURED_MS
        )
        await expect(page).to_have_title(re.compile("^Your turn · Interview"))
        await look_in_every_theme(visitor, "room-asked")

        # Muted, nothing that is said arrives.
        lines = page.locator("[role=log] [data-speaker=candidate]")
        before = await lines.count()
        await page.keyboard.press("m")
        # Looking took longer than the interviewer waits on a slow machine: it says its part first.
        await expect(state_of(page)).to_have_text("Your microphone is muted", timeout=20_000)
        await expect(page).to_have_title(re.compile("^Muted"))
        await visitor.say(clips.get("ready", VOICE))
        assert await lines.count() == before
        await page.reload()
        await expect(page.get_by_role("log", name="Captions")).to_contain_text("Ada")
        await expect(state_of(page)).to_have_text("Your microphone is muted", timeout=20_000)
        before = await lines.count()
        await visitor.say(clips.get("ready", VOICE))
        assert await lines.count() == before
        await page.get_by_role("button", name="Unmute").click()
        await expect(state_of(page)).to_have_text("Listening", timeout=20_000)

        await page.keyboard.press("r")
        await expect(page.get_by_text("Asked to repeat the question.")).to_be_visible()
        await expect(state_of(page)).to_have_text("Speaking", timeout=15_000)
        assert await until_asked(page)
        await page.get_by_role("button", name="Hint", exact=True).click()
        await expect(page.get_by_text("Asked for a hint.")).to_be_visible()
        await expect(state_of(page)).to_have_text("Speaking", timeout=15_000)
        assert await until_asked(page)

        await page.keyboard.press("c")
        await expect(page.get_by_role("log", name="Captions")).to_be_hidden()
        await page.keyboard.press("c")
        await expect(page.get_by_role("log", name="Captions")).to_be_visible()
        await shortcuts_are_listed_and_can_be_switched_off(visitor)

        await visitor.say(answer)
        await until_heard(page)
        await page.get_by_role("button", name="End", exact=True).click()
        await page.keyboard.press("s")
        await expect(page.get_by_text("Asked to skip")).to_have_count(0)
        await visitor.look("room-ending")
        await page.get_by_role("button", name="End and make my report").click()
        await page.wait_for_url(REPORT, timeout=30_000)
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert visitor.errors == []


async def shortcuts_are_listed_and_can_be_switched_off(visitor: Visitor) -> None:
    page = visitor.page
    await page.keyboard.press("Shift+?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    await expect(dialog.get_by_role("row", name=re.compile("^S Skip this question"))).to_be_visible()
    await visitor.look("room-shortcuts")
    switch = dialog.get_by_role("switch", name="Use these shortcuts")
    await switch.press("Space")
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await page.keyboard.press("m")
    await expect(page.get_by_role("button", name="Mute", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Keyboard shortcuts").click()
    await switch.press("Space")
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()


@pytest.mark.parametrize("screen", [PHONE], ids=lambda screen: screen.name)
async def test_a_microphone_that_was_pulled_out_is_told_of_and_taken_up_again(
    screen: Screen, stack: Stack, clips: ClipLibrary, playwright: Playwright
):
    async with visiting(playwright, stack.base_url, screen) as visitor:
        page = visitor.page
        answer = await to_the_first_question(visitor, clips)
        await page.evaluate("window.__pullOut()")
        await expect(page.get_by_role("alert")).to_contain_text("Your microphone stopped")
        await expect(page).to_have_title(re.compile("^Microphone lost"))
        await visitor.look("room-microphone-lost")
        await page.evaluate("window.__plugIn()")
        await page.get_by_role("button", name="Use microphone again").click()
        await expect(page.get_by_role("alert")).to_have_count(0)
        await expect(state_of(page)).to_have_text(re.compile("Listening|Speaking|Thinking"))
        assert await until_asked(page)
        await visitor.say(answer)
        await until_heard(page)
        heard = page.locator("[role=log] [data-speaker=candidate]").last
        await expect(heard).to_contain_text(re.compile(r"\w{3,}"), timeout=20_000)
        assert visitor.errors == []


async def test_the_elapsed_time_is_right_where_the_browsers_clock_is_wrong(playwright: Playwright):
    async with visiting(playwright, BASE_URL, DESKTOP) as visitor:
        page = visitor.page
        await page.context.route("**/*", CannedSite().answer)
        await page.clock.install(time=datetime.now(UTC) + timedelta(hours=2))
        await visitor.go(f"/attempts/{OPEN_ATTEMPT}")
        # It began four minutes ago; an answer tells the time to the second.
        await expect(page.get_by_role("timer")).to_have_text(re.compile(r"^(3:5\d|4:\d\d)$"))
