"""Gates close on what is no answer, and stay open for answers."""

import pytest

from agent.assessment import gates
from tests.unit.assessment.conftest import JudgeText
from tests.unit.assessment.transcripts import ANSWERS, BEHAVIORAL, LEVELS, TECHNICAL

pytestmark = pytest.mark.unit

HOLIDAY = (
    "Last summer we went to the coast with the whole family and swam every day, the food was wonderful and in the "
    "evening we walked along the beach and watched the sun go down over the boats."
)
GIBBERISH = "Florb wizzle dak grontifax mub snelk prillow vandit yeg qualm brizzle tonk dravid slunk ploop."
GERMAN = "Also ich würde sagen, dass wir bei uns immer einen Index haben, und das ist dann auch für alle sehr gut."
KEYWORDS = "Index scan table lookup fast writes insert update delete slower disk memory tree sorted cardinality planner"


@pytest.mark.parametrize("question_id", [*TECHNICAL, *BEHAVIORAL])
@pytest.mark.parametrize("level", LEVELS)
async def test_answers_at_every_level_are_judged(judge_text: JudgeText, question_id: str, level: str):
    judged = await judge_text(question_id, ANSWERS[question_id][level])
    assert judged.reason is None
    assert judged.status == "answered"


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("Yes.", "partial", gates.TOO_SHORT),
        ("Um, uh.", "declined", gates.SILENCE),
        ("I don't know.", "declined", gates.DONT_KNOW),
        ("Sorry, I'm not sure, can we skip this one?", "declined", gates.DONT_KNOW),
        ("No idea, I have never worked with that, to be honest.", "declined", gates.DONT_KNOW),
        (GIBBERISH, "partial", gates.NOT_ENGLISH),
        (GERMAN, "partial", gates.NOT_ENGLISH),
        (KEYWORDS, "partial", gates.WORD_LIST),
        ("The index and the scan and the table and the tree and the disk.", "partial", gates.WORD_LIST),
        (HOLIDAY, "partial", gates.OFF_THE_QUESTION),
        ("What does a database index do for you, and why not on every column?", "partial", gates.QUESTION_REPEATED),
    ],
)
async def test_what_is_no_answer_gets_a_reason_and_no_findings(
    judge_text: JudgeText, text: str, status: str, reason: str
):
    judged = await judge_text("sql-index-cost", text)
    assert (judged.status, judged.reason) == (status, reason)
    assert not judged.judged
    assert not judged.points


async def test_a_modest_answer_is_not_taken_for_dont_know(judge_text: JudgeText):
    judged = await judge_text("sql-index-cost", "I'm not sure, but I think lookups don't have to scan every row then.")
    assert judged.reason is None
    assert any(finding.covered == "yes" for finding in judged.points)


@pytest.mark.parametrize("question_id", TECHNICAL)
async def test_fluent_talk_about_a_holiday_answers_no_technical_question(judge_text: JudgeText, question_id: str):
    assert (await judge_text(question_id, HOLIDAY)).reason == gates.OFF_THE_QUESTION


@pytest.mark.parametrize("question_id", [*TECHNICAL, *BEHAVIORAL])
async def test_a_keyword_list_of_the_points_covers_nothing(judge_text: JudgeText, question_id: str):
    from prompts.question_bank import load_bank

    groups = [group for point in load_bank().key(question_id).expected_points for group in point.keywords]
    judged = await judge_text(question_id, " ".join(keyword for group in groups for keyword in group[:2]))
    assert not any(finding.covered == "yes" for finding in judged.points)
