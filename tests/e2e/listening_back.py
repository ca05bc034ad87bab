"""Hears how far the recorded sound of a report has been played."""

import asyncio

from playwright.async_api import Locator, Page

PLAYED_WITHIN_SEC = 30.0
PAST = """(sound, seconds) => new Promise((resolve) => {
    const look = () => {
        if (sound.paused || !(sound.currentTime > seconds)) return;
        sound.removeEventListener("timeupdate", look);
        resolve();
    };
    sound.addEventListener("timeupdate", look);
    look();
})"""


def recorded_sound(page: Page) -> Locator:
    return page.get_by_test_id("recording")


async def until_played_past(page: Page, seconds: float) -> None:
    """Not `wait_for_function`: it compiles its text in the page again and again, which the page's policy forbids."""
    async with asyncio.timeout(PLAYED_WITHIN_SEC):
        await recorded_sound(page).evaluate(PAST, seconds)
