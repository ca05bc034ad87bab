"""From a Markdown file to a rubric. Refuses what isn't in its place, and says in which file and below which heading."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

from prompts.rubrics.rubric import EXPECTED_OF, RUBRIC_LEVELS, Anchor, Example, Expectation, Rubric, RubricLevel, Scope
from prompts.rubrics.sections import RubricError, Section, read_sections
from storage.models.feedback import Category
from storage.models.interview import InterviewType, Level, QuestionKind

LEVELS: tuple[Level, ...] = get_args(Level)
INTERVIEW_TYPES: tuple[InterviewType, ...] = get_args(InterviewType)
KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)
HEADINGS = (
    "What it is",
    "What it is not",
    "Evidence",
    "Not enough evidence",
    "Hints, skips and repeats",
    "Levels",
    *(EXPECTED_OF[level] for level in LEVELS),
    "Interview types",
    "Examples",
)
_EARNS = re.compile(r"junior ([1-5]), mid ([1-5]), senior ([1-5])")


def read_rubric(path: Path, category: Category) -> Rubric:
    """The rubric of one file.

    Raises:
        RubricError: The file departs from the form that docs/rubrics.md describes.
    """
    text = path.read_text(encoding="utf-8")
    if "{{" in text:
        raise RubricError(f"{path.name}: a rubric has no variables, found {{{{")
    root = read_sections(text, path.name)
    title = category.replace("_", " ").capitalize()
    if root.title != title:
        raise RubricError(f"{path.name}: is headed {root.title!r}, needs {title!r}")
    below = root.only(HEADINGS)
    anchors, scopes = below["Levels"].only([str(level) for level in RUBRIC_LEVELS]), below["Interview types"]
    return Rubric(
        category=category,
        what_it_is=below["What it is"].leaf(),
        what_it_is_not=below["What it is not"].leaf(),
        evidence=below["Evidence"].leaf(),
        not_enough_evidence=below["Not enough evidence"].leaf(),
        costs=below["Hints, skips and repeats"].leaf(),
        anchors=tuple(Anchor(level=level, behaviours=anchors[str(level)].bullets()) for level in RUBRIC_LEVELS),
        expected={level: _expectation(below[EXPECTED_OF[level]]) for level in LEVELS},
        scopes={name: _scope(section) for name, section in scopes.only(INTERVIEW_TYPES).items()},
        examples=tuple(_examples(below["Examples"])),
    )


def _expectation(section: Section) -> Expectation:
    below = section.only(["3", "5"])
    return Expectation(at_3=below["3"].leaf(), at_5=below["5"].leaf())


def _scope(section: Section) -> Scope:
    below = section.only(["Counts", "3", "5"])
    return Scope(counts=below["Counts"].leaf(), at_3=below["3"].leaf(), at_5=below["5"].leaf())


def _examples(section: Section) -> Iterator[Example]:
    for asked in section.some():
        kind, _, question = asked.title.partition(": ")
        if kind not in KINDS or not question:
            raise RubricError(f"{asked.place}: needs a heading like 'technical: What is a lock?'")
        examples = [_example(kind, question, below) for below in asked.some()]
        _check_levels(asked, examples)
        yield from examples


def _example(kind: QuestionKind, question: str, section: Section) -> Example:
    match = _EARNS.fullmatch(section.title)
    if match is None:
        raise RubricError(f"{section.place}: needs a heading like 'junior 3, mid 3, senior 2'")
    answer, _, why = section.leaf().partition("\n\n")
    if not answer.startswith("> ") or "\n" in answer or not why.strip() or "\n" in why.strip():
        raise RubricError(
            f"{section.place}: needs the answer on one line that begins with '> ', then one that says why"
        )
    earns: dict[Level, RubricLevel] = {
        level: _rubric_level(digit) for level, digit in zip(LEVELS, match.groups(), strict=True)
    }
    return Example(kind=kind, question=question, answer=answer.removeprefix("> "), why=why.strip(), earns=earns)


def _rubric_level(digit: str) -> RubricLevel:
    return RUBRIC_LEVELS[int(digit) - 1]


def _check_levels(asked: Section, examples: Sequence[Example]) -> None:
    """Each level has an example from everybody, and nobody with more experience earns more with the same words."""
    for level in LEVELS:
        if missing := set(RUBRIC_LEVELS) - {example.earns[level] for example in examples}:
            raise RubricError(f"{asked.place}: no example earns {sorted(missing)} for {level}")
    for section, example in zip(asked.sections, examples, strict=True):
        if not example.earns["junior"] >= example.earns["mid"] >= example.earns["senior"]:
            raise RubricError(f"{section.place}: the same words earn more with more experience")
