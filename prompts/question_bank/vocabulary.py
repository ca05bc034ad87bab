"""From what people type ("React developer", "k8s", "barista") to role families and technology ids."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from prompts.question_bank.schema import Family, Id
from prompts.yaml_files import read_yaml
from storage.models.base import Model

_HERE = Path(__file__).parent
_SYMBOLS = (
    (re.compile(r"\bc\s?#"), "csharp"),
    (re.compile(r"\bf\s?#"), "fsharp"),
    (re.compile(r"\bc\+\+"), "cpp"),
    (re.compile(r"(?<=\w)\.(js|ts|io)\b"), r"\1"),
    (re.compile(r"\.net\b"), " dotnet"),
    (re.compile(r"&"), " and "),
)
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_VERSION_NUMBER = re.compile(r"^v?\d+$")
_TITLE_WORDS = frozenset({"developer", "dev", "engineer", "programmer", "specialist", "expert", "lead", "architect"})
_LONGEST_PHRASE = 4


class Technology(Model):
    id: Id
    label: str
    """As it is written: `PostgreSQL`."""
    synonyms: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    """Everyday words ("go", "next") that mean the technology only when they stand alone or in a job title."""
    related: tuple[Id, ...] = ()
    """What somebody who works with it also knows, nearest first: questions about these fit too."""
    families: tuple[Family, ...] = ()
    """Role families that "<technology> developer" belongs to."""


class RoleFamily(Model):
    id: Family
    synonyms: tuple[str, ...] = ()
    falls_back_to: tuple[Family, ...] = ()
    technologies: tuple[Id, ...] = ()
    """Asked about when the candidate names none."""


@lru_cache(maxsize=1)
def technologies() -> tuple[Technology, ...]:
    found = tuple(Technology.model_validate(entry) for entry in read_yaml(_HERE / "technologies.yaml"))
    ids = {technology.id for technology in found}
    for technology in found:
        if unknown := set(technology.related) - ids:
            raise ValueError(f"technologies.yaml: {technology.id} is related to unknown {sorted(unknown)}")
    return found


@lru_cache(maxsize=1)
def role_families() -> tuple[RoleFamily, ...]:
    found = tuple(RoleFamily.model_validate(entry) for entry in read_yaml(_HERE / "roles.yaml"))
    known = {technology.id for technology in technologies()}
    for family in found:
        if unknown := set(family.technologies) - known:
            raise ValueError(f"roles.yaml: {family.id} names unknown {sorted(unknown)}")
    return found


def match_role(text: str) -> list[Family]:
    """Role families of a role in anybody's words, nearest first.

    Always ends with what the found families fall back to, and last with `general`, so that going through the list in
    order is the whole fallback: "React developer" gives frontend, software, general; "barista" gives general.
    """
    words = fold(text)
    families_of = _families_by_phrase()
    found: list[Family] = [family for phrase in phrases_in(words, families_of) for family in families_of[phrase]]
    if not any(family not in ("software", "general") for family in found):
        technology_by_id = {technology.id: technology for technology in technologies()}
        named: list[Family] = [family for id_ in named_technologies(words) for family in technology_by_id[id_].families]
        found = [*named, *found]
    by_id = {family.id: family for family in role_families()}
    fallbacks: list[Family] = [fallback for family in found for fallback in by_id[family].falls_back_to]
    candidates: list[Family] = [*found, *fallbacks]
    candidates.append("general")
    # A specific family may be another's fallback (full-stack: frontend); the broad ones come after all of those.
    breadth = {"software": 1, "general": 2}
    return sorted(dict.fromkeys(candidates), key=lambda family: breadth.get(family, 0))


def match_technologies(names: Iterable[str]) -> list[str]:
    """Ids of the technologies that these names mean, in their order; unknown ones are left out.

    Case, punctuation and version numbers don't matter: "Postgres 16", "k8s", "NextJS", "AWS (S3, Lambda)".
    """
    found: list[str] = []
    for name in names:
        words = [word for word in fold(name) if not _VERSION_NUMBER.match(word)]
        alone = _ids_by_compact_name().get("".join(fold(name))) or _ids_by_compact_name().get("".join(words))
        found += [alone] if alone else named_technologies(words)
    return list(dict.fromkeys(found))


def role_technologies(role: str) -> list[str]:
    """Technologies to ask about when none were given: those that the role names, else its family's usual ones."""
    if named := named_technologies(fold(role)):
        return named
    usual = {family.id: family.technologies for family in role_families()}
    return next((list(usual[family]) for family in match_role(role) if usual[family]), [])


def expand_technologies(ids: Iterable[str]) -> list[str]:
    """The ids themselves, then what is related to them, nearest first, without repeats."""
    related = {technology.id: technology.related for technology in technologies()}
    order = list(dict.fromkeys(ids))
    for id_ in order:  # grows while it is walked: relations of relations come last
        order += [other for other in related.get(id_, ()) if other not in order]
    return order


def technology_label(id_: str) -> str:
    """How the technology is written. Raises KeyError for an unknown id."""
    return {technology.id: technology.label for technology in technologies()}[id_]


def fold(text: str) -> list[str]:
    """The lower-case words of a name without punctuation; `C#`, `C++`, `.NET` and `Node.js` stay one word each."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    for pattern, replacement in _SYMBOLS:
        folded = pattern.sub(replacement, folded)
    return _NOT_WORD.sub(" ", folded).split()


@lru_cache(maxsize=1)
def _families_by_phrase() -> dict[tuple[str, ...], list[Family]]:
    found: dict[tuple[str, ...], list[Family]] = {}
    for family in role_families():
        for synonym in family.synonyms:
            found.setdefault(tuple(fold(synonym)), []).append(family.id)
    return found


@lru_cache(maxsize=1)
def _ids_by_compact_name() -> dict[str, str]:
    return {
        "".join(fold(name)): technology.id
        for technology in technologies()
        for name in (technology.id, technology.label, *technology.synonyms, *technology.ambiguous)
    }


@lru_cache(maxsize=1)
def _ids_by_phrase() -> dict[tuple[str, ...], str]:
    return {
        tuple(fold(name)): technology.id
        for technology in technologies()
        for name in (technology.label, *technology.synonyms)
        if name.casefold() not in technology.ambiguous
    }


@lru_cache(maxsize=1)
def ambiguous_technologies() -> dict[str, str]:
    """Ids by everyday word."""
    return {name: technology.id for technology in technologies() for name in technology.ambiguous}


def named_technologies(words: list[str]) -> list[str]:
    """Ids in folded words, each once, in order."""
    found = [_ids_by_phrase()[phrase] for phrase in phrases_in(words, _ids_by_phrase())]
    for word, following in pairwise(words):
        if word in ambiguous_technologies() and following in _TITLE_WORDS:
            found.append(ambiguous_technologies()[word])
    return list(dict.fromkeys(found))


def phrases_in(words: list[str], known: Container[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Known phrases in the words, left to right, the longest at each place; "java" isn't found in "javascript"."""
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = tuple(words[at : at + length])
            if phrase in known:
                yield phrase
                at += length
                break
        else:
            at += 1
