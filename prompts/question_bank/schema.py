"""What a question of the bank is. docs/question-bank.md says how to write one."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from storage.models.base import Model
from storage.models.interview import ExpectedPoint, Level, Misconception, QuestionKey, QuestionKind, StoryPart

Topic = Literal[
    "general-work",
    "software-engineering",
    "algorithms",
    "system-design",
    "backend",
    "frontend",
    "full-stack",
    "databases",
    "caching-and-messaging",
    "javascript",
    "python",
    "java",
    "go",
    "dotnet",
    "containers",
    "cloud",
    "version-control-and-delivery",
    "testing",
    "security",
    "mobile",
    "data",
    "machine-learning",
    "engineering-management",
]
Competency = Literal[
    "introduction",
    "motivation",
    "conflict",
    "failure",
    "leadership",
    "ownership",
    "ambiguity",
    "deadline",
    "feedback",
    "mentoring",
    "disagreement",
    "priorities",
    "learning",
    "customer",
    "ethics",
    "teamwork",
]
Family = Literal[
    "backend",
    "frontend",
    "full-stack",
    "mobile",
    "data",
    "ml",
    "devops",
    "security",
    "qa",
    "engineering-manager",
    "software",
    "general",
]
"""Role families. `software` fits every software role, `general` every role at all."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class BankQuestion(Model):
    """One question with its key. The fields of the key mean what `QuestionKey` says."""

    question_id: Id
    """Never changed and never used again for another question: feedback and retakes refer to it."""
    kind: QuestionKind
    text: Annotated[str, Field(min_length=10)]
    """Spoken as it stands: one or two short sentences, at most 35 words."""
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    roles: Annotated[tuple[Family, ...], Field(min_length=1)]
    technologies: tuple[Id, ...] = ()
    """Ids of technologies.yaml. A question about no technology in particular has none."""
    topic: Topic | None = None
    competency: Competency | None = None

    expected_points: Annotated[tuple[ExpectedPoint, ...], Field(min_length=3, max_length=6)]
    misconceptions: tuple[Misconception, ...] = ()
    follow_ups: Annotated[tuple[str, ...], Field(min_length=2, max_length=4)]
    hint: Annotated[str, Field(min_length=10)]
    story: tuple[StoryPart, ...] = ()
    answer_sec: Annotated[int, Field(ge=15, le=300)]

    @model_validator(mode="after")
    def _parts_fit_together(self) -> Self:
        if self.kind == "technical" and (self.topic is None or self.competency is not None or self.story):
            raise ValueError(f"{self.question_id}: a technical question has a topic, no competency and no story")
        if self.kind == "behavioral" and (self.competency is None or self.topic is not None):
            raise ValueError(f"{self.question_id}: a behavioral question has a competency and no topic")
        point_ids = [point.point_id for point in self.expected_points]
        if len(set(point_ids)) != len(point_ids):
            raise ValueError(f"{self.question_id}: point ids repeat")
        if not any(point.importance == "must" for point in self.expected_points):
            raise ValueError(f"{self.question_id}: no point is a must")
        for misconception in self.misconceptions:
            if misconception.contradicts is not None and misconception.contradicts not in point_ids:
                raise ValueError(f"{self.question_id}: no point {misconception.contradicts!r} to contradict")
        return self

    def key(self) -> QuestionKey:
        return QuestionKey(
            question_id=self.question_id,
            expected_points=list(self.expected_points),
            misconceptions=list(self.misconceptions),
            follow_ups=list(self.follow_ups),
            hint=self.hint,
            competency=self.competency,
            story=list(self.story),
            answer_sec=self.answer_sec,
        )
