"""Gates close on what is no answer, and stay open for answers."""

import pytest

from agent.assessment import gates
from agent.assessment.answer_command import AnswerToJudge
from agent.assessment.on_device import OnDeviceJudge
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


def question(text: str, *claims: str) -> AnswerToJudge:
    return AnswerToJudge(question=text, expected_points=claims, answer="")


MESSAGES = question(
    "A team raises the number of partitions of a topic tenfold. What happens to the order of its messages?",
    "The order holds within a partition only",
)
PHASES = question(
    "Name the four phases of a request in this framework.",
    "Routing finds the handler",
    "Validation checks the input",
    "Middleware runs around the handler",
    "Rendering writes the response",
)
WAITS = question(
    "How long does a request wait at ninety percent load?",
    "It waits for nine times the time of service",
    "Load divided by what is free gives the factor",
)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (MESSAGES, "The order of the messages of the topic holds per partition."),
        (MESSAGES, "The order of its messages is lost."),
        (PHASES, "Routing, middleware, validation, handler, rendering, serialising, response, logging."),
        (WAITS, "Request wait: load 0.9 / free 0.1 = 9 times service time, 9 * 10 ms = 90 ms, 90 + 10 = 100 ms"),
    ],
)
async def test_a_short_answer_in_the_questions_words_as_names_or_in_figures_is_judged(
    judge: OnDeviceJudge, asked: AnswerToJudge, text: str
):
    judged = await judge.judge(asked.model_copy(update={"answer": text}).to_answer(), "mid")
    assert judged.reason is None


@pytest.mark.parametrize(
    ("asked", "text", "reason"),
    [
        (MESSAGES, f"So, {MESSAGES.question}", gates.QUESTION_REPEATED),
        (PHASES, f"The four phases of a request in this framework, {PHASES.question}", gates.QUESTION_REPEATED),
        (WAITS, "Request wait load service time factor queue server percent ninety free busy.", gates.WORD_LIST),
    ],
)
async def test_the_question_again_and_words_without_a_sentence_still_are_no_answer(
    judge: OnDeviceJudge, asked: AnswerToJudge, text: str, reason: str
):
    assert (await judge.judge(asked.model_copy(update={"answer": text}).to_answer(), "mid")).reason == reason


async def test_sorry_is_a_keyword_only_for_those_who_answer(judge_text: JudgeText):
    assert (await judge_text("sql-transaction-isolation", "Sorry, I don't know that one.")).reason == gates.DONT_KNOW
