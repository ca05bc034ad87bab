"""Which of the three kinds of interview a turn wants: behavioral, technical or both."""

import re
from itertools import pairwise
from typing import get_args

from agent.setup.found import Asked, Found, Mention
from agent.setup.polarity import Judged
from agent.setup.topics import names_two_halves
from storage.models.interview import InterviewType
from storage.models.setup import SetupDraft

_TYPES: dict[str, InterviewType] = {kind: kind for kind in get_args(InterviewType)}
_OPPOSITE: dict[str, InterviewType] = {"behavioral": "technical", "technical": "behavioral"}
_CORRECTS = frozenset({"no", "actually", "sorry", "mean", "rather", "instead", "make", "wait"})
_ALONE = frozenset({"only", "just", "purely", "so"})
"""Right before the one kind that is wanted."""
_IS_LEFT = frozenset({("left", "is"), ("remains", "is"), ("missing", "is")})
_HALVES = re.compile(r"\bhalf\b.+\bhalf\b")
_ADDS_KIND = re.compile(r"\b(?:add|also|too|as well|include|including)\b")
_HAD = r"(?! (?:(?:i|we|they) (?:did|had|have|already|passed|know)|i've|is done|was)\b)"
"""Behind "the other one": nobody wants what is done."""
_OTHER_KIND = re.compile(rf"\bthe other (?:kind|type|sort)\b{_HAD}")
_OTHER_ONE = re.compile(rf"\bthe other (?:kind|type|sort|one)\b{_HAD}")


def interview_type(plain: str, found: Found, judged: Judged, draft: SetupDraft, asked: Asked) -> InterviewType | None:
    """The one that a turn's bare words want; None where they say nothing about it."""
    kind = _named(plain, found, judged, draft, asked)
    named = [one for one in judged.wanted if one.slot == "interview_type"]
    is_half = len(named) < 2 and all(one.meaning.weak for one in named)  # of the two
    if asked == "interview_type" and is_half and names_two_halves(plain):
        return "mixed"
    adds = kind is not None and draft.interview_type == _OPPOSITE.get(kind) and _ADDS_KIND.search(plain)
    return "mixed" if kind is not None and (adds or _HALVES.search(plain)) else kind


def _named(plain: str, found: Found, judged: Judged, draft: SetupDraft, asked: Asked) -> InterviewType | None:
    wanted = [one for one in judged.wanted if one.slot == "interview_type" and not _is_a_mix_of(one, found)]
    other_kind = (_OTHER_ONE if asked == "interview_type" else _OTHER_KIND).search(plain)
    if other_kind is not None:
        return _other(other_kind, wanted, judged, draft)
    if not wanted:
        unwanted = [one.value for one in judged.unwanted if one.slot == "interview_type"]
        left = [kind for kind in _TYPES.values() if kind not in unwanted]
        if len(left) == 1:
            # "not the technical one and not the mixture"
            return _TYPES[left[0]]
        return _OPPOSITE.get(unwanted[-1]) if unwanted else None
    wanted = _without_what_is_there(wanted, found, draft)
    value = wanted[0].value
    for one, other in pairwise(wanted):
        between = {found.word(place) for place in range(one.end, other.start)}
        if found.word(other.start - 1) in _ALONE:
            # "Mixed. Or no, the people questions I can do already, so only technical."
            value = other.value
        elif (
            between & (_CORRECTS | {"to", "into", "should"})
            or other.value == "mixed"
            or "or" in between
            or _says_what_is_left(one, other, found)
        ):
            value = other.value
        elif value != other.value:
            value = "mixed"
    return _TYPES[value]


def _other(phrase: re.Match[str], wanted: list[Mention], judged: Judged, draft: SetupDraft) -> InterviewType | None:
    """ "Behavioral, no, the other one", which may be named behind it: "the other one, technical"."""
    end = len(phrase.string[: phrase.end()].split())
    named_behind = [one for one in wanted if one.start >= end]
    if named_behind:
        return _TYPES[named_behind[-1].value]
    # "the technical one I've done, so the other one"
    named = wanted or [one for one in judged.unwanted if one.slot == "interview_type"]
    return _OPPOSITE.get(named[-1].value if named else draft.interview_type or "")


def _says_what_is_left(one: Mention, other: Mention, found: Found) -> bool:
    """ "I've done the coding test, what's left is behavioral", "technical, hold on, wrong one, behavioral"."""
    between = found.words(one.end, other.start)
    return between[-2:] in _IS_LEFT or ("wrong", "one") in pairwise(between)


def _without_what_is_there(wanted: list[Mention], found: Found, draft: SetupDraft) -> list[Mention]:
    """ "I changed my mind about mixed. Behavioral, please."."""
    first, last = wanted[0], wanted[-1]
    in_two_sentences = any(found.tokens[at].before == "." for at in range(first.end, last.start + 1))
    others = [mention for mention in wanted if mention.value != draft.interview_type]
    return others if others and in_two_sentences else wanted


def _is_a_mix_of(mention: Mention, found: Found) -> bool:
    """ "A mix of Go and Python" is about technologies."""
    following = found.at(mention.end + 1)
    return found.word(mention.end) == "of" and following is not None and following.slot == "technology"
