"""Taking an interview in the browser: listens to what the page shows, and answers when it is asked."""

import asyncio
import re
import time
from collections.abc import Iterator
from uuid import uuid4

from playwright.async_api import Locator, Page, expect

from tests.e2e.visitor import Visitor
from tests.support.candidate import Clip, ClipLibrary
from tests.support.to_the_point import ANSWERABLE, answers_to

REPORT = re.compile(r"/attempts/[0-9a-f-]+/report")
SETTLED_SEC = 0.8
"""Listening for this long: the interviewer has finished, and isn't between two sentences."""
TURN_LIMIT_SEC = 45.0
POLL_SEC = 0.1
VOICE = "am_michael"


def state_of(page: Page) -> Locator:
    return page.get_by_test_id("interviewer-state")


def progress_of(page: Page) -> Locator:
    return page.get_by_test_id("progress")


async def _text(locator: Locator) -> str:
    return " ".join(await locator.all_inner_texts())


async def until_asked(page: Page) -> bool:
    """True once the interviewer has spoken and waits for an answer; False when the interview has ended instead."""
    limit = time.monotonic() + TURN_LIMIT_SEC
    listening_since: float | None = None
    while time.monotonic() < limit:
        if REPORT.search(page.url) or "report" in await _text(state_of(page)):
            return False
        now = time.monotonic()
        listening_since = (listening_since or now) if "Listening" in await _text(state_of(page)) else None
        if listening_since is not None and now - listening_since >= SETTLED_SEC:
            return True
        await asyncio.sleep(POLL_SEC)
    raise AssertionError(f"the page still shows {await _text(state_of(page))!r} after {TURN_LIMIT_SEC} s")


async def until_greeted(page: Page) -> None:
    """Before its first words the interviewer listens as well: an answer then would cut into the greeting."""
    await expect(state_of(page)).to_have_text("Speaking", timeout=TURN_LIMIT_SEC * 1000)


async def until_heard(page: Page) -> None:
    """The interviewer has taken the turn: it thinks or speaks, or the interview is over."""
    limit = time.monotonic() + TURN_LIMIT_SEC
    while time.monotonic() < limit:
        if REPORT.search(page.url) or "Listening" not in await _text(state_of(page)):
            return
        await asyncio.sleep(POLL_SEC)
    raise AssertionError("the interviewer never answered")


async def answer_once(visitor: Visitor, clip: Clip) -> bool:
    """One turn of ours. False when there was nothing more to answer."""
    if not await until_asked(visitor.page):
        return False
    await visitor.say(clip)
    await until_heard(visitor.page)
    return True


async def answer_to_the_end(visitor: Visitor, answers: Iterator[Clip]) -> int:
    turns = 0
    while await answer_once(visitor, next(answers)):
        turns += 1
    return turns


async def to_the_first_question(visitor: Visitor, clips: ClipLibrary) -> Clip:
    """Returns an answer to it."""
    page = visitor.page
    await visitor.sign_up(f"visitor-{uuid4().hex[:12]}@example.org", "Ada Example")
    role, level, technology = ANSWERABLE
    await visitor.set_up_interview(role, [technology], questions=1, kind="Technical", level=level.capitalize())
    questions = await visitor.to_microphone_check()
    await visitor.check_microphone(clips.get("ready", VOICE))
    await visitor.start_interview()
    await until_greeted(page)
    assert await answer_once(visitor, clips.get("ready", VOICE))
    await expect(progress_of(page)).to_have_text("Question 1 of 1", timeout=20_000)
    assert await until_asked(page)
    return next(answers_to(questions[0], clips))
