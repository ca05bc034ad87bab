"""Technologies and jobs that somebody tells of as the past, beside what they want now.

"Twelve years of C++ behind me, and now I'm up for an embedded engineer position."
"""

import re
from collections.abc import Sequence

from agent.setup.clauses import NOW, clauses_of, words_in
from agent.setup.found import Found
from agent.setup.lexicon import load_lexicon

_LENGTH = r"(?:all my life|all my career|(?:many |several |some |\w+ |\d+ )?(?:years|decades|ages)|a decade|so long)"
_GONE = re.compile(
    r"\b(?:behind (?:me|us)|used to|until (?:now|recently)|"
    rf"after (?:(?:almost|nearly|about|over|more|than) )*{_LENGTH} (?:of|with|in|as|on))\b"
)
_WAS_LONG = re.compile(rf"\b(?:i|we) (?:was|were|did|wrote|worked)\b.*\b(?:for|over) {_LENGTH}\b")
_HAS_BEEN_LONG = re.compile(rf"\b(?:i've|i have|we've) (?:done|been|written|worked)\b.*\b(?:for )?{_LENGTH}\b")
"""The past only if something else is wanted now."""
_LEAVES = re.compile(
    r"\b(?:goodbye to|fed up with|tired of|com(?:e|ing) from|came from|left|leaving|mov(?:ed|ing) (?:on|away) from|"
    r"switch(?:ed|ing) from)\b"
)
"""What is left for something else of its kind."""
_MOVES = re.compile(r"\b(?:chang|switch|mov)(?:e|ing)? (?:over )?(?:in)?to\b")
"""To what comes in its place."""
_WAS = re.compile(
    r"(?:\b(?:i|we) (?:was|were|have been|had been|worked as|used to be|used to work as)|\bi've been|^was)"
    r"(?: \w+){0,3}$"
)


def told_as_past(found: Found) -> set[int]:
    """Where technologies begin that belong to what was before, if something else is wanted now."""
    clauses = clauses_of(found)
    gone = [clause for clause in clauses if _is_past(clause, [one for one in clauses if one != clause], found)]
    return {mention.start for mention in found.of("technology") if any(mention.start in clause for clause in gone)}


def _is_past(clause: range, others: Sequence[range], found: Found) -> bool:
    words = words_in(clause, found)
    comes = [one for one in others if _names_technology(one, found)]
    wants = [*comes, *(one for one in others if _names_a_role(one, found))]
    if comes and (_LEAVES.search(words) or any(_MOVES.search(words_in(one, found)) for one in comes)):
        return True
    if _HAS_BEEN_LONG.search(words):
        return any(found.word(one.start) in NOW or found.word(one.start + 1) in NOW for one in wants)
    return bool((wants and _GONE.search(words)) or (len(wants) > len(comes) and _WAS_LONG.search(words)))


def was_before(start: int, found: Found) -> bool:
    """Whether a role at this place is told as what somebody was: "in my country I was a teacher"."""
    clause = next(one for one in clauses_of(found) if start in one)
    return _WAS.search(words_in(range(clause.start, start), found)) is not None


def _names_technology(clause: range, found: Found) -> bool:
    return any(mention.start in clause for mention in found.of("technology"))


def _names_a_role(clause: range, found: Found) -> bool:
    is_title = load_lexicon().is_title
    return any(one.start in clause for one in found.of("role")) or any(is_title(found.word(at)) for at in clause)
