"""Technologies that the gazetteer doesn't know: taken as they were written, in a list with known ones."""

import re

from agent.setup.found import Found
from agent.setup.lexicon import load_lexicon

_PARTS = frozenset({"and", "or", "plus", "also", "then"})
_BEFORE_NAMES = frozenset({"only", "just", "mainly", "mostly", "maybe", "probably", "with", "some", "uh", "um"})
_MOST_WORDS = 2


def unknown_in_list(text: str, found: Found, *, only_names: bool = False) -> list[tuple[int, str]]:
    """Names with their places: a whole member of the list, of words that mean nothing else.

    Args:
        only_names: those that are written with a capital; where nothing known makes it a list.
    """
    named: list[tuple[int, str]] = []
    for begin, end in _members(found):
        start = next((place for place in range(begin, end) if found.word(place) not in _BEFORE_NAMES), end)
        words = [found.word(place) for place in range(start, end)]
        if 0 < len(words) <= _MOST_WORDS and all(_may_be_a_name(place, found) for place in range(start, end)):
            written = _as_written(words, text)
            if only_names and not written[0].isupper():
                continue
            found.use(start, end)
            named.append((start, written))
    return named


def _members(found: Found) -> list[tuple[int, int]]:
    members, start = list[tuple[int, int]](), 0
    for place, token in enumerate(found.tokens):
        if token.before and place > start:
            members.append((start, place))
            start = place
        if token.word in _PARTS:
            members.append((start, place))
            start = place + 1
    return [*members, (start, len(found.tokens))]


def _may_be_a_name(place: int, found: Found) -> bool:
    word = found.word(place)
    known = load_lexicon().gazetteer
    is_title = word in known.titles or word in known.title_words
    is_adverb = word.endswith("ly")
    is_known = place in found.used or word in known.everyday or is_title
    return word.isalpha() and not is_known and not is_adverb


def _as_written(words: list[str], text: str) -> str:
    written = re.search(r"\W+".join(map(re.escape, words)), text, re.IGNORECASE)
    return written.group() if written is not None else " ".join(words)
