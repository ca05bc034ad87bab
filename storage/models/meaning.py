"""What a short text means, small enough to be kept with a row: its embedding, a signed byte a dimension, in base64."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from math import sqrt
from operator import mul

SCALE = 127


def packed(vector: Sequence[float]) -> str:
    """A unit vector as text: 512 characters for 384 dimensions. Cosines change by less than 0.01."""
    longest = max((abs(value) for value in vector), default=0.0) or 1.0
    return b64encode(bytes(round(SCALE * value / longest) & 0xFF for value in vector)).decode("ascii")


def unpacked(text: str) -> list[float]:
    """The direction again, as a unit vector.

    Raises:
        ValueError: The text isn't base64.
    """
    values = [byte - 256 if byte > SCALE else byte for byte in b64decode(text, validate=True)]
    length = sqrt(sum(value * value for value in values)) or 1.0
    return [value / length for value in values]


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """Of unit vectors; 0 where their dimensions differ, as of two models."""
    return sum(map(mul, one, other)) if len(one) == len(other) else 0.0
