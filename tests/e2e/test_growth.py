"""Comparison and progress by themselves: what has changed, what only looks like it, what there is to say of little."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Playwright, expect

from tests.e2e.canned_api import BASE_URL, REPORT_PATH
from tests.e2e.canned_growth import BY_MODEL, FIRST, HEDGES, NUMBER, SECOND, CannedGrowth, ScoredOnce
from tests.e2e.canned_report import INDEX_SEQ, INTERVIEW, QUESTIONS
from tests.e2e.screens import DESKTOP, EVERY_SCREEN, PHONE, Screen
from tests.e2e.visitor import Visitor, visiting

pytestmark = pytest.mark.e2e
on_both_screens = pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=lambda screen: screen.name)
COMPARE = f"/interviews/{INTERVIEW}/compare"
DARK_DESKTOP = Screen("desktop-dark", DESKTOP.viewport, "dark")
LIGHT_PHONE = Screen("phone-light", PHONE.viewport, "light", is_phone=True)


@asynccontextmanager
async def at(path: str, playwright: Playwright, api: CannedGrowth, screen: Screen) -> AsyncGenerator[Visitor]:
    async with visiting(playwright, BASE_URL, screen) as visitor:
        await visitor.page.context.route("**/*", api.answer)
        await visitor.go(path)
        yield visitor


@on_both_screens
async def test_two_attempts_stand_beside_each_other(screen: Screen, playwright: Playwright):
    async with at(f"{COMPARE}?from={FIRST}&to={SECOND}", playwright, CannedGrowth(), screen) as visitor:
        page = visitor.page
        main = page.get_by_role("main")
        await expect(page.get_by_test_id("overall-change")).to_have_text(re.compile(r"from 52\s+to\s+64 of 100"))
        await expect(main).to_contain_text("12 points more. Up to 5 points can come from wording and judging alone.")
        communication = main.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Communication"))
        await expect(communication).to_contain_text("No real change")
        await expect(communication).to_contain_text("5 points more, but up to 8 points can come from wording")
        await expect(main).to_contain_text("Neither attempt showed enough to judge it.")

        await expect(main.get_by_role("heading", name="Newly covered 1")).to_be_visible()
        await expect(main.get_by_role("heading", name="Covered before, not any more 1")).to_be_visible()
        await expect(main).to_contain_text("not heard before, partly heard now · must")
        await expect(main).to_contain_text(re.compile("Now“I think writes get quicker.”"))
        warned = main.get_by_role("listitem").filter(has_text="Each one makes inserts").last
        await expect(warned).to_contain_text("We can't tell which way round you meant this. It costs nothing.")
        await expect(main).to_contain_text(re.compile("Then“an index makes lookups fast.*Now“an index makes", re.S))
        then = main.get_by_role("term").filter(has_text="Then").first.locator("xpath=..").get_by_role("link")
        await expect(then).to_have_attribute("href", f"/attempts/{FIRST}/report?view=transcript#turn-{INDEX_SEQ}")
        await expect(main).to_contain_text("Hints: 0 before, 1 now. Repeats: 1 before, 2 now. They cost nothing.")
        await expect(main.get_by_role("button", name=QUESTIONS[1][1])).to_contain_text(
            re.compile("not answered.*84.*3 new")
        )
        await expect(main).to_contain_text("What is a deadlock, and how do you get out of one?")
        await expect(main).to_contain_text("13 words a minute faster")
        await expect(main).to_contain_text("1.2 seconds shorter")
        await expect(main).to_contain_text("35 seconds longer")
        await visitor.look("compare")

        folded = main.locator("button[aria-expanded=false]")
        while await folded.count():
            await folded.first.press("Enter")
        await expect(main).to_contain_text("no points that both reports have for this question")
        await visitor.look("compare-unfolded")
        assert visitor.errors == []


@on_both_screens
async def test_scores_of_two_judges_are_shown_and_not_called_a_change(screen: Screen, playwright: Playwright):
    async with at(COMPARE, playwright, CannedGrowth(), screen) as visitor:
        page = visitor.page
        main = page.get_by_role("main")
        await expect(page.get_by_label("From", exact=True)).to_have_value(SECOND)
        await expect(page.get_by_label("To", exact=True)).to_have_value(BY_MODEL)
        await expect(main).to_contain_text("These scores aren't on one scale")
        await expect(main).to_contain_text("3 points less, on another scale.")
        for claim in ("Better", "Worse"):
            await expect(main.get_by_text(claim, exact=True)).to_have_count(0)
        await visitor.look("compare-two-judges")

        # both within milliseconds: the address has not followed yet
        await page.get_by_label("From", exact=True).select_option(FIRST)
        await page.get_by_label("To", exact=True).select_option(SECOND)
        await expect(page.get_by_test_id("overall-change")).to_have_text(re.compile(r"from 52\s+to\s+64"))
        await page.get_by_label("To", exact=True).select_option(FIRST)
        await expect(page.get_by_test_id("overall-change")).to_have_text(re.compile(r"from 64\s+to\s+52"))
        await expect(main).to_contain_text("12 points less. Up to 5 points can come from wording and judging alone.")
        assert page.url.endswith(f"?from={SECOND}&to={FIRST}")
        assert visitor.errors == []


@on_both_screens
async def test_a_card_and_a_report_lead_to_the_comparison(screen: Screen, playwright: Playwright):
    async with at("/interviews", playwright, CannedGrowth(), screen) as visitor:
        page = visitor.page
        link = page.get_by_role("link", name="Compare attempts")
        await expect(link).to_be_visible()
        await visitor.look("interviews-to-compare")
        await link.click()
        await expect(page.get_by_label("To", exact=True)).to_have_value(BY_MODEL)

        await visitor.go(REPORT_PATH)
        await expect(page.get_by_role("heading", name="By category")).to_be_visible()
        await visitor.look("report-to-compare")
        await page.get_by_role("link", name="Compare").click()
        await expect(page.get_by_label("From", exact=True)).to_have_value(FIRST)
        await expect(page.get_by_label("To", exact=True)).to_have_value(SECOND)
        assert visitor.errors == []


async def test_one_report_has_nothing_beside_it(playwright: Playwright):
    api = CannedGrowth(attempts=1)
    async with at("/interviews", playwright, api, PHONE) as visitor:
        page = visitor.page
        await expect(page.get_by_role("link", name="Attempt 1")).to_be_visible()
        await expect(page.get_by_role("link", name="Compare attempts")).to_have_count(0)
        await visitor.go(COMPARE)
        await expect(page.get_by_role("heading", name="There is nothing to compare yet")).to_be_visible()
        await expect(page.get_by_role("link", name="Retake")).to_have_attribute(
            "href", f"/interviews/{INTERVIEW}/start"
        )
        await visitor.look("nothing-to-compare")

        api.reports = [FIRST, SECOND]
        api.refused = 409, "not_comparable"
        await visitor.go(COMPARE)
        await expect(page.get_by_role("heading", name="These two can't be compared")).to_be_visible()
        assert visitor.errors == []


@pytest.mark.parametrize("path", [COMPARE, "/progress"])
async def test_a_failure_can_be_tried_again(path: str, playwright: Playwright):
    api = CannedGrowth()
    api.refused = 503, "upstream_unavailable"
    async with at(path, playwright, api, DESKTOP) as visitor:
        page = visitor.page
        await expect(page.get_by_role("alert")).to_contain_text("A part of the service doesn't answer.")
        api.refused = None
        await page.get_by_role("button", name="Try again").click()
        await expect(page.get_by_role("heading", name="By category")).to_be_visible()


@pytest.mark.parametrize("screen", [DESKTOP, DARK_DESKTOP, PHONE, LIGHT_PHONE], ids=lambda screen: screen.name)
async def test_progress_shows_trends_and_what_keeps_coming_back(screen: Screen, playwright: Playwright):
    api = CannedGrowth()
    async with at("/interviews", playwright, api, screen) as visitor:
        page = visitor.page
        main = page.get_by_role("main")
        await page.get_by_role("link", name="Progress").click()
        await expect(page.get_by_test_id("last-score")).to_have_text("66 of 100")
        await expect(main).to_contain_text("Rising")
        await expect(main).to_contain_text("5 scores: first 41, last 66")
        chart = main.get_by_role("img", name="Technical knowledge over time. 5 scores: first 38, last 80")
        # Four steps between the five scores of one judge; the score of the other one stands by itself.
        await expect(chart.locator("circle")).to_have_count(6)
        line = await chart.locator("path.recharts-line-curve").first.get_attribute("d")
        assert line is not None
        assert line.count("L") == 4
        await chart.scroll_into_view_if_needed()
        await chart.locator("circle").first.hover()
        await expect(chart).to_contain_text(re.compile(r"2026: 38$"))
        await expect(main).to_contain_text("Hollow: judged in another way than your newest attempt")
        confidence = main.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Confidence"))
        await expect(confidence).to_contain_text("No real change")

        areas = main.get_by_role("list").filter(has_text="Try:").first.get_by_role("listitem")
        await expect(areas.first).to_contain_text("In 4 attempts")
        await expect(areas.first).to_contain_text("Comes up more often lately")
        await expect(main).to_contain_text("Not in your last two attempts")
        row = main.get_by_role("row", name=re.compile("attempt 5"))
        await expect(row).to_contain_text("not enough evidence")
        await expect(row.get_by_role("link")).to_have_attribute("href", "/attempts/attempt-5/report")
        await visitor.look("progress")

        await expect(main).to_contain_text("Confidence, 42 on average over the last 3 scores")
        pace = main.get_by_role("img", name="Pace over time. 105 to 185 is easy to follow and costs nothing.")
        await expect(pace.locator("circle")).to_have_count(6)
        await expect(pace.locator(".recharts-reference-area")).to_have_count(1)
        await main.get_by_role("button", name="How you spoke, in figures").click()
        spoken = main.get_by_role("table").filter(has_text="Longest pause, seconds" if not screen.is_phone else "Pace")
        await expect(spoken.get_by_role("row", name=re.compile("attempt 6"))).to_contain_text("not measured")

        await expect(main).to_contain_text("Opens a new mixed interview like “Backend engineer”.")
        await expect(main).to_contain_text("Its first questions are about databases and teamwork.")
        await expect(main).not_to_contain_text("(mid, ")
        await page.get_by_role("link", name="Practise my weakest").click()
        await expect(page.get_by_role("radio", name="Mixed")).to_be_checked()
        practised = page.get_by_role("list", name="To practise").get_by_role("listitem")
        await expect(practised).to_have_text([HEDGES, NUMBER])
        await visitor.look("practise-my-weakest")
        await page.get_by_role("button", name=f"Leave out: {NUMBER}").click()
        await expect(practised).to_have_text([HEDGES])
        await expect(page.get_by_label("Role")).to_have_value("Backend engineer")
        await page.get_by_role("button", name="Continue", exact=True).click()
        await page.wait_for_url(re.compile("/start$"))
        assert api.made[0]["focus"] == [{"text": HEDGES, "question_ids": ["sql-index-cost"]}]
        assert visitor.errors == []


@on_both_screens
async def test_many_interviews_still_fit(screen: Screen, playwright: Playwright):
    async with at("/progress", playwright, CannedGrowth(assessed=60), screen) as visitor:
        page = visitor.page
        main = page.get_by_role("main")
        chart = main.get_by_role("img", name="Confidence over time")
        # The last one, and those of the other judge.
        await expect(chart.locator("circle")).to_have_count(1 + 9)
        found_in = main.get_by_role("list", name="Found in").first
        await expect(found_in.get_by_role("listitem")).to_have_count(4)
        await visitor.look("progress-of-many")
        await main.get_by_role("button", name=re.compile("more$")).first.click()
        assert await found_in.get_by_role("listitem").count() > 4
        await main.get_by_role("button", name="Show all 60").click()
        await expect(main.get_by_role("row")).to_have_count(61 if screen is DESKTOP else 60)
        await visitor.look("progress-of-many-unfolded")
        assert visitor.errors == []


async def test_a_new_interview_can_be_set_to_a_kind_of_questions(playwright: Playwright):
    path = f"/interviews/new?like={INTERVIEW}&type=technical"
    async with at(path, playwright, CannedGrowth(), DESKTOP) as visitor:
        await expect(visitor.page.get_by_role("radio", name="Technical")).to_be_checked()
        await expect(visitor.page.get_by_label("Role")).to_have_value("Backend engineer")


@on_both_screens
async def test_without_reports_progress_says_what_will_be_there(screen: Screen, playwright: Playwright):
    api = CannedGrowth(assessed=0)
    async with at("/progress", playwright, api, screen) as visitor:
        page = visitor.page
        await expect(page.get_by_role("heading", name="Nothing to show yet")).to_be_visible()
        await expect(page.get_by_role("link", name="Set up an interview")).to_have_attribute("href", "/interviews/new")
        await visitor.look("progress-without-reports")

        api.assessed_attempts = 1
        await visitor.go("/progress")
        await expect(page.get_by_role("heading", name="One report so far")).to_be_visible()
        await expect(page.get_by_role("main")).to_contain_text("66 of 100 overall")
        await visitor.look("progress-with-one-report")

        api.assessed_attempts = 2
        await visitor.go("/progress")
        await expect(page.get_by_text("Too few scores for a trend: it takes three.")).to_have_count(1)
        await expect(page.get_by_role("main").get_by_role("img", name="Overall over time")).to_be_visible()
        await visitor.look("progress-with-two-reports")
        assert visitor.errors == []


@pytest.mark.parametrize("screen", EVERY_SCREEN, ids=lambda screen: screen.name)
async def test_one_score_of_two_attempts_is_a_number_and_no_line(screen: Screen, playwright: Playwright):
    async with at("/interviews", playwright, ScoredOnce(), screen) as visitor:
        page = visitor.page
        warnings: list[str] = []
        page.on("console", lambda message: warnings.append(message.text) if message.type == "warning" else None)
        await page.get_by_role("link", name="Progress").click()
        main = page.get_by_role("main")
        await expect(main).to_contain_text("2 attempts with a report")
        await expect(page.get_by_test_id("last-score")).to_have_text("64 of 100")
        await expect(main).to_contain_text("From an earlier attempt: the newest has no overall score.")
        await expect(main.get_by_text("Too few scores for a trend")).to_have_count(1)
        await expect(main).not_to_contain_text("No scores yet")
        await expect(main.get_by_role("img", name="Overall over time")).to_have_count(0)
        pause = main.get_by_role("img", name="Longest pause over time")
        await pause.scroll_into_view_if_needed()
        await pause.locator("circle").last.hover()
        # Both are of one day.
        await expect(pause).to_contain_text(re.compile(r"^\d\d:\d\d: \d\.\d seconds$"))
        await visitor.look("progress-with-one-score")
        assert warnings == []

        await visitor.go(COMPARE)
        await expect(page.get_by_test_id("overall-change")).to_have_text(re.compile(r"from 52\s+to\s+no score\s*$"))
        await expect(main).not_to_contain_text("Ring: before")
        await visitor.look("compare-without-a-score")
        assert visitor.errors == []
