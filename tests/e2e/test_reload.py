"""A reload in the middle of an answer: the page knows what was said, and the interviewer takes it up."""

import asyncio
import contextlib
import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.async_api import Error, Playwright, expect

from prompts.lines import load_lines
from tests.e2e.in_the_room import to_the_first_question, until_asked, until_heard
from tests.e2e.screens import DESKTOP
from tests.e2e.visitor import Visitor, visiting
from tests.support.candidate import ClipLibrary
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
SHOWN_MS = 20_000
HANG_OVER_MS = 1_000
"""The recogniser's first word may begin so much before the voice that is heard."""
WELCOME = re.compile("|".join(map(re.escape, load_lines().variants("resume_after_reconnect"))))


async def turns_of(visitor: Visitor) -> list[dict[str, Any]]:
    attempt_id = visitor.page.url.rsplit("/", 1)[-1]
    return (await (await visitor.asked(f"/api/attempts/{attempt_id}/turns?limit=100")).json())["items"]


async def test_who_reloads_in_mid_answer_is_welcomed_once_and_goes_on_with_it(
    stack: Stack, clips: ClipLibrary, playwright: Playwright
):
    async with visiting(playwright, stack.base_url, DESKTOP) as visitor:
        page = visitor.page
        answer = await to_the_first_question(visitor, clips)
        speaking = asyncio.create_task(visitor.say(answer))
        captions = page.get_by_role("log", name="Captions")
        being_said = captions.locator("[data-speaker=candidate][data-final=false]")
        await expect(being_said.last).to_contain_text(re.compile(r"\w+ \w+"), timeout=SHOWN_MS)
        await page.reload()
        with contextlib.suppress(Error):
            await speaking
        await expect(captions).to_contain_text(WELCOME, timeout=SHOWN_MS)
        assert await until_asked(page)

        turns = await turns_of(visitor)
        asked, half, welcome = turns[-3:]
        assert (asked["speaker"], half["speaker"], welcome["act"]) == ("interviewer", "candidate", "repeat")
        assert asked["ended_ms"] < half["started_ms"] + HANG_OVER_MS
        assert half["started_ms"] == pytest.approx(half["words"][0]["started_ms"], abs=1_000)
        assert half["ended_ms"] <= welcome["started_ms"]
        question = next(turn["text"] for turn in turns if turn["act"] == "question")
        assert question.endswith(WELCOME.sub("", welcome["text"]).strip())
        assert await captions.locator("[data-speaker] p > span").all_inner_texts() == [turn["text"] for turn in turns]
        speakers = await captions.locator("[data-speaker]").evaluate_all("all => all.map((one) => one.dataset.speaker)")
        assert all(one != other for one, other in pairwise(speakers)), "what one side says in a row is one block"
        await visitor.look("room-after-a-reload")

        await visitor.say(answer)
        await until_heard(page)
        rest = (await turns_of(visitor))[len(turns)]
        assert (rest["speaker"], rest["question_id"]) == ("candidate", half["question_id"])
        assert visitor.errors_but_for_a_full_house == []
