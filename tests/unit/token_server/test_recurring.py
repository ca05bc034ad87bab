"""Areas for improvement that come again."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.models.feedback import AreaForImprovement
from storage.models.meaning import packed
from storage.store import AssessedAttempt
from tests.support.samples import area, assessed_attempt
from token_server.growth.recurring import (
    NEWEST_ATTEMPTS,
    SAME_AREA_FROM,
    area_trend,
    average_linked,
    recurring_areas,
    same_areas,
)

pytestmark = pytest.mark.unit

NUMBERS = packed([1.0, 0.0, 0.0])
NUMBERS_IN_OTHER_WORDS = packed([0.95, 0.3, 0.0])
HEDGING = packed([0.0, 0.0, 1.0])


def attempts(*areas: list[AreaForImprovement]) -> list[AssessedAttempt]:
    """Oldest first."""
    return [assessed_attempt(number, areas=found) for number, found in enumerate(areas, 1)]


def test_the_same_thing_in_other_words_recurs_as_it_was_worded_last():
    found = attempts(
        [area("No number in your result", NUMBERS)],
        [area("You hedge", HEDGING)],
        [area("Say by how much it got better", NUMBERS_IN_OTHER_WORDS)],
    )
    [recurring] = recurring_areas(found)
    assert recurring.text == "Say by how much it got better"
    assert recurring.suggestion == "Work on this: Say by how much it got better"
    assert (recurring.count, recurring.attempts) == (2, ["attempt-1", "attempt-3"])
    assert (recurring.first_seen, recurring.last_seen) == (found[0].ended_at, found[2].ended_at)


def test_what_was_found_once_does_not_recur():
    assert recurring_areas(attempts([area("You hedge", HEDGING)], [area("No number", NUMBERS)])) == []
    assert recurring_areas([]) == []


def test_twice_in_one_attempt_is_once():
    twice = [area("No number", NUMBERS), area("Nothing is measured", NUMBERS_IN_OTHER_WORDS)]
    assert recurring_areas(attempts(twice, [])) == []


def test_what_came_up_lately_stands_before_what_came_up_as_often_long_ago():
    early, late, always = area("Early"), area("Late"), area("Always")
    found = attempts([early, always], [early], [always], [always], [late, always], [late])
    assert [one.text for one in recurring_areas(found)] == ["Always", "Late", "Early"]


def test_often_and_long_ago_gives_way_to_twice_just_now():
    early, late = area("Early"), area("Late")
    found = attempts([early], [early], [early], *[[] for _ in range(9)], [late], [late])
    assert [(one.text, one.count) for one in recurring_areas(found)] == [("Late", 2), ("Early", 3)]


def test_without_a_meaning_equal_text_recurs():
    [recurring] = recurring_areas(attempts([area("You hedge")], [area("You hedge"), area("Too fast")]))
    assert (recurring.text, recurring.count) == ("You hedge", 2)


def test_equal_text_joins_what_was_kept_before_meanings_were():
    [recurring] = recurring_areas(attempts([area("You hedge")], [area("You hedge", HEDGING)]))
    assert recurring.count == 2


def test_meanings_of_two_models_are_never_the_same():
    of_another_model = packed([1.0, 0.0])
    assert same_areas([area("One", NUMBERS), area("Other", of_another_model)]) == [[0], [1]]


def test_the_most_frequent_comes_first_and_then_what_was_seen_last():
    found = attempts(
        [area("early"), area("often"), area("late")],
        [area("early"), area("often")],
        [area("often"), area("late")],
    )
    assert [recurring.text for recurring in recurring_areas(found)] == ["often", "late", "early"]


def test_only_the_newest_attempts_are_looked_at():
    long_ago = attempts([area("old")], [area("old")], *([list[AreaForImprovement]()] * NEWEST_ATTEMPTS))
    assert recurring_areas(long_ago) == []


@pytest.mark.parametrize(
    ("places", "of", "trend"),
    [
        ([0, 1], 2, "steady"),
        ([0, 1], 4, "gone"),
        ([0, 1, 2], 4, "falling"),
        ([1, 2, 3], 4, "rising"),
        ([0, 3], 4, "steady"),
        ([0, 1], 3, "falling"),
        ([1, 2], 3, "rising"),
        ([0, 2], 3, "steady"),
        ([0, 1, 2, 3, 4], 5, "steady"),
    ],
)
def test_the_later_half_is_held_against_the_earlier(places: list[int], of: int, trend: str):
    assert area_trend(places, of) == trend


def test_a_group_is_as_close_as_its_members_are_on_average():
    # b is close to a and closer to c, and these two are far from each other
    a, b, c = [1.0, 0.0], [0.8, 0.6], [0.3, 0.954]
    assert average_linked([a, b, c], 0.6) == [[0], [1, 2]]
    assert average_linked([a, b, c], 0.5) == [[0, 1, 2]]


def unit(values: list[float]) -> list[float]:
    length = sum(value * value for value in values) ** 0.5
    return [value / length for value in values]


VECTORS = st.lists(
    st.lists(st.floats(-1, 1), min_size=3, max_size=3).filter(lambda one: any(abs(v) > 0.1 for v in one)).map(unit),
    max_size=12,
)


@given(VECTORS)
def test_each_is_in_one_group_and_the_same_vectors_give_the_same_groups(vectors: list[list[float]]):
    groups = average_linked(vectors, SAME_AREA_FROM)
    assert sorted(position for group in groups for position in group) == list(range(len(vectors)))
    assert average_linked(vectors, SAME_AREA_FROM) == groups


@given(VECTORS)
def test_no_two_groups_are_close_enough_to_be_one(vectors: list[list[float]]):
    def closeness(one: list[int], other: list[int]) -> float:
        cosines = [sum(x * y for x, y in zip(vectors[a], vectors[b], strict=True)) for a in one for b in other]
        return sum(cosines) / len(cosines)

    groups = average_linked(vectors, SAME_AREA_FROM)
    far: list[Any] = [closeness(one, other) for one in groups for other in groups if one is not other]
    assert all(close < SAME_AREA_FROM + 1e-9 for close in far)
