"""So many questions more or fewer than before: "two fewer", "another three", "take two off", "cut it by two"."""

from agent.setup.found import Asked, Found

QUESTIONS = frozenset({"question", "questions", "ones", "items", "problems", "topics"})
_MORE = frozenset({"more", "additional", "extra"})
_FEWER = frozenset({"less", "fewer"})
_TAKES = frozenset({"take", "knock", "shave", "cut", "lop", "chop"})
_REMOVES = frozenset({"lose", "drop", "remove", "skip", "delete", "scrap", "cut", "away", "out"})
_LOWERS = _TAKES | {"down", "reduce", "lower", "decrease", "shorten", "shorter", "trim"}
_RAISES = frozenset({"up", "raise", "increase", "extend", "lengthen", "longer"})
_THEM = frozenset({"questions", "them", "those", "these"})
_FARTHEST_VERB, _FARTHEST_NOUN = 5, 4


def count_change(value: int, start: int, end: int, found: Found, asked: Asked) -> tuple[int, int] | None:
    """How many more (or fewer, below zero) a number at these places means, and where that ends; None: no change."""
    before, is_of_them = found.word(start - 1), found.word(end) == "of"
    place = end + (found.word(end) in QUESTIONS)
    after, next_one = found.word(place), found.word(place + 1)
    if after in _FEWER:
        return -value, place + 1
    if before == "another" or after in _MORE:
        return value, place + (after in _MORE)
    if after == "too" and next_one in ("many", "few"):
        return (-value if next_one == "many" else value), place + 2
    is_all = asked == "confirm" and found.is_break(place + 1) and (start == 0 or found.is_break(start))
    if after == "off" and (before in _TAKES or is_all):
        return -value, place
    if before == "by":
        verbs = {found.word(at) for at in range(max(0, start - _FARTHEST_VERB), start)}
        return (-value, place) if verbs & _LOWERS else (value, place) if verbs & _RAISES else None
    if place == end and not is_of_them:
        return None
    if asked == "confirm" and before in _REMOVES:
        return -value, next((at + 1 for at in range(place, place + _FARTHEST_NOUN) if found.word(at) in _THEM), place)
    return (value, place) if asked == "confirm" and before == "add" else None
