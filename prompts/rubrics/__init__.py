"""The rubrics that a model judges by, one Markdown file per category. docs/rubrics.md says how to write one."""

from prompts.rubrics.loading import RUBRIC_VERSION, load_rubric
from prompts.rubrics.rubric import RUBRIC_LEVELS, Anchor, Example, Expectation, Rubric, RubricLevel, Scope
from prompts.rubrics.sections import RubricError

__all__ = [
    "RUBRIC_LEVELS",
    "RUBRIC_VERSION",
    "Anchor",
    "Example",
    "Expectation",
    "Rubric",
    "RubricError",
    "RubricLevel",
    "Scope",
    "load_rubric",
]
