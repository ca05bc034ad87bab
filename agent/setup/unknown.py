"""Technologies that the gazetteer doesn't know: taken as they were written, in a list with known ones."""

import re

from agent.setup.found import Found
from agent.setup.lexicon import load_lexicon

_PARTS = frozenset({"and", "or", "plus", "also", "then"})
_BEFORE_NAMES = frozenset({"only", "just", "mainly", "mostly", "maybe", "probably", "with", "some", "uh", "um"})
_PUTS = frozenset(
    {
        "put",
        "add",
        "use",
        "take",
        "want",
        "have",
        "include",
        "it's",
        "its",
        "meant",
        "mean",
        "i",
        "i'd",
        "like",
        "swap",
        "bring",
    }
)
_BEHIND_NAMES = frozenset({"instead", "please", "too", "in", "there"})
_EXCHANGES = frozenset({"with", "for", "by", "to", "into", "instead", "be", "become", "becomes", "not", "rather"})
_MOST_WORDS = 2


def unknown_in_list(
    text: str, found: Found, *, only_names: bool = False, exchanged: bool = False
) -> list[tuple[int, str]]:
    """Names with their places: a whole member of the list, of words that mean nothing else.

    Args:
        only_names: those that are written with a capital; where nothing known makes it a list.
        exchanged: for something known: "replace Kafka with Weebly".
    """
    named: list[tuple[int, str]] = []
    leads = _BEFORE_NAMES | _PUTS if exchanged else _BEFORE_NAMES
    for begin, end in _members(found, _PARTS | _EXCHANGES if exchanged else _PARTS):
        start = next((place for place in range(begin, end) if found.word(place) not in leads), end)
        while exchanged and end > start and found.word(end - 1) in _BEHIND_NAMES:
            end -= 1
        words = [found.word(place) for place in range(start, end)]
        if 0 < len(words) <= _MOST_WORDS and all(_may_be_a_name(place, found) for place in range(start, end)):
            written = _as_written(words, text)
            # a capital says little where a sentence begins, and nothing where there are none
            is_capital = written[0].isupper()
            is_telling = is_capital and start > 0 and found.tokens[start].before != "."
            if (only_names or (exchanged and not text.islower())) and not is_capital:
                continue
            if any(word.endswith("ly") for word in words) and not is_telling:
                continue
            found.use(start, end)
            named.append((start, written))
    return named


def _members(found: Found, parts: frozenset[str]) -> list[tuple[int, int]]:
    members, start = list[tuple[int, int]](), 0
    for place, token in enumerate(found.tokens):
        if token.before and place > start:
            members.append((start, place))
            start = place
        if token.word in parts:
            members.append((start, place))
            start = place + 1
    return [*members, (start, len(found.tokens))]


def _may_be_a_name(place: int, found: Found) -> bool:
    word = found.word(place)
    known = load_lexicon().gazetteer
    is_title = word in known.titles or word in known.title_words
    is_known = place in found.used or word in known.everyday or is_title
    return word.isalpha() and not is_known


def _as_written(words: list[str], text: str) -> str:
    written = re.search(r"\W+".join(map(re.escape, words)), text, re.IGNORECASE)
    return written.group() if written is not None else " ".join(words)
