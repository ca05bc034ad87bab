"""How one attempt is graded: answers judged, categories scored, findings worded. One object for each attempt.

Two exist: by rule on this machine (on_device_grading.py), and by a language model with the former behind it (llm/).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from agent.assessment.answers import Answer
from agent.assessment.findings import Area, Strength
from agent.assessment.interview import JudgedInterview
from agent.assessment.judge import AnswerJudgement
from storage.models.feedback import AreaForImprovement, Category, CategoryScore, Claim
from storage.models.interview import Level

GraderKind = Literal["on_device", "llm", "llm_with_on_device_fallback"]


@dataclass(frozen=True)
class CategoryGrades:
    categories: list[CategoryScore]
    """All five, in the order of the contract."""
    samples: Mapping[Category, Sequence[int]] = field(default_factory=dict[Category, Sequence[int]])
    """The score that each sample alone would give, where there were several."""


@dataclass(frozen=True)
class Found:
    """All that a report may say."""

    interview: JudgedInterview
    overall: int | None
    categories: Sequence[CategoryScore]
    strengths: Sequence[Strength]
    areas: Sequence[Area]


@dataclass(frozen=True)
class Wording:
    """The sentences of a report. Claims stand on the evidence of the findings that they word."""

    strengths: list[Claim]
    areas: list[AreaForImprovement]
    stronger_answers: Mapping[str, str]
    """By question_id; a question without one has nothing to add."""
    final_assessment: str


@dataclass(frozen=True)
class GraderFacts:
    """Who judged, and with what. Read when all is done: only then is it known whether the model held out."""

    kind: GraderKind
    model: str
    rubric_version: str
    prompt_version: str
    samples: int
    fallback_reason: str | None = None
    """In plain words."""


class Grading(Protocol):
    """Never raises for what was said, nor for a model that fails: the judge on this machine then takes its place."""

    answers_at_once: int

    async def judge(self, answer: Answer, level: Level) -> AnswerJudgement: ...
    async def score(self, interview: JudgedInterview) -> CategoryGrades: ...
    async def word(self, found: Found) -> Wording: ...
    def facts(self) -> GraderFacts: ...
