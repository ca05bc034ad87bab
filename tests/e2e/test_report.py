"""The report by itself: everything it can show, corrections, and what it says when something fails."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Locator, Playwright, expect

from tests.e2e.canned_api import BASE_URL, REPORT_PATH, CannedApi
from tests.e2e.canned_report import DISAGREED, DISAGREED_SEQ, INDEX_SEQ, PARTS, SEAT_SEQ, Judge
from tests.e2e.screens import DESKTOP, PHONE, SCREENSHOTS, Screen
from tests.e2e.visitor import Visitor, visiting

pytestmark = pytest.mark.e2e
PRINTED = SCREENSHOTS / "report.pdf"
on_both_screens = pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=lambda screen: screen.name)


@asynccontextmanager
async def reading(playwright: Playwright, api: CannedApi, screen: Screen) -> AsyncGenerator[Visitor]:
    async with visiting(playwright, BASE_URL, screen) as visitor:
        await visitor.page.context.route("**/*", api.answer)
        await visitor.go(REPORT_PATH)
        await expect(visitor.page.get_by_role("heading", name="By category")).to_be_visible()
        yield visitor


async def unfold(visitor: Visitor) -> None:
    folded = visitor.page.locator("main button[aria-expanded=false]:visible:not([aria-haspopup])")
    while await folded.count():
        await folded.first.click()


@on_both_screens
@pytest.mark.parametrize("judge", ["on_device", "llm"])
async def test_a_report_shows_what_its_scores_stand_on(screen: Screen, judge: Judge, playwright: Playwright):
    async with reading(playwright, CannedApi(judge, doubt=judge == "on_device"), screen) as visitor:
        page = visitor.page
        main = page.get_by_role("main")
        await expect(page.get_by_test_id("overall-score")).to_contain_text("64 of 100, good")
        await expect(main).to_contain_text("Not enough evidence” isn't a bad result")
        await expect(main).to_contain_text("105 to 185 is easy to follow and costs nothing; yours is within it.")
        await visitor.look(f"report-{judge}")
        await unfold(visitor)
        await expect(main).to_contain_text("1 hint and 2 repeats. This costs nothing.")
        await expect(main).to_contain_text("Not judged: the recogniser was unsure of most words")
        await expect(main).to_contain_text("It sounds like a common misconception: check this.")
        if judge == "llm":
            await expect(main).to_contain_text("Level 4 of 5 · judgements, up to 6 points apart")
            await expect(main).to_contain_text("Two judges disagreed, so it counts in part.")
            await expect(main).to_contain_text("Judged by gpt-5-mini, 3 samples, with the fixed method in part")
            await expect(main).to_contain_text("The language model took too long.")
        else:
            await expect(main).to_contain_text("unsure of 31 % of your words")
            await expect(main).to_contain_text("We can't tell which way round you meant this. It costs nothing.")
            await expect(main).to_contain_text("This recogniser doesn't write fillers down.")
            await expect(main).to_contain_text("Judged by a fixed method, without a language model")
            await expect(main).to_contain_text("Fixed sentences, version 1")
        await expect(main).to_contain_text("Question bank, version 3")
        await expect(page.get_by_role("row", name=re.compile("^Technical knowledge"))).to_contain_text("30 %")
        await visitor.look(f"report-{judge}-unfolded")
        assert visitor.errors == []


@on_both_screens
async def test_a_quote_leads_to_the_turn_it_is_from(screen: Screen, playwright: Playwright):
    async with reading(playwright, CannedApi("on_device"), screen) as visitor:
        page = visitor.page
        await page.get_by_role("link", name="show in the transcript").first.click()
        turn = page.locator(f"#turn-{INDEX_SEQ}")
        await expect(turn).to_be_focused()
        await expect(turn).to_be_in_viewport()
        await page.go_back()
        await expect(page.get_by_role("heading", name="By category")).to_be_visible()
        assert visitor.errors == []


@on_both_screens
async def test_a_correction_is_saved_and_the_report_made_again(screen: Screen, playwright: Playwright):
    api = CannedApi("on_device", doubt=True)
    async with reading(playwright, api, screen) as visitor:
        page = visitor.page
        await page.get_by_role("link", name="Check the transcript").click()
        turn = page.locator(f"#turn-{DISAGREED_SEQ}")
        await expect(turn).to_contain_text("Check this")
        await turn.get_by_role("button", name="I said …").click()
        field = turn.get_by_role("textbox", name="What you said")
        await expect(field).to_be_focused()
        await expect(field).to_have_value(DISAGREED)
        await visitor.look("correcting")
        await field.press("Escape")
        await expect(turn.get_by_role("button", name="I said …")).to_be_focused()

        await page.keyboard.press("Enter")
        await field.fill("  We disagreed about\nRedis caching in our shop. ")
        await says_why_it_failed(api, turn, "/correction", None, "can't be reached", save="Save")
        await says_why_it_failed(api, turn, "/correction", "assessment_running", "being made right now", save="Save")
        await turn.get_by_role("button", name="Save").click()
        await expect(turn).to_contain_text("We disagreed about Redis caching in our shop.")
        await expect(turn).to_contain_text(f"Recognised as {DISAGREED}")
        await visitor.look("corrected")

        bar = page.get_by_text("You changed what was recognised")
        await expect(bar).to_be_visible()
        await turn.get_by_role("button", name="Take the correction back").click()
        await expect(turn).not_to_contain_text("Recognised as")
        await turn.get_by_role("button", name="I said …").click()
        await field.fill("We disagreed about Redis caching in our shop.")
        await turn.get_by_role("button", name="Save").click()
        again = "Make the report again"
        await says_why_it_failed(api, page.get_by_role("main"), "/feedback", None, "can't be reached", save=again)
        await page.get_by_role("button", name=again).click()
        await expect(page.get_by_role("heading", name="Making your report")).to_be_visible()
        await expect(page.get_by_role("main")).to_contain_text("1 turn was judged by what you say you said.")
        await expect(page.get_by_text("You changed what was recognised")).to_be_hidden()

        versions = page.get_by_label("Version of the report")
        await versions.select_option(label=await versions.locator("option").last.inner_text())
        await expect(page.get_by_role("main")).to_contain_text("You are reading an older report")
        await visitor.look("older-report")
        await page.get_by_role("button", name="Show the newest").click()
        await expect(page.get_by_role("main")).to_contain_text("1 turn was judged")
        assert [error for error in visitor.errors if "ERR_FAILED" not in error] == []


async def says_why_it_failed(
    api: CannedApi, place: Locator, path: str, code: str | None, why: str, *, save: str
) -> None:
    api.refusals[path] = code
    await place.get_by_role("button", name=save, exact=True).click()
    await expect(place.get_by_role("alert")).to_contain_text(why)
    del api.refusals[path]


@on_both_screens
async def test_on_paper_everything_is_unfolded_and_nothing_can_be_pressed(screen: Screen, playwright: Playwright):
    async with reading(playwright, CannedApi("llm"), screen) as visitor:
        page = visitor.page
        await page.emulate_media(media="print", color_scheme=screen.color_scheme)
        await expect(page.get_by_text("One way to say it").first).to_be_visible()
        await expect(page.get_by_text("What we don't know")).to_be_visible()
        await expect(page.get_by_text("Lock the row", exact=True)).to_be_visible()
        for name in ("Export", "Retake"):
            await expect(page.get_by_role("button", name=re.compile(name))).to_be_hidden()
        assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        await visitor.look("report-on-paper")
        PRINTED.parent.mkdir(parents=True, exist_ok=True)
        await page.pdf(path=PRINTED, format="A4")
        assert PRINTED.read_bytes().startswith(b"%PDF")


async def test_a_report_is_copied_as_markdown(playwright: Playwright):
    async with reading(playwright, CannedApi("llm"), DESKTOP) as visitor:
        page = visitor.page
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await page.get_by_role("button", name="Export").click()
        await visitor.look("report-export")
        await page.get_by_role("menuitem", name="Copy as Markdown").click()
        await expect(page.get_by_text("The report is in your clipboard")).to_be_visible()
        copied = await page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("# Backend engineer (PostgreSQL)\n\nAttempt 2 · ")
        assert "**Overall: 64 of 100 (good)**" in copied
        assert "**Working with others: Not enough evidence**" in copied
        assert "> “because the database doesn't have to scan every row” (0:16)" in copied
        assert "*Try:* Give one number" in copied
        assert "### 1. What does a database index do for you" in copied
        assert "- It takes disk space and memory (must): not heard\n" in copied
        pace = "- Pace: 141 words a minute. 105 to 185 is easy to follow and costs nothing; yours is within it."
        assert pace in copied
        assert visitor.errors == []


async def test_a_turn_that_was_stored_in_parts_is_corrected_part_by_part(playwright: Playwright):
    api = CannedApi("on_device")
    async with reading(playwright, api, DESKTOP) as visitor:
        await visitor.page.get_by_text("Transcript", exact=True).click()
        turn = visitor.page.locator(f"#turn-{SEAT_SEQ}")
        await turn.get_by_role("button", name="I said …").click()
        await expect(turn.get_by_role("textbox")).to_have_count(2)
        await turn.get_by_label("What you said, part 2 of 2").fill("I'd lock the row.")
        await turn.get_by_role("button", name="Save").click()
        await expect(turn).to_contain_text("then both write. I'd lock the row.")
        assert list(api.corrections) == [PARTS[SEAT_SEQ][1][0]]
