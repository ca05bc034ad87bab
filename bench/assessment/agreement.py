"""How well two judgements agree."""

from collections import defaultdict
from collections.abc import Hashable, Sequence

import numpy as np

ORDER = {"no": 0, "partly": 1, "yes": 2}


def kappa(pairs: Sequence[tuple[str, str]], *, weighted: bool = False) -> float | None:
    """Cohen's kappa of labels yes, partly, no; linear weights where `weighted`. None where chance agrees always."""
    if not pairs:
        return None
    counts = np.zeros((3, 3))
    for one, other in pairs:
        counts[ORDER[one], ORDER[other]] += 1
    observed = counts / counts.sum()
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0))
    distance = np.abs(np.subtract.outer(np.arange(3), np.arange(3)))
    cost = distance / 2 if weighted else (distance > 0).astype(float)
    by_chance = float((cost * expected).sum())
    return None if by_chance == 0 else 1 - float((cost * observed).sum()) / by_chance


def pearson(pairs: Sequence[tuple[float, float]]) -> float | None:
    """None where one side doesn't vary."""
    one, other = np.asarray(pairs, dtype=float).T if pairs else (np.zeros(0), np.zeros(0))
    if len(one) < 3 or one.std() == 0 or other.std() == 0:
        return None
    return float(np.corrcoef(one, other)[0, 1])


def auc(pairs: Sequence[tuple[float, bool]]) -> float | None:
    """Probability that a true one lies above a false one; a tie counts half."""
    above = np.asarray([value for value, is_so in pairs if is_so])
    below = np.asarray([value for value, is_so in pairs if not is_so])
    if not len(above) or not len(below):
        return None
    difference = np.subtract.outer(above, below)
    return float((difference > 0).mean() + 0.5 * (difference == 0).mean())


def within(groups: Sequence[Hashable], values: Sequence[tuple[float, float]]) -> float | None:
    """Correlation after each group's mean is taken off both sides: of answers to the same question."""
    by_group: dict[Hashable, list[tuple[float, float]]] = defaultdict(list)
    for group, value in zip(groups, values, strict=True):
        by_group[group].append(value)
    centred = [
        (float(one), float(other))
        for members in by_group.values()
        for one, other in np.asarray(members) - np.mean(members, axis=0)
    ]
    return pearson(centred)


def auc_within(groups: Sequence[Hashable], values: Sequence[tuple[float, bool]]) -> float | None:
    """The same within each group, weighted by how many pairs it compares."""
    by_group: dict[Hashable, list[tuple[float, bool]]] = defaultdict(list)
    for group, value in zip(groups, values, strict=True):
        by_group[group].append(value)
    total, weight = 0.0, 0
    for members in by_group.values():
        found = auc(members)
        if found is not None:
            true = sum(is_so for _, is_so in members)
            total += found * true * (len(members) - true)
            weight += true * (len(members) - true)
    return total / weight if weight else None
