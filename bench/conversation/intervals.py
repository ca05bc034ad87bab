"""How sure a figure is: 95 % intervals for shares and quantiles, without assuming a shape of the distribution."""

from dataclasses import dataclass
from math import ceil, comb, sqrt

import numpy as np

Z_95 = 1.959964


@dataclass(frozen=True)
class Interval:
    """A figure with its 95 % interval; None where the samples are too few to bound it."""

    value: float
    low: float | None
    high: float | None


def share(count: int, of: int) -> Interval | None:
    """Wilson's interval of a proportion. None without samples."""
    if not of:
        return None
    p, z2 = count / of, Z_95**2
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    half = Z_95 * sqrt(p * (1 - p) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return Interval(p, max(0.0, middle - half), min(1.0, middle + half))


def quantile(values: list[float], q: float) -> Interval | None:
    """A quantile bounded by order statistics: the ranks between which it lies with 95 % by the binomial law."""
    if not values:
        return None
    ordered = sorted(values)
    n = len(ordered)
    below = np.cumsum([comb(n, k) * q**k * (1 - q) ** (n - k) for k in range(n + 1)])
    low_rank = int(np.searchsorted(below, 0.025, side="right"))
    high_rank = int(np.searchsorted(below, 0.975, side="left")) + 1
    return Interval(
        value=float(np.percentile(ordered, q * 100)),
        low=ordered[low_rank - 1] if low_rank >= 1 else None,
        high=ordered[high_rank - 1] if high_rank <= n else None,
    )


def needed_for_bound(q: float) -> int:
    """Samples from which the upper bound of a quantile exists."""
    return ceil(np.log(0.025) / np.log(q))
