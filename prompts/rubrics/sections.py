"""A Markdown file as a tree of its headings, which can be asked for exactly the headings that it must have."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

Title = TypeVar("Title", bound=str)
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*$")


class RubricError(ValueError):
    """A rubric doesn't have the form that the judge needs. Names the file and the heading."""


@dataclass
class Section:
    """A heading with the text below it, up to the next heading, and the sections below it."""

    title: str
    place: str
    """File and headings, for people who look for a mistake: `communication.md › Levels › 3`."""
    text: str = ""
    sections: list["Section"] = field(default_factory=list["Section"])

    def only(self, titles: Sequence[Title]) -> dict[Title, "Section"]:
        """The sections below by title, which must have these titles in this order and no text before them.

        Raises:
            RubricError: A heading is missing, unknown, repeated or out of order.
        """
        found = [section.title for section in self.sections]
        if found != list(titles):
            raise RubricError(f"{self.place}: has the headings {found}, needs {list(titles)}")
        self.without_text()
        return dict(zip(titles, self.sections, strict=True))

    def some(self) -> list["Section"]:
        """The sections below, of which there must be one at least, with any title."""
        self.without_text()
        if not self.sections:
            raise RubricError(f"{self.place}: has no headings below it")
        return self.sections

    def leaf(self) -> str:
        """The text of a section that must have some, and no headings below it."""
        if self.sections:
            raise RubricError(f"{self.sections[0].place}: no heading is expected here")
        if not self.text:
            raise RubricError(f"{self.place}: has no text")
        return self.text

    def bullets(self) -> tuple[str, ...]:
        """The text of a leaf that is a list and nothing else."""
        lines = self.leaf().splitlines()
        if strays := [line for line in lines if not line.startswith("- ")]:
            raise RubricError(f"{self.place}: {strays[0]!r} is no item of the list")
        return tuple(line.removeprefix("- ").strip() for line in lines)

    def without_text(self) -> None:
        if self.text:
            raise RubricError(f"{self.place}: has text where only headings are expected")


def read_sections(text: str, file_name: str) -> Section:
    """The one section of the highest heading.

    Raises:
        RubricError: Text before it, a second one, or a heading that skips a step.
    """
    above = Section(title="", place=file_name)
    path = [above]
    for line in text.splitlines():
        heading = _HEADING.match(line)
        if heading is None:
            path[-1].text += line + "\n"
            continue
        depth, title = len(heading[1]), heading[2]
        if depth > len(path):
            raise RubricError(f"{path[-1].place} › {title}: skips a step, {'#' * len(path)} is due")
        place = file_name if depth == 1 else f"{path[depth - 1].place} › {title}"
        section = Section(title=title, place=place)
        path[depth - 1].sections.append(section)
        path[depth:] = [section]
    _strip(above)
    above.without_text()
    if len(above.sections) != 1:
        raise RubricError(f"{file_name}: has {len(above.sections)} highest headings (#), needs one")
    return above.sections[0]


def _strip(section: Section) -> None:
    section.text = section.text.strip()
    for below in section.sections:
        _strip(below)
