"""Two attempts beside each other."""

from typing import Any

import pytest

from storage.models.feedback import (
    CATEGORIES,
    CategoryScore,
    Delivery,
    Evidence,
    Feedback,
    PointCoverage,
    QuestionFeedback,
)
from tests.support.samples import assessed_attempt, feedback, grader
from token_server.growth.comparison import compare
from token_server.schemas.growth import Comparison, PointChange, WordsSaid

pytestmark = pytest.mark.unit


def compared(before: Feedback, after: Feedback, **changes_of_after: Any) -> Comparison:
    one = assessed_attempt(1, grader=before.grader)
    other = assessed_attempt(2, **({"grader": after.grader} | changes_of_after))
    return compare(one, before, other, after)


def report(overall_score: int | None = 60, **changes: Any) -> Feedback:
    return feedback("attempt", "assessment", overall_score).model_copy(update=changes)


def categories(score: int | None, spread: int | None = None) -> list[CategoryScore]:
    return [
        CategoryScore(
            category=category,
            score=score,
            status="insufficient_evidence" if score is None else "scored",
            comment="",
            spread=spread,
        )
        for category in CATEGORIES
    ]


def question(question_id: str, **changes: Any) -> QuestionFeedback:
    given: dict[str, Any] = {
        "question_id": question_id,
        "index": 0,
        "text": f"What about {question_id}?",
        "status": "answered",
        "score": 50,
        "comment": "",
    }
    return QuestionFeedback(**(given | changes))


def point(name: str, covered: str, *, point_id: str | None = None, caution: str | None = None) -> PointCoverage:
    own_id = name if point_id is None else point_id
    return PointCoverage.model_validate(
        {"point": name, "covered": covered, "quote": None, "point_id": own_id, "caution": caution}
    )


def names(points: list[PointChange]) -> list[str]:
    return [one.point for one in points]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (60, 66, "better"),
        (66, 60, "worse"),
        (60, 65, "no_real_change"),
        (65, 60, "no_real_change"),
        (60, 60, "no_real_change"),
        (None, 60, "not_comparable"),
        (60, None, "not_comparable"),
    ],
)
def test_an_overall_score_has_changed_only_beyond_what_wording_does(before: int | None, after: int | None, change: str):
    overall = compared(report(before), report(after)).overall
    assert (overall.from_, overall.to, overall.spread, overall.change) == (before, after, 5, change)
    assert overall.difference == (None if before is None or after is None else after - before)


def test_a_judge_that_scatters_more_widens_what_is_no_real_change():
    before = report(60, grader=grader(kind="llm", samples=3, spread=2.0))
    after = report(70, grader=grader(kind="llm", samples=3, spread=12.0))
    overall = compared(before, after).overall
    assert (overall.difference, overall.spread, overall.change) == (10, 12, "no_real_change")


@pytest.mark.parametrize(
    ("before", "after", "spread", "change"),
    [
        (50, 58, 8, "no_real_change"),
        (50, 59, 8, "better"),
        (59, 50, 8, "worse"),
        (None, 50, 8, "not_comparable"),
        (50, 70, 25, "no_real_change"),
    ],
)
def test_a_category_needs_more_than_the_overall_score(before: int | None, after: int, spread: int, change: str):
    own_spread = spread if spread > 8 else None
    changes = compared(
        report(categories=categories(before, own_spread)), report(categories=categories(after))
    ).categories
    assert [one.category for one in changes] == list(CATEGORIES)
    assert {(one.spread, one.change) for one in changes} == {(spread, change)}


def test_a_category_has_the_words_that_were_said_each_time():
    said = [Evidence(turn_seq=10_002, quote="I measured it first", started_ms=4200)]
    quoted = [one.model_copy(update={"evidence": said}) for one in categories(60)]
    changes = compared(report(categories=categories(50)), report(categories=quoted)).categories
    assert all(change.said_before is None for change in changes)
    now = [change.said_now for change in changes]
    assert now == [WordsSaid(quote="I measured it first", turn_seq=10_002, started_ms=4200)] * len(CATEGORIES)


def test_two_judges_give_differences_and_no_change():
    result = compared(
        report(40, categories=categories(40)), report(90, categories=categories(90), grader=grader(kind="llm"))
    )
    assert not result.comparable
    assert result.why is not None
    assert "Attempt 1 was judged by the fixed method, attempt 2 by a language model." in result.why
    assert (result.overall.difference, result.overall.change) == (50, "not_comparable")
    assert {(one.difference, one.change) for one in result.categories} == {(50, "not_comparable")}


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"rubric_version": "2"}, "rubric"),
        ({"model": "another"}, "judge"),
    ],
)
def test_another_version_of_rubric_or_judge_is_another_scale(changed: dict[str, str], word: str):
    result = compared(report(40), report(90, grader=grader(**changed)))
    assert not result.comparable
    assert result.why is not None
    assert f"different versions of the {word}" in result.why


def test_other_prompts_of_a_model_are_another_judge_and_other_templates_of_the_fixed_method_are_not():
    prompted = [grader(kind="llm", prompt_version=version) for version in ("1", "2")]
    assert not compared(report(40, grader=prompted[0]), report(90, grader=prompted[1])).comparable
    assert compared(report(40), report(90, grader=grader(prompt_version="2"))).comparable


def test_a_level_that_was_changed_in_between_is_another_scale():
    result = compared(report(40), report(90), level="senior")
    assert not result.comparable
    assert result.why == "The interview had another type or level, and answers are judged by those."


def test_attempts_on_one_scale_need_no_explanation():
    result = compared(report(40), report(90))
    assert (result.comparable, result.why) == (True, None)
    assert (result.from_.number, result.to.number) == (1, 2)


def test_points_of_a_question_are_newly_covered_lost_or_as_before():
    before = [point("a", "no"), point("b", "yes"), point("c", "no"), point("d", "partly"), point("e", "partly")]
    after = [point("a", "partly"), point("b", "no"), point("c", "no"), point("d", "yes"), point("new", "yes")]
    [change] = compared(
        report(questions=[question("index", score=40, expected_points=before, hints_used=1)]),
        report(questions=[question("index", score=55, expected_points=after, repeats=2)]),
    ).questions
    assert (change.from_.score, change.to.score, change.difference) == (40, 55, 15)
    assert (names(change.newly_covered), names(change.lost)) == (["a"], ["b"])
    assert (names(change.still_missing), names(change.still_covered)) == (["c"], ["d"])
    assert (change.still_covered[0].from_, change.still_covered[0].to) == ("partly", "yes")
    assert (change.hints.from_, change.hints.to) == (1, 0)
    assert (change.repeats.from_, change.repeats.to) == (0, 2)


def test_a_point_carries_what_the_newer_report_warns_of():
    before = [point("a", "partly", caution="polarity"), point("b", "partly")]
    after = [point("a", "yes"), point("b", "partly", caution="misconception")]
    [change] = compared(
        report(questions=[question("index", expected_points=before)]),
        report(questions=[question("index", expected_points=after)]),
    ).questions
    assert [one.caution for one in change.still_covered] == [None, "misconception"]


def test_a_point_without_an_id_is_the_one_with_the_same_claim():
    before = [point("It is fast", "no", point_id=""), point("Old wording", "no", point_id="cost")]
    after = [point("It is fast", "yes", point_id="speed"), point("New wording", "yes", point_id="cost")]
    [change] = compared(
        report(questions=[question("index", expected_points=before)]),
        report(questions=[question("index", expected_points=after)]),
    ).questions
    assert names(change.newly_covered) == ["It is fast", "New wording"]


def test_points_with_two_ids_are_two_points_whatever_they_say():
    [change] = compared(
        report(questions=[question("index", expected_points=[point("It is fast", "no", point_id="one")])]),
        report(questions=[question("index", expected_points=[point("It is fast", "yes", point_id="two")])]),
    ).questions
    assert (change.newly_covered, change.still_missing) == ([], [])


def test_a_question_that_was_not_reached_lost_no_points():
    covered, missing = [point("a", "yes")], [point("a", "no")]
    [change] = compared(
        report(questions=[question("index", expected_points=covered)]),
        report(questions=[question("index", status="not_reached", score=None, expected_points=missing)]),
    ).questions
    assert (change.lost, change.difference) == ([], None)
    assert (change.from_.status, change.to.status) == ("answered", "not_reached")


def test_questions_of_one_attempt_only_are_named_by_their_text():
    result = compared(
        report(questions=[question("index"), question("old")]), report(questions=[question("new"), question("index")])
    )
    assert [change.question_id for change in result.questions] == ["index"]
    assert (result.only_from, result.only_to) == (["What about old?"], ["What about new?"])


def test_delivery_differs_by_what_was_measured_both_times():
    def delivery(words_per_minute: float, filler_words_per_minute: float | None) -> Delivery:
        return Delivery(
            words_per_minute=words_per_minute,
            filler_words_per_minute=filler_words_per_minute,
            longest_pause_sec=2.5,
            mean_response_delay_sec=None,
            talk_time_sec=60.0,
        )

    result = compared(report(delivery=delivery(120.1, None)), report(delivery=delivery(135.4, 3.0))).delivery
    assert (result.words_per_minute.from_, result.words_per_minute.difference) == (120.1, 15.3)
    assert (result.filler_words_per_minute.to, result.filler_words_per_minute.difference) == (3.0, None)
    assert result.longest_pause_sec.difference == 0
    assert result.mean_response_delay_sec.difference is None


def test_readers_see_from_and_to():
    written = compared(report(40), report(90)).model_dump(by_alias=True)
    assert (written["from"]["number"], written["to"]["number"]) == (1, 2)
    assert (written["overall"]["from"], written["overall"]["to"]) == (40, 90)
