"""All assessed attempts of a person over time."""

import pytest

from storage.models.feedback import CATEGORIES
from tests.support.samples import area, assessed_attempt, grader
from token_server.growth.progress import progress_of

pytestmark = pytest.mark.unit


def test_points_are_told_oldest_first_with_how_they_were_judged():
    newest_first = [assessed_attempt(2, overall_score=None, title="Second"), assessed_attempt(1, overall_score=55)]
    points = progress_of(newest_first).points
    assert [(point.number, point.overall_score) for point in points] == [(1, 55), (2, None)]
    assert (points[1].title, points[1].grader_kind, points[1].rubric_version) == ("Second", "on_device", "1")
    assert points[0].categories == dict.fromkeys(CATEGORIES)


def test_each_category_has_a_trend_over_the_scores_that_it_got():
    def scores(communication: int | None) -> dict[str, int | None]:
        return {**dict.fromkeys(CATEGORIES), "communication": communication}

    newest_first = [
        assessed_attempt(number, scores=scores(score)) for number, score in ((4, 70), (3, None), (2, 60), (1, 40))
    ]
    trends = {one.category: one.trend for one in progress_of(newest_first).categories}
    assert list(trends) == list(CATEGORIES)
    communication = trends["communication"]
    assert (communication.first, communication.last, communication.count) == (40, 70, 3)
    assert communication.change == "better"
    assert (trends["confidence"].count, trends["confidence"].change) == (0, "too_few")


def test_a_trend_leaves_out_what_another_judge_scored():
    by_another = [assessed_attempt(number, overall_score=10, grader=grader(kind="llm")) for number in (2, 1)]
    progress = progress_of([*(assessed_attempt(number) for number in (5, 4, 3)), *by_another])
    assert (progress.overall_trend.count, progress.overall_trend.change) == (3, "no_real_change")
    assert len(progress.points) == 5


def test_recurring_areas_are_part_of_it():
    progress = progress_of([assessed_attempt(number, areas=[area("You hedge")]) for number in (2, 1)])
    assert [(found.text, found.attempts) for found in progress.recurring_areas] == [
        ("You hedge", ["attempt-1", "attempt-2"])
    ]


def test_somebody_new_has_no_progress_yet():
    progress = progress_of([])
    assert (progress.points, progress.recurring_areas) == ([], [])
    assert progress.overall_trend.change == "too_few"
