"""Areas for improvement that come again, grouped by what they are about and not by their words.

The assessor keeps the meaning of each area as an embedding (storage/models/meaning.py), so nothing here needs a model.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import combinations

from storage.models.feedback import AreaForImprovement
from storage.models.meaning import cosine, unpacked
from storage.store import AssessedAttempt
from token_server.schemas.growth import AreaTrend, RecurringArea

SAME_AREA_FROM = 0.6
"""Mean cosine from which two groups of areas are one. A first guess: it is to be fitted on labelled pairs of areas."""
FEWEST_ATTEMPTS = 2
NEWEST_ATTEMPTS = 60
"""How many are looked at: each area is compared with each, in plain Python."""
HALVED_AFTER_ATTEMPTS = 4
"""How fast an area sinks in the list: so many attempts ago it counts half as much as today."""
LAST_ATTEMPTS = 2
"""An area that none of them has is gone."""


@dataclass(frozen=True, slots=True)
class _Found:
    place: int
    """Of the attempt, in their order."""
    area: AreaForImprovement


def recurring_areas(oldest_first: Sequence[AssessedAttempt]) -> list[RecurringArea]:
    """By how often and how lately they came up, the heaviest first."""
    attempts = oldest_first[-NEWEST_ATTEMPTS:]
    found = [_Found(place, area) for place, attempt in enumerate(attempts) for area in attempt.areas]
    groups = [[found[number] for number in group] for group in same_areas([one.area for one in found])]
    recurring = [group for group in groups if len({one.place for one in group}) >= FEWEST_ATTEMPTS]
    recurring.sort(key=lambda group: area_weight({one.place for one in group}, len(attempts)), reverse=True)
    return [_recurring_area(group, attempts) for group in recurring]


def same_areas(areas: Sequence[AreaForImprovement]) -> list[list[int]]:
    """Ascending positions of those that are about the same thing; each position is in one group.

    Without a meaning, an area is the same as one of equal text.
    """
    by_meaning: dict[str, list[int]] = {}
    for position, area in enumerate(areas):
        if area.meaning is not None:
            by_meaning.setdefault(area.meaning, []).append(position)
    meanings = list(by_meaning)
    groups = [
        [position for number in group for position in by_meaning[meanings[number]]]
        for group in average_linked([unpacked(meaning) for meaning in meanings], SAME_AREA_FROM)
    ]
    for position, area in enumerate(areas):
        if area.meaning is None:
            home = next((group for group in groups if any(areas[one].text == area.text for one in group)), None)
            if home is None:
                groups.append([position])
            else:
                home.append(position)
    return sorted(sorted(group) for group in groups)


def average_linked(vectors: Sequence[Sequence[float]], same_from: float) -> list[list[int]]:
    """Groups of positions: again and again the two groups that are closest on average become one, down to `same_from`.

    Of equally close pairs the one with the earliest members comes first, so the same vectors give the same groups.
    """
    groups = {number: [number] for number in range(len(vectors))}
    closeness = {(a, b): cosine(vectors[a], vectors[b]) for a, b in combinations(groups, 2)}
    # Merging makes no group closer to another than its closest part was, so pairs below the bound never matter again.
    waiting = [(-close, a, b) for (a, b), close in closeness.items() if close >= same_from]
    heapify(waiting)
    number = len(groups)
    while waiting:
        _, a, b = heappop(waiting)
        if a not in groups or b not in groups:
            continue
        one, other = groups.pop(a), groups.pop(b)
        for third in groups:
            summed = len(one) * closeness[_pair(a, third)] + len(other) * closeness[_pair(b, third)]
            close = summed / (len(one) + len(other))
            closeness[third, number] = close
            if close >= same_from:
                heappush(waiting, (-close, third, number))
        groups[number] = one + other
        number += 1
    return [sorted(group) for group in groups.values()]


def area_weight(places: Iterable[int], attempts: int) -> float:
    """One for each attempt that had it, and the less the longer ago."""
    return sum(0.5 ** ((attempts - 1 - place) / HALVED_AFTER_ATTEMPTS) for place in places)


def area_trend(places: Sequence[int], attempts: int) -> AreaTrend:
    """From the places of the attempts that had it, among all in their order.

    The earlier half is held against the later half of the same size; of an odd number the middle one is in neither.
    """
    if max(places) < attempts - LAST_ATTEMPTS:
        return "gone"
    half = attempts // 2
    earlier = sum(place < half for place in places)
    later = sum(place >= attempts - half for place in places)
    if later == earlier:
        return "steady"
    return "rising" if later > earlier else "falling"


def _recurring_area(group: Sequence[_Found], attempts: Sequence[AssessedAttempt]) -> RecurringArea:
    places = sorted({one.place for one in group})
    newest = next(one.area for one in group if one.place == places[-1])
    return RecurringArea(
        text=newest.text,
        suggestion=newest.suggestion,
        count=len(places),
        first_seen=attempts[places[0]].ended_at,
        last_seen=attempts[places[-1]].ended_at,
        attempts=[attempts[place].attempt_id for place in places],
        trend=area_trend(places, len(attempts)),
    )


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
