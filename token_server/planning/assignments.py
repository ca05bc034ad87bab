"""What each question of a plan is to be about, where a model writes it.

Code decides: the questions are written at the same time, and none knows of the others.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Literal, cast, get_args

from prompts.question_bank import Competency
from storage.models.interview import InterviewParameters, QuestionKind, QuestionReason
from token_server.planning.focus import Focus, in_turn

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
    """The number, from 1, of one of the technologies that were named; None for none in particular."""
    reason: QuestionReason | None = None

    @property
    def competency(self) -> str | None:
        return self.subject if self.kind == "behavioral" else None


def assign(
    parameters: InterviewParameters,
    kinds: Sequence[QuestionKind],
    technologies: Sequence[Focus],
    named_competencies: Sequence[Focus],
    chance: random.Random,
) -> list[Assignment]:
    """One for each question, in the plan's order: what was named in turn, the rest by chance.

    Args:
        kinds: of the questions.
        technologies: that the candidate or their documents named.
        named_competencies: that their documents named.
    """
    competencies: list[Competency] = [
        name for name in COMPETENCIES if parameters.level != "junior" or name not in OF_LEADERS
    ]
    wanted = [focus for focus in named_competencies if focus.bank_id in competencies]
    others = [Focus(name, name) for name in chance.sample(competencies, len(competencies))]
    stories = cycle([*wanted, *(focus for focus in others if focus.name not in {named.name for named in wanted})])
    angles: cycle[Angle] = cycle(chance.sample(ANGLES, len(ANGLES)))
    turns = iter(in_turn(technologies, kinds.count("technical")))
    return [
        _story(next(stories)) if kind == "behavioral" else _technical(next(angles), next(turns, None), technologies)
        for kind in kinds
    ]


def _story(focus: Focus) -> Assignment:
    return Assignment("behavioral", cast(Competency, focus.name), reason=focus.reason)


def _technical(angle: Angle, focus: Focus | None, technologies: Sequence[Focus]) -> Assignment:
    if focus is None:
        return Assignment("technical", angle)
    return Assignment("technical", angle, technologies.index(focus) + 1, focus.reason)
