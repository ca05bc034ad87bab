"""Stretches of an answer with their vectors: what is compared with a wording."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from agent.assessment.embedding import Vectors
from agent.assessment.judge import Quoted


@dataclass(frozen=True)
class Passage:
    quoted: Quoted
    vector: Vectors


def matrix(passages: Sequence[Passage]) -> Vectors:
    """A row for each."""
    return np.stack([passage.vector for passage in passages]) if passages else np.zeros((0, 1), dtype=np.float32)
