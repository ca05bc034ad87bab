"""How likely it is that a point was said, from what was measured about it: a logistic model of six features.

Fitted by `python -m bench.assessment.fit` on the development answers of bench/assessment/sets, in which every point is
labelled; judged on questions that it wasn't fitted on. Telling a story and explaining differ, so each kind of question
has its own weights. No feature looks at the other points: with the mean over all points the model agreed better with
the labels (kappa .64 for .60), but by taking a good answer for one that has everything.
"""

from dataclasses import astuple, dataclass, fields
from functools import cache
from math import exp
from pathlib import Path
from typing import Annotated

from numpy import interp
from pydantic import Field

from agent.assessment.judge import Covered
from storage.models.base import Model
from storage.models.interview import QuestionKind

_FADE_BELOW, _SURE_ABOVE = 0.22, 0.25
MODEL_FILE = Path(__file__).with_name("point_model.json")


@dataclass(frozen=True)
class PointFeatures:
    """Closeness is a cosine of bare words, without the direction of the question: being about it proves nothing."""

    best: float
    """Of the stretch of one phrase that is closest to any wording of the point."""
    mean: float
    """Mean over the wordings of the closest stretch to each: one wording may be close by chance."""
    mean_of_long: float
    """The same for stretches of two phrases."""
    keywords: float
    """Share of the keyword groups that were heard."""
    words: float
    """Share of the meaningful words of all wordings that were said."""
    episode: float
    """How much of an episode the answer is. 0 for technical questions, 1 where a statement is asked for."""


FEATURES = tuple(field.name for field in fields(PointFeatures))


class Weights(Model):
    intercept: float
    weights: dict[str, float]
    yes_from: Annotated[float, Field(gt=0, lt=1)]
    partly_from: Annotated[float, Field(gt=0, lt=1)]

    def probability(self, features: PointFeatures) -> float:
        values = dict(zip(FEATURES, astuple(features), strict=True))
        return 1 / (1 + exp(-self.intercept - sum(self.weights[name] * values[name] for name in FEATURES)))

    def credit(self, probability: float) -> float:
        """What the point counts for: 0 where it is surely a no, to 1 where it is surely a yes.

        It rises evenly over all states, so that an answer said a little differently has nearly the same score.
        """
        return round(
            float(interp(probability, [self.partly_from - _FADE_BELOW, self.yes_from + _SURE_ABOVE], [0, 1])), 6
        )

    def covered(self, probability: float) -> Covered:
        if probability >= self.yes_from:
            return "yes"
        return "partly" if probability >= self.partly_from else "no"


class PointModel(Model):
    version: str
    technical: Weights
    behavioral: Weights

    def of(self, kind: QuestionKind) -> Weights:
        return self.technical if kind == "technical" else self.behavioral


@cache
def point_model() -> PointModel:
    return PointModel.model_validate_json(MODEL_FILE.read_text(encoding="utf-8"))
