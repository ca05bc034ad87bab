"""What each question of a plan is to be about, where a model writes it.

Code decides: the questions are written at the same time, and none knows of the others.
"""

import random
from dataclasses import dataclass
from itertools import cycle
from typing import Literal, get_args

from prompts.question_bank import Competency
from storage.models.interview import InterviewParameters, QuestionKind
from token_server.planning.kinds import planned_kinds

Angle = Literal[
    "how-it-works",
    "trade-off",
    "fault-finding",
    "performance",
    "failure",
    "quality",
    "security",
    "design",
    "change",
    "review",
    "limits",
    "growth",
    "order",
    "routine",
    "handover",
]
"""From which side a technical question is asked; prompts/plan_question.md explains each. As many as a plan can have
questions, so that one technology is enough for different ones."""
ANGLES: tuple[Angle, ...] = get_args(Angle)
COMPETENCIES: tuple[Competency, ...] = tuple(name for name in get_args(Competency) if name != "introduction")
"""Somebody who was asked for a certain job needs no written question to introduce themselves."""
OF_LEADERS = frozenset[Competency]({"leadership", "mentoring"})
"""Nobody asks beginners for stories about these."""


@dataclass(frozen=True, slots=True)
class Assignment:
    kind: QuestionKind
    subject: Angle | Competency
    technology: int | None = None
    """The number, from 1, of one of the technologies that the candidate named; None for none in particular."""

    @property
    def competency(self) -> str | None:
        return self.subject if self.kind == "behavioral" else None


def assign(parameters: InterviewParameters, chance: random.Random) -> list[Assignment]:
    """One for each question, in the plan's order: subjects by chance, technologies in turn."""
    competencies: list[Competency] = [
        name for name in COMPETENCIES if parameters.level != "junior" or name not in OF_LEADERS
    ]
    stories = cycle(chance.sample(competencies, len(competencies)))
    angles: cycle[Angle] = cycle(chance.sample(ANGLES, len(ANGLES)))
    numbers: list[int | None] = [number for number, _ in enumerate(parameters.technologies, 1)]
    technologies = cycle(numbers or [None])
    return [
        Assignment(kind, next(stories)) if kind == "behavioral" else Assignment(kind, next(angles), next(technologies))
        for kind in planned_kinds(parameters)
    ]
