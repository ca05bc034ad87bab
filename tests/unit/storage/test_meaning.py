"""Meanings as text."""

import math
import random

import pytest

from storage.models.meaning import cosine, packed, unpacked

pytestmark = pytest.mark.unit


def unit(seed: int, dimensions: int = 384) -> list[float]:
    rng = random.Random(seed)
    values = [rng.gauss(0, 1) for _ in range(dimensions)]
    length = math.sqrt(sum(value * value for value in values))
    return [value / length for value in values]


def test_packing_keeps_directions():
    one, other = unit(1), [0.8 * a + 0.6 * b for a, b in zip(unit(1), unit(2), strict=True)]
    assert cosine(unpacked(packed(one)), one) == pytest.approx(1, abs=0.001)
    assert cosine(unpacked(packed(one)), unpacked(packed(other))) == pytest.approx(cosine(one, other), abs=0.05)
    assert len(packed(one)) == 512


def test_what_is_no_packed_meaning_is_refused():
    with pytest.raises(ValueError, match=r"base64|padding|character"):
        unpacked("not base64!")


def test_meanings_of_two_models_have_nothing_in_common():
    assert cosine(unit(1), unit(1, dimensions=3)) == 0


def test_nothing_means_nothing():
    assert cosine(unpacked(packed([0.0, 0.0])), [1.0, 0.0]) == 0
