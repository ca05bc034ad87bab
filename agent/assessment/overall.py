"""The overall score: a weighted mean, computed by code, or none."""

from collections.abc import Mapping, Sequence

from storage.models.feedback import Category, CategoryScore
from storage.models.interview import InterviewType

WEIGHTS: Mapping[InterviewType, Mapping[Category, float]] = {
    "technical": {
        "technical_knowledge": 0.45,
        "problem_solving": 0.25,
        "communication": 0.15,
        "cultural_fit": 0.05,
        "confidence": 0.10,
    },
    "behavioral": {
        "technical_knowledge": 0.05,
        "problem_solving": 0.10,
        "communication": 0.30,
        "cultural_fit": 0.45,
        "confidence": 0.10,
    },
    "mixed": {
        "technical_knowledge": 0.30,
        "problem_solving": 0.20,
        "communication": 0.20,
        "cultural_fit": 0.20,
        "confidence": 0.10,
    },
}
NEEDED_WEIGHT = 0.5


def overall_score(categories: Sequence[CategoryScore], interview_type: InterviewType) -> int | None:
    """None when the scored categories carry less than half of the weight."""
    weights = WEIGHTS[interview_type]
    scored = [(weights[item.category], item.score) for item in categories if item.score is not None]
    total = sum(weight for weight, _ in scored)
    if total < NEEDED_WEIGHT - 1e-9:
        return None
    return round(sum(weight * score for weight, score in scored) / total)


def overall_spread(
    categories: Sequence[CategoryScore], samples: Mapping[Category, Sequence[int]], interview_type: InterviewType
) -> float | None:
    """Highest less lowest overall score that single samples would give; None where there were none.

    A category without samples, scored by rule, counts with its score in each.
    """
    count = max((len(scores) for scores in samples.values()), default=0)
    overall = [
        overall_score(
            [_as_sampled(category, samples.get(category.category, ()), at) for category in categories], interview_type
        )
        for at in range(count)
    ]
    present = [score for score in overall if score is not None]
    return float(max(present) - min(present)) if len(present) > 1 else None


def _as_sampled(category: CategoryScore, samples: Sequence[int], at: int) -> CategoryScore:
    if category.score is None or not samples:
        return category
    return category.model_copy(update={"score": samples[min(at, len(samples) - 1)]})
