"""Whether scores rise or fall over attempts, or only scatter."""

from collections.abc import Sequence

from token_server.schemas.growth import Trend, TrendChange

FEWEST_SCORES = 3
"""Two points always lie on a line."""


def trend_of(scores: Sequence[int], no_real_change: float) -> Trend:
    """From scores in their order. A rise counts from `no_real_change` points on, from the first score to the last."""
    first, last = (scores[0], scores[-1]) if scores else (None, None)
    return Trend(
        first=first,
        last=last,
        difference=None if first is None or last is None else last - first,
        count=len(scores),
        change=_change(scores, no_real_change),
    )


def risen(scores: Sequence[int]) -> float:
    """How far the straight line that fits the scores best (least squares) rises from the first to the last of them.

    All scores count, so one good or bad day at either end doesn't make a trend.
    """
    middle = (len(scores) - 1) / 2
    mean = sum(scores) / len(scores)
    covariance = sum((place - middle) * (score - mean) for place, score in enumerate(scores))
    slope = covariance / sum((place - middle) ** 2 for place in range(len(scores)))
    return slope * (len(scores) - 1)


def _change(scores: Sequence[int], no_real_change: float) -> TrendChange:
    if len(scores) < FEWEST_SCORES:
        return "too_few"
    by = risen(scores)
    if abs(by) <= no_real_change:
        return "no_real_change"
    return "better" if by > 0 else "worse"
