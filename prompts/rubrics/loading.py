"""The shipped rubrics, read once."""

from functools import cache
from pathlib import Path

from prompts.rubrics.reader import read_rubric
from prompts.rubrics.rubric import Rubric
from prompts.rubrics.sections import RubricError
from prompts.versions import content_version
from storage.models.feedback import CATEGORIES, Category

RUBRICS_DIR = Path(__file__).parent

RUBRIC_VERSION = content_version(1, sorted(RUBRICS_DIR.glob("*.md")))
"""Of the form and of how `Rubric.part` puts it together, then of the content: any word of any rubric changes it."""


@cache
def load_rubric(category: Category) -> Rubric:
    """Raises RubricError where the file is missing or departs from the form. Later calls return the same object."""
    path = RUBRICS_DIR / f"{category}.md"
    if not path.is_file():
        raise RubricError(f"no rubric {category!r}; there are {list(CATEGORIES)}")
    return read_rubric(path, category)
