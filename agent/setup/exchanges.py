"""Technologies that give way to others in the same breath: "change Python to Go", "rather Postgres than Mongo"."""

from collections.abc import Sequence
from itertools import pairwise

from agent.setup.found import Found, Mention

_EXCHANGES = frozenset(
    (  # noqa: SIM905  # a list of words reads better as a line of them
        "change changed replace replaced swap swapped switch switched switching exchange turn moved moving migrated"
    ).split()
)
_COMES = frozenset({"come", "coming", "came", "comes"})
_SEVERAL = frozenset({"them", "those"})
_PRONOUNS = frozenset({"it", "that", "them", "this", "those"})
_REMOVES = frozenset({"remove", "drop", "delete", "scrap", "forget", "skip", "ditch", "bin", "lose"})
_MEANT = frozenset({"it's", "meant", "mean", "should", "is", "want", "need"})
_INTO = frozenset({"to", "with", "for", "by", "into"})


LEAVES_BEHIND = frozenset({"leave", "take", "drop", "throw", "kick", "cut", "knock", "strike"})
AWAY = frozenset({"out", "off", "away", "kerb", "curb", "bin"})


def given_up(found: Found) -> set[int]:
    """Where the mentions begin that are not wanted any more."""
    return (
        _exchanged(found) | _left_for_another(found) | _less_liked(found) | _dropped_as_it(found) | _said_wrongly(found)
    )


def _exchanged(found: Found) -> set[int]:
    """ "Change Python to Go", "swap Vue and Angular for React", "change Redux to Zustand and Webpack to Vite"."""
    words = [token.word for token in found.tokens]
    begins = next((place for place, word in enumerate(words) if word in _EXCHANGES), None)
    if begins is None:
        return set()
    named = [mention for mention in found.of("technology") if mention.start > begins]
    places = range(begins + 1, len(words))
    into = [at for at in places if words[at] in _INTO and is_between(at, named)]
    if not into:
        return set()
    gone = {mention.start for mention in named if mention.start < into[0]}
    for before, at in pairwise(into):
        goes = found.at(at - 1)
        is_list = all(words[place] == "and" or found.at(place) in named for place in range(before + 1, at))
        if goes is not None and is_list:
            # of "Kotlin and Rust, and Redis for Kafka" the first two have come
            gone.add(goes.start)
    return gone


def _said_wrongly(found: Found) -> set[int]:
    """ "I said Java, but it's Kotlin"."""
    words = [token.word for token in found.tokens]
    for one, other in pairwise(found.mentions):
        between = words[one.end : other.start]
        is_said = one.slot == other.slot and found.word(one.start - 1) == "said"
        if is_said and between[:1] == ["but"] and _MEANT.intersection(between):
            return {one.start}
    return set()


def _left_for_another(found: Found) -> set[int]:
    """ "I come from PHP, but the new team uses Python"."""
    words = [token.word for token in found.tokens]
    comes = next((at for at in range(len(words)) if words[at] in _COMES and found.word(at + 1) == "from"), None)
    but = next((at for at in range(comes or 0, len(words)) if words[at] == "but"), None)
    if comes is None or but is None or not any(mention.start > but for mention in found.of("technology")):
        return set()
    return {mention.start for mention in found.of("technology") if comes < mention.start < but}


def _less_liked(found: Found) -> set[int]:
    """ "I'd rather have Postgres than Mongo"."""
    words = [token.word for token in found.tokens]
    likes = next((at for at, word in enumerate(words) if word in ("rather", "prefer")), None)
    than = next((at for at, word in enumerate(words) if word in ("than", "over")), None)
    if likes is None or than is None or likes > than:
        return set()
    named = found.of("technology")
    following = [mention for mention in named if mention.start == than + 1]
    return {one.start for one in following} if any(likes < one.start < than for one in named) else set()


def _dropped_as_it(found: Found) -> set[int]:
    """ "Hadoop is a thing of the past, take it off"."""
    words = [token.word for token in found.tokens]
    for at, (word, named) in enumerate(pairwise(words)):
        if named not in _PRONOUNS:
            continue
        is_away = word in LEAVES_BEHIND and found.word(at + 2) in AWAY
        before = [mention for mention in found.of("technology") if mention.end <= at]
        if (is_away or word in _REMOVES) and before:
            begins = found.sentence_begins(before[-1].start) if named in _SEVERAL else before[-1].start
            return {mention.start for mention in before if mention.start >= begins}
    return set()


def is_between(place: int, named: Sequence[Mention]) -> bool:
    """Whether one ends right before a place, and another begins right after it."""
    return any(one.end == place for one in named) and any(one.start == place + 1 for one in named)
