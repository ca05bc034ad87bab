"""What a rubric is, and the part of it that the judge reads for one interview type and one level of experience.

"Level" alone is 1 to 5 in the texts, because that is what a rubric has. In code it is a `RubricLevel`; `Level` is the
candidate's: junior, mid or senior.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from storage.models.base import Model
from storage.models.feedback import Category
from storage.models.interview import InterviewType, Level, QuestionKind

RubricLevel = Literal[1, 2, 3, 4, 5]
RUBRIC_LEVELS: tuple[RubricLevel, ...] = get_args(RubricLevel)

EXPECTED_OF: Mapping[Level, str] = {
    "junior": "Expected of a junior",
    "mid": "Expected at mid level",
    "senior": "Expected of a senior",
}


class Anchor(Model):
    """What can be observed at one of the five levels."""

    level: RubricLevel
    behaviours: tuple[str, ...]


class Expectation(Model):
    """Where levels 3 and 5 lie for one level of experience."""

    at_3: str
    at_5: str


class Scope(Model):
    """What one interview type shows of the category: which answers count, and where levels 3 and 5 lie."""

    counts: str
    at_3: str
    at_5: str


class Example(Model):
    """One spoken answer. The same words earn a lower level from a senior than from a junior, or the same."""

    kind: QuestionKind
    question: str
    answer: str
    why: str
    earns: dict[Level, RubricLevel]


class Rubric(Model):
    """One category's rubric, as its file has it."""

    category: Category
    what_it_is: str
    what_it_is_not: str
    evidence: str
    not_enough_evidence: str
    costs: str
    """What hints, skips and repeats cost: nothing, and what that means here."""
    anchors: tuple[Anchor, ...]
    expected: dict[Level, Expectation]
    scopes: dict[InterviewType, Scope]
    examples: tuple[Example, ...]

    def examples_for(self, interview_type: InterviewType, level: Level) -> Mapping[RubricLevel, Example]:
        """An example for each of the five levels, all to one question.

        A mixed interview, or one whose kind of question the file has no examples for, gets those that come first.
        """
        fitting = [example for example in self.examples if example.kind == interview_type]
        kind = (fitting or self.examples)[0].kind
        # Two may earn the same level; the first is as good as the other.
        ranked = [example for example in reversed(self.examples) if example.kind == kind]
        found = {example.earns[level]: example for example in ranked}
        return {rubric_level: found[rubric_level] for rubric_level in RUBRIC_LEVELS}

    def part(self, interview_type: InterviewType, level: Level) -> str:
        """What the judge reads: everything that holds here, and nothing of other types or levels of experience."""
        examples = self.examples_for(interview_type, level)
        scope, expected = self.scopes[interview_type], self.expected[level]
        return "\n\n".join(
            [
                f"# Rubric: {self.category.replace('_', ' ')}",
                f"## What it is\n{self.what_it_is}",
                f"## What it is not\n{self.what_it_is_not}",
                f"## Evidence\n{self.evidence}",
                f"## Not enough evidence\n{self.not_enough_evidence}",
                f"## Hints, skips and repeats\n{self.costs}",
                f"## In this interview ({interview_type})\nCounts: {scope.counts}\n3: {scope.at_3}\n5: {scope.at_5}",
                f"## {EXPECTED_OF[level]}\n3: {expected.at_3}\n5: {expected.at_5}",
                f"## Levels\nThe examples answer “{examples[1].question}”",
                *(_level_text(anchor, examples[anchor.level]) for anchor in self.anchors),
            ]
        )


def _level_text(anchor: Anchor, example: Example) -> str:
    behaviours: Sequence[str] = [f"- {behaviour}" for behaviour in anchor.behaviours]
    return "\n".join([f"### {anchor.level}", *behaviours, f"Example: “{example.answer}” {example.why}"])
