"""Whole attempts, from the transcript to the feedback."""

import pytest

from agent.assessment import gates
from agent.assessment.assess import NotAssessable
from agent.assessment.overall import WEIGHTS, overall_score
from agent.assessment.quotes import verified
from agent.assessment.spoken import SpokenTurn
from storage.models.assessment import AssessmentWork
from storage.models.feedback import CATEGORIES, Category, CategoryScore, Evidence, Feedback
from storage.models.interview import InterviewType, Level
from tests.unit.assessment.conftest import Assess
from tests.unit.assessment.test_coverage import BUZZWORDS
from tests.unit.assessment.test_gates import GIBBERISH, HOLIDAY, KEYWORDS
from tests.unit.assessment.transcripts import ANSWERS, BEHAVIORAL, LEVELS, TECHNICAL, answered_at, interview

pytestmark = pytest.mark.unit

KINDS: list[tuple[InterviewType, list[str]]] = [
    ("technical", TECHNICAL),
    ("mixed", [*TECHNICAL[:3], *BEHAVIORAL]),
    ("behavioral", BEHAVIORAL),
]


async def feedback_of(assess_work: Assess, work: AssessmentWork) -> Feedback:
    result = await assess_work(work)
    assert isinstance(result, Feedback)
    return Feedback.model_validate_json(result.model_dump_json())


def scored(feedback: Feedback) -> set[str]:
    return {item.category for item in feedback.categories if item.status == "scored"}


def evidence_in(feedback: Feedback) -> list[Evidence]:
    claims = [*feedback.categories, *feedback.strengths, *feedback.areas_for_improvement]
    return [evidence for claim in claims for evidence in claim.evidence]


@pytest.mark.parametrize(("interview_type", "questions"), KINDS)
async def test_weak_interviews_score_below_fair_ones_and_those_below_strong_ones(
    assess_work: Assess, interview_type: InterviewType, questions: list[str]
):
    overall: list[int] = []
    for level in LEVELS:
        work = interview(answered_at(level, questions), interview_type=interview_type)
        overall.append((await feedback_of(assess_work, work)).overall_score or 0)
    weak, fair, strong = overall
    assert weak + 10 < fair
    assert fair + 10 < strong


@pytest.mark.parametrize(("interview_type", "questions"), KINDS)
@pytest.mark.parametrize("level", ["fair", "strong"])
async def test_answered_interviews_have_an_overall_score_and_most_categories(
    assess_work: Assess, interview_type: InterviewType, questions: list[str], level: str
):
    feedback = await feedback_of(assess_work, interview(answered_at(level, questions), interview_type=interview_type))
    assert feedback.overall_score is not None
    assert len(scored(feedback)) >= (3 if interview_type == "behavioral" else 4)
    assert tuple(item.category for item in feedback.categories) == CATEGORIES


@pytest.mark.parametrize("level", LEVELS)
async def test_every_quote_stands_in_the_turn_it_names(assess_work: Assess, level: str):
    work = interview(answered_at(level, [*TECHNICAL, *BEHAVIORAL]), interview_type="mixed")
    feedback = await feedback_of(assess_work, work)
    turns = [SpokenTurn(turn) for turn in work.turns]
    for evidence in evidence_in(feedback):
        assert verified(evidence, turns) == evidence
    for question in feedback.questions:
        for point in question.expected_points:
            assert (point.quote is None) == (point.covered == "no")
            if point.quote is not None:
                assert any(point.quote in turn.text for turn in work.turns if turn.seq == point.turn_seq)


async def test_strengths_stand_on_quotes_and_weak_answers_earn_none(assess_work: Assess):
    strong = await feedback_of(assess_work, interview(answered_at("strong")))
    assert strong.strengths
    assert all(claim.evidence for claim in strong.strengths)
    weak = await feedback_of(assess_work, interview(answered_at("weak")))
    assert weak.strengths == []
    assert weak.areas_for_improvement
    assert all(area.about for area in weak.areas_for_improvement), "each can be practised"


NON_ANSWERS = {
    "silence": "",
    "don't know": "Sorry, I don't know that one.",
    "gibberish": GIBBERISH,
    "off-topic": HOLIDAY,
    "keyword list": KEYWORDS,
}


@pytest.mark.parametrize("name", NON_ANSWERS)
async def test_an_attempt_of_non_answers_is_not_assessable_and_says_why(assess_work: Assess, name: str):
    work = interview([(question_id, NON_ANSWERS[name]) for question_id in TECHNICAL])
    result = await assess_work(work)
    assert isinstance(result, NotAssessable)
    assert result.reason.endswith(".")


async def test_an_attempt_without_turns_is_not_assessable(assess_work: Assess):
    result = await assess_work(interview([], unasked=TECHNICAL, end_reason="candidate_absent"))
    assert result == NotAssessable("The interview ended before the first question.")


async def test_buzzwords_and_repeated_questions_earn_nothing(assess_work: Assess):
    from prompts.question_bank import load_bank

    answers = [(question_id, f"{load_bank().question(question_id).text} {BUZZWORDS}") for question_id in TECHNICAL]
    result = await assess_work(interview(answers))
    if isinstance(result, Feedback):
        assert (result.overall_score or 0) <= 10
        assert result.strengths == []


async def test_one_answer_of_five_is_not_enough_for_an_overall_score(assess_work: Assess):
    answers = [("sql-index-cost", ANSWERS["sql-index-cost"]["strong"])]
    answers += [(question_id, "I don't know.") for question_id in TECHNICAL[1:]]
    feedback = await feedback_of(assess_work, interview(answers))
    assert feedback.overall_score is None
    assert scored(feedback) == set()
    statuses = [(question.status, question.status_reason, question.score) for question in feedback.questions[1:]]
    assert statuses == [("declined", gates.DONT_KNOW, None)] * 3


async def test_a_technical_interview_has_no_evidence_of_cultural_fit(assess_work: Assess):
    feedback = await feedback_of(assess_work, interview(answered_at("strong")))
    assert "cultural_fit" not in scored(feedback)


async def test_one_planned_technical_question_is_enough_when_it_is_the_only_one(assess_work: Assess):
    work = interview(answered_at("strong", [TECHNICAL[0], *BEHAVIORAL]), interview_type="mixed")
    assert "technical_knowledge" in scored(await feedback_of(assess_work, work))


async def test_questions_that_were_never_asked_are_not_reached_and_show_nothing(assess_work: Assess):
    work = interview(answered_at("strong", TECHNICAL[:3]), unasked=[TECHNICAL[3]], end_reason="candidate_ended")
    last = (await feedback_of(assess_work, work)).questions[3]
    assert (last.status, last.status_reason, last.score) == ("not_reached", gates.NOT_ASKED, None)
    assert last.expected_points == []
    assert last.stronger_answer == ""


@pytest.mark.parametrize("answers_level", ["fair", "strong"])
async def test_more_is_expected_of_a_senior(assess_work: Assess, answers_level: str):
    overall: dict[Level, int] = {}
    levels: tuple[Level, ...] = ("junior", "mid", "senior")
    for level in levels:
        work = interview(answered_at(answers_level), level=level)
        overall[level] = (await feedback_of(assess_work, work)).overall_score or 0
    assert overall["junior"] > overall["mid"] > overall["senior"]


async def test_doubtful_words_support_no_criticism(assess_work: Assess):
    sure = await feedback_of(assess_work, interview(answered_at("fair")))
    assert sure.areas_for_improvement
    mixed = interview(answered_at("fair"))
    half_doubted = [
        turn.model_copy(
            update={
                "words": [
                    word.model_copy(update={"confidence": 0.3 if number % 3 == 0 else 0.9})
                    for number, word in enumerate(turn.words)
                ]
            }
        )
        if turn.words
        else turn
        for turn in mixed.turns
    ]
    doubted = await feedback_of(assess_work, mixed.model_copy(update={"turns": half_doubted}))
    assert doubted.areas_for_improvement == []
    assert "check the transcript" in doubted.final_assessment


async def test_an_attempt_that_was_hardly_recognised_is_not_judged(assess_work: Assess):
    result = await assess_work(interview(answered_at("strong"), confidence=0.2))
    assert isinstance(result, NotAssessable)
    assert "microphone" in result.reason


@pytest.mark.parametrize("level", LEVELS)
async def test_padding_doubling_and_lost_punctuation_move_the_overall_little(assess_work: Assess, level: str):
    plain = (await feedback_of(assess_work, interview(answered_at(level)))).overall_score or 0
    doubled = [(question_id, f"{text} {text}") for question_id, text in answered_at(level)]
    bare = [(question_id, text.replace(".", "").replace(",", "").lower()) for question_id, text in answered_at(level)]
    for answers in (doubled, bare):
        changed = (await feedback_of(assess_work, interview(answers))).overall_score or 0
        assert abs(changed - plain) <= 6


async def test_the_same_transcript_gives_the_same_feedback(assess_work: Assess):
    work = interview(answered_at("fair", [*TECHNICAL, *BEHAVIORAL]), interview_type="mixed")
    first = await feedback_of(assess_work, work)
    assert [await feedback_of(assess_work, work) for _ in range(3)] == [first] * 3


async def test_the_grader_names_what_it_judged_with(assess_work: Assess):
    grader = (await feedback_of(assess_work, interview(answered_at("fair")))).grader
    assert (grader.kind, grader.model, grader.rubric_version) == ("on_device", "all-MiniLM-L6-v2:int8", "1")
    assert grader.bank_version.startswith("bank:")


def categories_with(scores: dict[Category, int]) -> list[CategoryScore]:
    return [
        CategoryScore(category=category, score=scores[category], status="scored", comment="")
        if category in scores
        else CategoryScore(category=category, score=None, status="insufficient_evidence", comment="")
        for category in CATEGORIES
    ]


def test_the_overall_is_the_weighted_mean_of_what_is_scored():
    assert overall_score(categories_with({"technical_knowledge": 80, "problem_solving": 45}), "technical") == 68
    assert overall_score(categories_with(dict.fromkeys(CATEGORIES, 70)), "mixed") == 70


def test_less_than_half_of_the_weight_gives_no_overall():
    assert overall_score(categories_with({"technical_knowledge": 80}), "technical") is None
    assert overall_score(categories_with({"technical_knowledge": 80, "cultural_fit": 80}), "technical") == 80
    assert overall_score(categories_with({}), "mixed") is None


def test_the_weights_of_each_type_sum_to_one():
    for weights in WEIGHTS.values():
        assert sum(weights.values()) == pytest.approx(1)
        assert set(weights) == set(CATEGORIES)
