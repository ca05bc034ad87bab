"""The line to the room breaks while the page is open: it says so, and goes on by itself when the line is back."""

import pytest
from playwright.async_api import Playwright, expect

from tests.e2e.in_the_room import to_the_first_question, until_asked, until_heard
from tests.e2e.screens import DESKTOP
from tests.e2e.visitor import visiting
from tests.support.candidate import ClipLibrary
from tests.support.processes import standing_still
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
NOTICED_MS = 40_000
BACK_MS = 60_000


async def test_a_lost_connection_is_told_of_and_the_interview_goes_on_when_it_is_back(
    stack: Stack, clips: ClipLibrary, playwright: Playwright
):
    async with visiting(playwright, stack.base_url, DESKTOP) as visitor:
        page = visitor.page
        answer = await to_the_first_question(visitor, clips)
        told = page.get_by_text("Connection lost. Reconnecting…")
        with standing_still([stack.embedded.supervisor.states()["livekit-server"].pid]):
            await expect(told.first).to_be_visible(timeout=NOTICED_MS)
            await expect(page.get_by_role("button", name="Repeat")).to_be_disabled()
            await visitor.look("room-reconnecting")
        await expect(told).to_have_count(0, timeout=BACK_MS)
        assert await until_asked(page)
        lines = page.locator("[role=log] [data-speaker=candidate]")
        before = await lines.count()
        await visitor.say(answer)
        await until_heard(page)
        await expect(lines.nth(before)).to_be_visible(timeout=20_000)
