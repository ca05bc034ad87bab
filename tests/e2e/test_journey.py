"""From the first visit to the report, spoken, on the real stack."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.async_api import Playwright, expect

from tests.e2e.in_the_room import REPORT, answer_once, answer_to_the_end, progress_of, until_asked, until_greeted
from tests.e2e.listening_back import until_played_past
from tests.e2e.screens import DESKTOP, PHONE, Screen
from tests.e2e.visitor import Visitor, visiting
from tests.support.candidate import Clip, ClipLibrary
from tests.support.stack import Stack
from tests.support.to_the_point import ANSWERABLE, answers_to

pytestmark = pytest.mark.e2e
VOICE = "am_michael"
REPORT_LIMIT_MS = 90_000


def an_email() -> str:
    return f"visitor-{uuid4().hex[:12]}@example.org"


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=lambda screen: screen.name)
async def test_a_visitor_signs_up_talks_and_reads_the_report(
    screen: Screen, stack: Stack, clips: ClipLibrary, playwright: Playwright
):
    async with visiting(playwright, stack.base_url, screen) as visitor:
        page = visitor.page
        await look_around_signed_out(visitor)
        await visitor.sign_up(an_email(), "Ada Example")
        await visitor.look("no-interviews")

        role, level, technology = ANSWERABLE
        await visitor.set_up_interview(role, [technology], questions=2, kind="Technical", level=level.capitalize())
        await visitor.look("new-interview")
        questions = await visitor.to_microphone_check()
        answers = answers_to(questions[0], clips)
        await expect(page.get_by_role("button", name="Start the interview")).to_be_disabled()
        await visitor.look("before-the-check")
        await visitor.check_microphone(clips.get("ready", VOICE))
        await page.get_by_label("Record the sound").check()
        await visitor.look("microphone-works")
        await visitor.start_interview()

        await until_greeted(page)
        await expect(page.get_by_test_id("recording-mark")).to_be_visible()
        assert await answer_once(visitor, clips.get("ready", VOICE))
        await expect(progress_of(page)).to_have_text("Question 1 of 2", timeout=20_000)
        assert await until_asked(page)
        captions = page.get_by_role("log", name="Captions")
        await expect(captions).to_contain_text("Ada")
        await visitor.look("room")
        await leave_and_come_back(visitor)
        await go_through_the_questions(visitor, answers)

        await page.wait_for_url(REPORT, timeout=30_000)
        await expect(page.get_by_role("heading", name="By category")).to_be_visible(timeout=REPORT_LIMIT_MS)
        await expect(page.get_by_role("heading", name="How this is scored")).to_be_visible()
        await expect(page.get_by_role("heading", name="Who judged, and with what")).to_be_visible()
        await visitor.look("report")
        await page.get_by_text("Transcript", exact=True).click()
        await expect(page.get_by_role("listitem").filter(has_text="You").first).to_be_visible()
        await listen_back(visitor)
        await visitor.look("transcript")
        await correct_and_judge_again(visitor)

        await page.get_by_role("link", name="Interviews", exact=True).click()
        card = page.get_by_role("article")
        await expect(card).to_contain_text("Attempt 1")
        await expect(card.get_by_role("link", name="Retake")).to_be_visible()
        await visitor.look("interviews")
        await page.get_by_role("link", name="Progress", exact=True).click()
        await expect(page.get_by_role("heading", name="One report so far")).to_be_visible()
        assert visitor.errors == []


async def look_around_signed_out(visitor: Visitor) -> None:
    page = visitor.page
    await visitor.go("/")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await visitor.look("landing")
    await visitor.go("/sign-in")
    await page.get_by_label("E-mail").fill(an_email())
    await page.get_by_label("Password", exact=True).fill("not the password")
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("alert")).to_contain_text("don't match an account")
    await visitor.look("sign-in")
    await visitor.go("/sign-up")
    await page.get_by_role("button", name="Create account").click()
    await expect(page.get_by_text("Please fill this in.")).to_have_count(2)
    await visitor.look("sign-up")
    await page.get_by_label("E-mail").fill("ada at example")
    await page.get_by_role("button", name="Create account").click()
    await expect(page.get_by_text("That doesn't look like an e-mail address.")).to_be_visible()


async def leave_and_come_back(visitor: Visitor) -> None:
    """A reload in mid-interview: the same question stands, and what was said is still there."""
    page = visitor.page
    await page.reload()
    await expect(progress_of(page)).to_have_text("Question 1 of 2", timeout=20_000)
    await expect(page.get_by_role("log", name="Captions")).to_contain_text("Ada")


async def go_through_the_questions(visitor: Visitor, answers: Iterator[Clip]) -> None:
    """The first is answered with its follow-ups, the second is skipped with the button."""
    page = visitor.page
    while "Question 1" in await progress_of(page).inner_text():
        assert await answer_once(visitor, next(answers))
    await expect(progress_of(page)).to_have_text("Question 2 of 2", timeout=20_000)
    assert await until_asked(page)
    await page.get_by_role("button", name="Skip").click()
    await expect(page.get_by_text("Asked to skip this question.")).to_be_visible()
    await answer_to_the_end(visitor, answers)


async def listen_back(visitor: Visitor) -> None:
    """The sound that was agreed to is heard beside the first words that were said."""
    page = visitor.page
    await page.get_by_role("button", name="Play what was said at").first.click(timeout=30_000)
    await until_played_past(page, 0.5)
    await page.get_by_role("button", name="Stop playing").click()


async def correct_and_judge_again(visitor: Visitor) -> None:
    """What was recognised is put right, and a second report stands beside the first."""
    page = visitor.page
    await page.get_by_role("button", name="I said …").first.click()
    await page.get_by_role("textbox", name="What you said").fill("I am ready to begin.")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("listitem").filter(has_text="Recognised as")).to_contain_text("I am ready to begin.")
    await page.get_by_role("button", name="Make the report again").click()
    await expect(page.get_by_role("heading", name="By category")).to_be_visible(timeout=REPORT_LIMIT_MS)
    await expect(page.get_by_label("Version of the report")).to_contain_text("Report 2 of 2")
    await expect(page.get_by_role("button", name="Make the report again")).to_be_hidden()


async def test_a_second_tab_takes_over_and_ending_without_an_answer_gives_no_score(
    stack: Stack, clips: ClipLibrary, playwright: Playwright
):
    async with visiting(playwright, stack.base_url, DESKTOP) as first:
        await first.sign_up(an_email(), "Grace Example")
        await first.set_up_interview("Product manager", [], questions=1)
        await first.to_microphone_check()
        await first.check_microphone(clips.get("ready", VOICE))
        await first.start_interview()
        await until_greeted(first.page)

        second = await first.page.context.new_page()
        await second.goto(first.page.url)
        await expect(first.page.get_by_role("heading", name="Continued elsewhere")).to_be_visible(timeout=20_000)
        await expect(second.get_by_test_id("interviewer-state")).to_have_text(
            re.compile("Listening|Speaking|Thinking"), timeout=20_000
        )
        await second.get_by_role("button", name="End", exact=True).click()
        await second.get_by_role("button", name="End and make my report").click()
        await second.wait_for_url(REPORT, timeout=30_000)
        await expect(second.get_by_role("heading", name="There was too little to judge")).to_be_visible(
            timeout=REPORT_LIMIT_MS
        )
        await expect(second.get_by_test_id("overall-score")).to_have_count(0)
