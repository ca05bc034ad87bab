"""Listening back in the report, where the sound was kept."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Locator, Page, Playwright, expect

from tests.e2e.canned_api import BASE_URL, REPORT_PATH, CannedApi
from tests.e2e.canned_recording import OFFSET_MS, RecordedApi
from tests.e2e.canned_report import INDEX_SEQ, TALK
from tests.e2e.listening_back import recorded_sound, until_played_past
from tests.e2e.screens import DESKTOP, PHONE, Screen
from tests.e2e.visitor import Visitor, visiting

pytestmark = pytest.mark.e2e
on_both_screens = pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=lambda screen: screen.name)
PLAY = re.compile(r"^Play what was said at")


@asynccontextmanager
async def reading(
    playwright: Playwright, api: CannedApi, screen: Screen, *, script: str = ""
) -> AsyncGenerator[Visitor]:
    async with visiting(playwright, BASE_URL, screen) as visitor:
        await visitor.page.add_init_script(script)
        await visitor.page.context.route("**/*", api.answer)
        await visitor.go(REPORT_PATH)
        await expect(visitor.page.get_by_role("heading", name="By category")).to_be_visible()
        yield visitor


def play_buttons(page: Page) -> Locator:
    return page.get_by_role("button", name=PLAY)


@on_both_screens
async def test_a_turn_is_played_from_its_beginning_to_its_end(screen: Screen, playwright: Playwright):
    async with reading(playwright, RecordedApi(), screen) as visitor:
        page = visitor.page
        await page.get_by_text("Transcript", exact=True).click()
        turn = next(one for one in TALK.turns if one.speaker == "candidate")
        row = page.locator(f"#turn-{turn.seq}")
        await row.get_by_role("button", name=PLAY).click()
        starts_sec, ends_sec = (turn.started_ms - OFFSET_MS) / 1000, (turn.ended_ms - OFFSET_MS) / 1000
        await until_played_past(page, starts_sec + 0.2)
        assert await recorded_sound(page).evaluate("(sound) => sound.currentTime") < ends_sec + 2
        await expect(row.get_by_role("button", name=PLAY)).to_be_visible()
        assert await recorded_sound(page).evaluate("(sound) => sound.paused")
        assert ends_sec <= await recorded_sound(page).evaluate("(sound) => sound.currentTime") < ends_sec + 1.5
        await visitor.look("transcript-with-sound")
        assert visitor.errors == []


async def test_a_quote_is_played_at_its_moment_and_another_stops_it(playwright: Playwright):
    async with reading(playwright, RecordedApi(), DESKTOP) as visitor:
        page = visitor.page
        one = page.get_by_role("blockquote").filter(has_text="because the database doesn't have to scan").first
        another = page.get_by_role("blockquote").filter(has_text="so the second one waits").first
        await expect(one).to_be_visible()
        await visitor.look("report-with-sound")
        await one.get_by_role("button", name=PLAY).click()
        await expect(one.get_by_role("button", name="Stop playing")).to_be_visible()
        await until_played_past(page, 0)
        first = await recorded_sound(page).evaluate("(sound) => sound.currentTime")
        turn = next(one for one in TALK.turns if one.seq == INDEX_SEQ)
        assert first >= (turn.started_ms - OFFSET_MS) / 1000
        await another.get_by_role("button", name=PLAY).click()
        await expect(one.get_by_role("button", name=PLAY)).to_be_visible()
        await until_played_past(page, first + 5)
        await another.get_by_role("button", name="Stop playing").click()
        assert await recorded_sound(page).evaluate("(sound) => sound.paused")
        assert visitor.errors == []


async def test_a_session_that_is_too_old_is_renewed_once(playwright: Playwright):
    api = RecordedApi()
    async with reading(playwright, api, DESKTOP) as visitor:
        page = visitor.page
        api.refusals_left = 1
        await play_buttons(page).first.click()
        await until_played_past(page, 0)
        await page.get_by_role("button", name="Stop playing").first.click()
        await page.reload()
        api.refusals_left = 10
        await play_buttons(page).first.click()
        await expect(page.get_by_role("alert")).to_contain_text("couldn't be played")


@on_both_screens
async def test_what_is_deleted_can_be_played_no_more(screen: Screen, playwright: Playwright):
    api = RecordedApi()
    async with reading(playwright, api, screen) as visitor:
        page = visitor.page
        await expect(play_buttons(page).first).to_be_visible()
        remove = page.get_by_role("main").get_by_role("button", name="Delete the recording")
        await remove.click()
        dialog = page.get_by_role("dialog")
        await expect(dialog).to_contain_text("The transcript and the report stay.")
        await dialog.get_by_role("button", name="Keep it").click()
        await expect(dialog).to_be_hidden()
        assert not api.deleted
        await remove.click()
        await dialog.get_by_role("button", name="Delete the recording").click()
        await expect(page.get_by_text("The recording was deleted on")).to_be_visible()
        await expect(play_buttons(page)).to_have_count(0)
        await expect(remove).to_have_count(0)
        await expect(dialog).to_be_hidden()
        await visitor.look("recording-deleted")
        assert visitor.errors == []


async def test_a_browser_that_cannot_play_it_says_why(playwright: Playwright):
    old_safari = "HTMLMediaElement.prototype.canPlayType = () => ''"
    async with reading(playwright, RecordedApi(), DESKTOP, script=old_safari) as visitor:
        await expect(visitor.page.get_by_text("Safari knows since iOS 18.4")).to_be_visible()
        await expect(play_buttons(visitor.page)).to_have_count(0)


async def test_without_consent_there_is_nothing_of_it(playwright: Playwright):
    async with reading(playwright, CannedApi("on_device"), DESKTOP) as visitor:
        await expect(visitor.page.get_by_role("heading", name="Recording")).to_have_count(0)
        await expect(play_buttons(visitor.page)).to_have_count(0)
        assert visitor.errors == []
