"""The words of a set-up conversation, typed and checked on loading: roles, technologies, levels, types, tones."""

from functools import lru_cache
from typing import Annotated, Any

from pydantic import Field

from prompts import PROMPTS_DIR, PromptError
from prompts.question_bank.schema import Family
from prompts.question_bank.vocabulary import fold
from prompts.question_bank.vocabulary import technologies as bank_technologies
from prompts.yaml_files import read_yaml
from storage.models.base import Model
from storage.models.setup import SetupField

_HERE = PROMPTS_DIR / "setup"


class Named(Model):
    """One thing that can be named, with the words that name it."""

    name: str
    """How it is written down."""
    also: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    """What recognisers make of it."""
    weak: tuple[str, ...] = ()
    """Everyday words that name it only where something else makes that plain."""

    def strong(self) -> tuple[str, ...]:
        """The words that name it by themselves."""
        return tuple(dict.fromkeys(word for word in (self.name, *self.also, *self.heard) if word not in self._weak()))

    def _weak(self) -> frozenset[str]:
        lowered = {word.casefold() for word in self.weak}
        return frozenset(word for word in (self.name, *self.also, *self.heard) if word.casefold() in lowered)


class RoleName(Model):
    """A role: a `label`, or a `name` that is said with a title and gets `title` where it is said without."""

    label: str | None = None
    name: str | None = None
    title: str | None = None
    also: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()

    def strong(self) -> tuple[str, ...]:
        own = self.label or self.name or ""
        return tuple(word for word in dict.fromkeys((own, *self.also, *self.heard)) if not self._is_weak(word))

    def _is_weak(self, word: str) -> bool:
        return word.casefold() in {weak.casefold() for weak in self.weak}


class Gazetteer(Model):
    roles: tuple[RoleName, ...]
    titles: frozenset[str]
    bare_titles: dict[str, str]
    """What a title without anything before it stands for."""
    title_words: dict[str, str]
    technologies: tuple[Named, ...]
    levels: Annotated[tuple[Named, ...], Field(min_length=3, max_length=3)]
    types: Annotated[tuple[Named, ...], Field(min_length=3, max_length=3)]
    tones: Annotated[tuple[Named, ...], Field(min_length=3, max_length=3)]
    nothing_in_particular: tuple[str, ...]
    beside: dict[str, tuple[str, ...]]
    idioms: tuple[str, ...]
    fields: dict[SetupField, tuple[str, ...]]
    everyday: frozenset[str]
    vocabulary: tuple[str, ...]
    """What a recogniser is told to expect, the most important first."""
    answers: dict[str, tuple[str, ...]]
    """The same, in its place, where this was asked."""
    technologies_of: dict[Family, tuple[str, ...]]
    """The same, of technologies, by the family of the role."""
    choices: dict[str, tuple[str, ...]]
    """What a short answer to a question is, most probably."""


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The shipped words; the question bank's technologies are all among them, with the bank's synonyms."""
    roles: dict[str, Any] = read_yaml(_HERE / "roles.yaml")
    words: dict[str, Any] = read_yaml(_HERE / "words.yaml")
    words["everyday"] = words["everyday"].split()
    named = [Named.model_validate(entry) for entry in read_yaml(_HERE / "technologies.yaml")]
    return Gazetteer.model_validate({**roles, **words, "technologies": _with_the_banks(named)})


def _with_the_banks(named: list[Named]) -> list[Named]:
    """Adds the bank's synonyms that no entry has to the entry with the bank's label."""
    by_name = {one.name: one for one in named}
    if len(by_name) != len(named):
        raise PromptError("setup/technologies.yaml: a name is given twice")
    taken = {form for one in named for word in (one.name, *one.also, *one.heard, *one.weak) for form in _forms(word)}
    for technology in bank_technologies():
        if technology.label not in by_name:
            raise PromptError(f"setup/technologies.yaml lacks {technology.label!r} of the question bank")
        entry = by_name[technology.label]
        new = tuple(word for word in technology.synonyms if tuple(fold(word)) not in taken)
        taken.update(tuple(fold(word)) for word in new)
        by_name[technology.label] = entry.model_copy(update={"also": (*entry.also, *new)})
    return list(by_name.values())


def _forms(name: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name, and the name in one word: "express js" is the bank's "express.js" as well."""
    words = tuple(fold(name))
    return words, ("".join(words),)
