"""What a job description or résumé names that the bank has questions about. Words count, sentences don't: whatever a
document says about itself, or asks for, it is a list of such names and nothing else.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import get_args
from unicodedata import normalize

from prompts.question_bank.schema import Competency
from prompts.question_bank.vocabulary import ambiguous_technologies, fold, named_technologies, phrases_in
from prompts.yaml_files import read_yaml
from storage.models.base import Model

MOST_TECHNOLOGIES = 12
MOST_COMPETENCIES = 6
MOST_YEARS = 40
MOST_CHARACTERS = 30_000
"""Of a text in its plain characters."""
_ITEM_ENDS = re.compile(r"[,;:|•·/()\[\]*\t–—]| - |\band\b|\bor\b|&|\.(?=\s|$)", re.IGNORECASE)
_YEARS = re.compile(
    r"\b(\d{1,2})\s*(?:\+|plus|or more)?\s*(?:(?:-|–|to)\s*\d{1,2}\s*\+?\s*)?(?:years?|yrs?)\b['’]?"
    r"(?:\s+of)?(?:\s+[\w/+#.&-]+){0,5}?\s+experience\b",
    re.IGNORECASE,
)


class Mentions(Model):
    """What is named most comes first, and of what is named as often the first."""

    technologies: tuple[str, ...] = ()
    """Ids of technologies.yaml."""
    competencies: tuple[Competency, ...] = ()
    years_of_experience: int | None = None
    """The most that is asked for, or claimed, in one place."""


def mentions_in(text: str) -> Mentions:
    technologies: Counter[str] = Counter()
    competencies: Counter[Competency] = Counter()
    known = _competency_by_phrase()
    # One character may stand for eighteen; the rest of such a text says nothing.
    plain = normalize("NFKC", text)[:MOST_CHARACTERS]
    for line in filter(str.strip, plain.splitlines()):
        words = fold(line)
        technologies.update(named_technologies(words))
        technologies.update(_listed_technologies(line, words))
        competencies.update(known[phrase] for phrase in phrases_in(words, known))
    years = [int(found[1]) for found in _YEARS.finditer(plain)]
    most_named: list[Competency] = [name for name, _ in competencies.most_common(MOST_COMPETENCIES)]
    return Mentions(
        technologies=tuple(name for name, _ in technologies.most_common(MOST_TECHNOLOGIES)),
        competencies=tuple(most_named),
        years_of_experience=max((number for number in years if number <= MOST_YEARS), default=None),
    )


def _listed_technologies(line: str, words: list[str]) -> list[str]:
    """ "Go" and "Spring" are technologies where they stand in a list beside another one."""
    ambiguous = ambiguous_technologies()
    if ambiguous.keys().isdisjoint(words):
        return []
    items = [fold(item) for item in _ITEM_ENDS.split(line) if item.strip()]
    named = [ambiguous.get("".join(item)) or next(iter(named_technologies(item)), None) for item in items]
    return [
        id_
        for at, (item, id_) in enumerate(zip(items, named, strict=True))
        if id_ is not None and "".join(item) in ambiguous and set(named[max(0, at - 1) : at + 2]) - {None, id_}
    ]


@lru_cache(maxsize=1)
def _competency_by_phrase() -> Mapping[tuple[str, ...], Competency]:
    given: dict[str, Sequence[str]] = read_yaml(Path(__file__).parent / "competencies.yaml")
    known: Iterable[Competency] = get_args(Competency)
    by_name = {name: name for name in known}
    return {tuple(fold(phrase)): by_name[name] for name, phrases in given.items() for phrase in phrases}
