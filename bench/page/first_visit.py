"""A first visit at a person's pace: from the address to the interviewer's first words.

The pace is that of the keystroke-level model (Card, Moran and Newell, 1980): an average typist's keystroke, and for
each thing that is clicked or filled in a moment to think, one to point and one to press. Reading isn't in it.
"""

import asyncio
import time

from playwright.async_api import Locator, expect

from tests.e2e.in_the_room import until_greeted
from tests.e2e.visitor import Visitor
from tests.support.candidate import Clip

KEYSTROKE_SEC = 0.28
THINK_SEC, POINT_SEC, PRESS_SEC = 1.35, 1.1, 0.1
NAME, EMAIL, PASSWORD, ROLE = "Ada Example", "first.visit@example.org", "correct horse", "Backend engineer"


async def first_visit_sec(visitor: Visitor, words: Clip) -> float:
    """Signs up, describes an interview by its role alone, lets the microphone be heard, and starts.

    Args:
        words: said at the microphone check.
    """
    page = visitor.page
    began = time.perf_counter()
    await visitor.go("/")
    await _click(page.get_by_role("link", name="Start practising").first)
    await _fill(page.get_by_label("Name"), NAME)
    await _fill(page.get_by_label("E-mail"), EMAIL)
    await _fill(page.get_by_label("Password", exact=True), PASSWORD)
    await _click(page.get_by_role("button", name="Create account"))
    await _click(page.get_by_role("link", name="New interview").first)
    await _fill(page.get_by_label("Role"), ROLE)
    await _click(page.get_by_role("button", name="Continue", exact=True))
    await _click(page.get_by_role("button", name="Check microphone"))
    await expect(page.get_by_role("meter", name="Microphone level")).to_be_visible()
    await visitor.say(words)
    await expect(page.get_by_text("We can hear you well.")).to_be_visible()
    await _click(page.get_by_role("button", name="Start the interview"))
    await until_greeted(page)
    return time.perf_counter() - began


async def _click(target: Locator) -> None:
    await expect(target).to_be_enabled()
    await asyncio.sleep(THINK_SEC + POINT_SEC + PRESS_SEC)
    await target.click()


async def _fill(field: Locator, text: str) -> None:
    await _click(field)
    await field.press_sequentially(text, delay=KEYSTROKE_SEC * 1000)
