"""The laptop is closed in the middle of a question, and opened again: every process of the browser stands still, as
when a machine sleeps, without a word to anybody."""

import re
from typing import Any

import psutil
import pytest
from livekit import api
from playwright.async_api import Playwright, expect

from storage.models.room import attempt_room
from tests.e2e.in_the_room import REPORT, to_the_first_question, until_asked, until_heard
from tests.e2e.screens import DESKTOP
from tests.e2e.visitor import Visitor, visiting
from tests.support.candidate import ClipLibrary
from tests.support.client import eventually
from tests.support.processes import standing_still
from tests.support.stack import Stack
from tests.support.transcript import content_share

pytestmark = pytest.mark.e2e
GONE_SEC = 40.0
"""LiveKit holds a candidate for there while their line may still come back."""
BACK_SEC = 45.0


def pids_of_browser() -> list[int]:
    """Of this test's own processes, those that are Chromium's."""
    pids = [child.pid for child in psutil.Process().children(recursive=True) if "chrom" in child.name()]
    assert len(pids) > 2
    return pids


async def candidates_in(stack: Stack, room: str) -> int:
    access = stack.livekit
    async with api.LiveKitAPI(access.url, access.api_key, access.api_secret) as livekit:
        present = await livekit.room.list_participants(api.ListParticipantsRequest(room=room))
    return sum(person.kind == api.ParticipantInfo.Kind.STANDARD for person in present.participants)


async def turns_of(visitor: Visitor, attempt_id: str) -> list[dict[str, Any]]:
    return (await (await visitor.asked(f"/api/attempts/{attempt_id}/turns")).json())["items"]


async def question_of(visitor: Visitor, attempt_id: str) -> str:
    return (await (await visitor.asked(f"/api/attempts/{attempt_id}")).json())["questions"][0]["text"]


def is_asked_again(question: str, newest: dict[str, Any]) -> bool:
    return newest["act"] == "repeat" and content_share(question, newest["text"]) > 0.8


async def test_an_interview_goes_on_when_a_laptop_that_was_closed_is_opened(
    stack: Stack, clips: ClipLibrary, playwright: Playwright
):
    async with visiting(playwright, stack.base_url, DESKTOP) as visitor:
        page = visitor.page
        answer = await to_the_first_question(visitor, clips)
        attempt_id = page.url.rsplit("/", 1)[1]
        room = attempt_room(attempt_id)
        assert await candidates_in(stack, room) == 1
        question = await question_of(visitor, attempt_id)

        with standing_still(pids_of_browser()):
            await eventually(lambda: candidates_in(stack, room), lambda count: count == 0, GONE_SEC)
        await eventually(lambda: candidates_in(stack, room), lambda count: count == 1, BACK_SEC)
        turns = await eventually(
            lambda: turns_of(visitor, attempt_id), lambda turns: is_asked_again(question, turns[-1]), BACK_SEC
        )
        assert [turn["act"] for turn in turns].count("greeting") == 1
        assert await until_asked(page)
        await visitor.look("room-after-sleep")

        await visitor.say(answer)
        await until_heard(page)
        await expect(page.locator("[role=log] [data-speaker=candidate]").last).to_contain_text(
            re.compile(r"\w{3,}"), timeout=20_000
        )
        await page.get_by_role("button", name="End", exact=True).click()
        await page.get_by_role("button", name="End and make my report").click()
        await page.wait_for_url(REPORT, timeout=30_000)
        said = " ".join(turn["text"] for turn in await turns_of(visitor, attempt_id) if turn["speaker"] == "candidate")
        assert content_share(answer.text, said) >= 0.8
