"""What an area for improvement is about, in the bank's words: so that other questions about the same can be found."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from prompts.question_bank import BankQuestion, QuestionBank
from storage.models.interview import PracticeArea, QuestionKind

INTRODUCTION = "introduction"
"""The competency that nobody is asked about in the middle of an interview."""
FEWEST_QUOTED_WORDS = 3
"""Fewer may begin several questions."""
_QUOTED = re.compile(r"“([^”]+)”")


@dataclass(frozen=True, slots=True)
class Subject:
    kind: QuestionKind
    name: str
    """A topic or a competency."""
    technologies: frozenset[str]

    @classmethod
    def of(cls, question: BankQuestion) -> Self:
        return cls(question.kind, question.competency or question.topic or "", frozenset(question.technologies))

    def is_of(self, question: BankQuestion) -> bool:
        """Whether the question has this topic or competency. A question on the same technology comes near it only."""
        return question.kind == self.kind and self.name in (question.competency, question.topic)

    def is_near(self, question: BankQuestion) -> bool:
        return self.is_of(question) or (
            question.kind == self.kind and not self.technologies.isdisjoint(question.technologies)
        )


def questions_about(area: PracticeArea, bank: QuestionBank) -> list[BankQuestion]:
    """The bank's questions that the area was found in. Where it doesn't say which: those that its words quote."""
    known = [bank.question(question_id) for question_id in area.question_ids if question_id in bank]
    if known:
        return known
    quoted = [quote.removesuffix("…").strip() for quote in _QUOTED.findall(area.text)]
    quoted = [quote for quote in quoted if len(quote.split()) >= FEWEST_QUOTED_WORDS]
    return [question for question in bank.questions if any(_has(question, quote) for quote in quoted)]


def _has(question: BankQuestion, quote: str) -> bool:
    """Reports quote a question by its beginning, and a point as it stands."""
    return question.text.startswith(quote) or any(point.claim == quote for point in question.expected_points)


def subjects_of(questions: Iterable[BankQuestion]) -> Sequence[Subject]:
    """Each topic or competency once, in the order of the questions."""
    subjects: dict[str, Subject] = {}
    for question in questions:
        subjects.setdefault(question.competency or question.topic or "", Subject.of(question))
    return list(subjects.values())
