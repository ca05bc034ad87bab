"""The parts of a turn that each say one thing."""

from collections.abc import Sequence
from itertools import pairwise

from agent.setup.found import Found

NOW = frozenset({"now", "but", "today"})
_WANTS = frozenset({"want", "wanna", "would", "am", "need"})
_ABOUT_ME = frozenset({"i'd", "i'm"})


def words_in(clause: range, found: Found) -> str:
    return " ".join(found.words(clause.start, clause.stop))


def clauses_of(found: Found) -> Sequence[range]:
    """The parts between marks, and from where somebody says what is wanted now."""
    words = [token.word for token in found.tokens]
    begins = {0}
    for place in range(1, len(words)):
        wants = words[place] in _ABOUT_ME or (words[place] == "i" and found.word(place + 1) in _WANTS)
        wants = wants and words[place - 1] not in NOW
        if found.tokens[place].before or words[place] in NOW or wants:
            begins.add(place)
    return [range(begin, end) for begin, end in pairwise([*sorted(begins), len(words)])]
