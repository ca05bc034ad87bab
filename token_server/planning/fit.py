"""How well a question of the bank fits what the candidate asked for."""

from dataclasses import dataclass
from typing import get_args

from prompts.question_bank import (
    BankQuestion,
    expand_technologies,
    match_role,
    match_technologies,
    role_technologies,
)
from storage.models.interview import InterviewParameters, Level
from token_server.planning.material import Material

LEVELS: tuple[Level, ...] = get_args(Level)
COST_OF_RELATED_TECHNOLOGY = 2.0
COST_OF_NO_TECHNOLOGY = 3.0
COST_OF_USUAL_TECHNOLOGY = 4.0
COST_OF_ROLE_STEP = 1.0
COST_OF_LEVEL_STEP = 4.0
COST_OF_OTHER_YEARS = 1.0
"""Of a question that isn't for the level that the asked years of experience lean to: less than any other cost."""
RELATED_PER_NAMED = 3
"""How far relations are followed: what is related to the related to the related fits nobody."""


@dataclass(frozen=True, slots=True)
class Fit:
    suitable: bool
    """Can be asked without surprising anybody: right kind of role, no technology that was never mentioned."""
    cost: float
    """The lower, the nearer to what was asked for."""


class Wish:
    """The candidate's parameters in the bank's words, with what their documents name."""

    def __init__(self, parameters: InterviewParameters, material: Material) -> None:
        self.level = parameters.level
        self.leaning = material.leaning
        self.families = match_role(parameters.role)
        usual = role_technologies(parameters.role)
        typed = match_technologies(parameters.technologies)
        named = list(dict.fromkeys([*typed, *material.technologies]))
        self.named = named or (usual if not parameters.technologies else [])
        reach = len(self.named) * (1 + RELATED_PER_NAMED)
        self.related = expand_technologies(self.named)[len(self.named) : reach]
        # Somebody who names unknown technologies only is asked general questions rather than about the usual ones.
        self.usual = usual if self.named else []

    def fit(self, question: BankQuestion) -> Fit:
        technology_cost = self._technology_cost(question)
        role_cost = self._role_cost(question)
        names_it = any(technology in self.named for technology in question.technologies)
        if role_cost is None and names_it:
            role_cost = COST_OF_ROLE_STEP * len(self.families)  # A barista who names Python wants to be asked about it.
        level_cost = COST_OF_LEVEL_STEP * self._level_steps(question)
        suitable = technology_cost is not None and role_cost is not None and level_cost <= COST_OF_LEVEL_STEP
        years_cost = 0.0 if self.leaning is None or self.leaning in question.levels else COST_OF_OTHER_YEARS
        return Fit(suitable, (technology_cost or 0.0) + (role_cost or 0.0) + level_cost + years_cost)

    def named_in(self, question: BankQuestion) -> list[str]:
        return [technology for technology in question.technologies if technology in self.named]

    def _technology_cost(self, question: BankQuestion) -> float | None:
        """None for a technology that is foreign to the wish."""
        if question.kind == "behavioral":
            return 0.0
        if not question.technologies:
            return COST_OF_NO_TECHNOLOGY
        if self.named_in(question):
            return 0.0
        if any(technology in self.related for technology in question.technologies):
            return COST_OF_RELATED_TECHNOLOGY
        if any(technology in self.usual for technology in question.technologies):
            return COST_OF_USUAL_TECHNOLOGY
        return None

    def _role_cost(self, question: BankQuestion) -> float | None:
        """None for a role that the candidate's has nothing to do with."""
        steps = [step for step, family in enumerate(self.families) if family in question.roles]
        return COST_OF_ROLE_STEP * steps[0] if steps else None

    def _level_steps(self, question: BankQuestion) -> int:
        wanted = LEVELS.index(self.level)
        return min(abs(wanted - LEVELS.index(level)) for level in question.levels)
