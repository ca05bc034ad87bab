"""Whether scores rise, fall or only scatter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from token_server.growth.trends import risen, trend_of

pytestmark = pytest.mark.unit

SCORES = st.lists(st.integers(0, 100), min_size=3, max_size=50)


@pytest.mark.parametrize(
    ("scores", "change"),
    [
        ([], "too_few"),
        ([40], "too_few"),
        ([40, 90], "too_few"),
        ([40, 50, 60], "better"),
        ([60, 50, 40], "worse"),
        ([50, 54, 58], "no_real_change"),
        ([50, 50, 50, 50], "no_real_change"),
    ],
)
def test_three_scores_and_more_than_wording_make_a_trend(scores: list[int], change: str):
    assert trend_of(scores, 8).change == change


def test_one_good_day_is_no_trend():
    trend = trend_of([50, 52, 48, 51, 49, 50, 49, 62], 8)
    assert (trend.difference, trend.change) == (12, "no_real_change")


def test_a_trend_says_where_it_began_and_where_it_is():
    trend = trend_of([40, 70, 55], 8)
    assert (trend.first, trend.last, trend.difference, trend.count) == (40, 55, 15, 3)
    nothing = trend_of([], 8)
    assert (nothing.first, nothing.last, nothing.difference, nothing.count) == (None, None, None, 0)


def test_a_straight_line_rises_by_its_difference():
    assert risen([10, 20, 30, 40]) == pytest.approx(30)


@given(SCORES)
def test_what_rises_falls_when_read_backwards(scores: list[int]):
    assert risen(scores) == pytest.approx(-risen(scores[::-1]))


@given(SCORES, st.integers(-50, 50))
def test_the_same_scores_higher_up_rise_by_as_much(scores: list[int], by: int):
    assert risen([score + by for score in scores]) == pytest.approx(risen(scores))
