"""What several samples of one verdict come to, and what the device has to say to it."""

from collections.abc import Sequence
from statistics import median_low

from agent.assessment.judge import Covered
from prompts.rubrics import RubricLevel

_STEPS: tuple[Covered, ...] = ("no", "partly", "yes")
DEVICE_SURE_OF_NO = 0.15
DEVICE_SURE_OF_YES = 0.75
"""Probabilities of the fitted model (point_model.py). Its own bound for technical points, .58, is high on purpose: what
lies between is no contradiction, since embeddings miss what is said in unusual words."""


def median_covered(samples: Sequence[Covered]) -> Covered:
    """The middle verdict; of two middle ones the lower, which claims less."""
    return _STEPS[median_low([_STEPS.index(sample) for sample in samples])]


def median_level(samples: Sequence[RubricLevel]) -> RubricLevel:
    """The middle level; of two middle ones the lower."""
    return median_low(samples)


def disagree_sharply(model: Covered, device_probability: float) -> bool:
    """One judge is sure of what the other denies."""
    return (model == "yes" and device_probability < DEVICE_SURE_OF_NO) or (
        model == "no" and device_probability > DEVICE_SURE_OF_YES
    )
