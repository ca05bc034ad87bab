"""What is said of the technologies as a whole: "take them all out", "everything but Docker", "keep only the first"."""

import re

from agent.setup.found import Found
from agent.setup.polarity import Judged
from agent.setup.tokens import words_of
from storage.models.setup import SetupDraft

_THEM = (
    r"(?:(?:all|every|any)(?: of| single)? )?(?:(?:the|those|these|my) )?(?:other )?"
    r"(?:technolog(?:y|ies)|tools?|tech stack|programs)"
)
_CLEARS = re.compile(
    rf"\b(?:remove|drop|delete|scrap|lose|forget|clear|ditch|skip|bin|cut|leave out|take out|take off|take away|"
    rf"cut out|get rid of|do without|go without) {_THEM}\b"
    rf"|\b(?:take|leave|throw|kick|cut|knock|strike) {_THEM}(?: all)? (?:out|off|away)\b"
    rf"|\b(?:remove|drop|delete|scrap|lose|forget|ditch|bin|take out|cut|leave out|get rid of) "
    rf"(?:everything|all of (?:them|those|it)|all) "
    rf"(?=except|but|apart|other)"
)
_REST = r"(?:the (?:rest|others)|(?:everything|all|anything) else|all (?:the )?others)"
_CLEARS_REST = re.compile(
    rf"\b(?:remove|drop|delete|scrap|lose|forget|ditch|skip|bin|cut|leave out|take out|not) {_REST}\b"
    rf"|\b(?:take|leave|throw|kick) {_REST} (?:out|off|away)\b"
    rf"|\b{_REST} (?:(?:can|must|should|has to|have to) go|(?:is|are) out)\b"
)
_BUT = frozenset({"except", "but", "apart", "besides", "other"})
_NEGATORS = frozenset({"don't", "not", "never", "can't", "cannot", "won't", "didn't", "doesn't"})
_REMOVES = frozenset(
    {"remove", "drop", "delete", "scrap", "lose", "forget", "skip", "bin", "cut", "ditch", "without", "not", "it's"}
)
_WHICH = r"the (?P<end>last|first|second|third|middle)"
_COUNT = r"(?P<count>one|two|three|technology|tool)"
_PLACE = rf"{_WHICH} {_COUNT}"
_BY_PLACE = (
    re.compile(
        r"\b(?:forget|drop|remove|scrap|skip|lose|delete|bin|without|not|cut|(?:leave|take|cross) (?:out|off)) "
        rf"{_PLACE}\b"
    ),
    re.compile(rf"\b(?:take|leave|kick|throw|cut|cross|strike) {_PLACE} (?:out|off|away)\b"),
    re.compile(rf"\b(?:replace|swap|change|exchange|switch) {_PLACE} (?:with|by|for|to|into|against)\b"),
    re.compile(
        rf"\b{_WHICH}(?: {_COUNT})? (?:(?:is|are) (?:wrong|out|not|a mistake|unnecessary)|isn't|"
        r"(?:can|has to|have to|must|should) go|should (?:be|become)|becomes)\b"
    ),
)
_KEPT_BY_PLACE = re.compile(
    r"\b(?:only|just|keep)(?: only| just)?(?: keep)? the (?P<end>first|last) "
    r"(?:(?P<count>one|two|three)(?: (?:technologies|tools))?|technology|tool)\b"
)
_PLACES = {"one": 1, "two": 2, "three": 3, "technology": 1, "tool": 1}


def kept_of_all(text: str, found: Found, judged: Judged, draft: SetupDraft) -> tuple[str, ...] | None:
    """The technologies that stay or come where all others go; None where nothing is said of all of them."""
    if not draft.technologies:
        return None
    plain = " ".join(words_of(text))
    by_place = _KEPT_BY_PLACE.search(plain)
    if by_place is not None and _is_whole(by_place, found):
        return tuple(_at(by_place["end"], _PLACES[by_place["count"] or "one"], draft.technologies))
    named = tuple(dict.fromkeys(mention.value for mention in judged.wanted if mention.slot == "technology"))
    if named and _CLEARS_REST.search(plain):
        return named
    clears = _CLEARS.search(plain)
    if clears is None or _NEGATORS.intersection(plain[: clears.start()].split()[-2:]):
        return None
    end = _end(clears)
    if (following := found.at(end)) is not None and following.slot == "technology":
        # "remove the technology PostgreSQL"
        return None
    but = next((at for at in range(end, len(found.tokens)) if found.word(at) in _BUT), len(found.tokens))
    kept = [mention for mention in found.of("technology") if mention in judged.wanted or mention.start > but]
    return tuple(dict.fromkeys(mention.value for mention in kept))


def _is_whole(by_place: re.Match[str], found: Found) -> bool:
    """ "Just the last two, please", and not "remove just the last one" or "only the last one that's wrong"."""
    end = _end(by_place)
    ends = found.is_break(end) or found.word(end) in ("please", "then", "and", "the")
    return ends and not _REMOVES.intersection(by_place.string[: by_place.start()].split()[-1:])


def _end(match: re.Match[str]) -> int:
    """The place right behind it, in words."""
    return len(match.string[: match.end()].split())


def removed_by_place(text: str, draft: SetupDraft) -> list[str]:
    """ "Forget the last two"."""
    plain = " ".join(words_of(text))
    found = next((place for one in _BY_PLACE if (place := one.search(plain))), None)
    if found is None or not draft.technologies:
        return []
    return _at(found["end"], _PLACES[found["count"] or "one"], draft.technologies)


def _at(end: str, count: int, technologies: list[str]) -> list[str]:
    if end == "middle":
        first = (len(technologies) - count) // 2
        return technologies[first : first + count]
    begins = {"first": 0, "second": 1, "third": 2}
    return technologies[-count:] if end == "last" else technologies[begins[end] : begins[end] + count]
