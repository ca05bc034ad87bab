"""Technologies that give way to others in the same breath: "change Python to Go", "rather Postgres than Mongo"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from agent.setup.found import Found, Mention
from agent.setup.lexicon import load_lexicon

_EXCHANGES = frozenset(
    (  # noqa: SIM905  # a list of words reads better as a line of them
        "change changed replace replaced swap swapped switch switched switching exchange turn moved moving migrated "
        "trade traded update correct"
    ).split()
)
_COMES = frozenset({"come", "coming", "came", "comes"})
_SEVERAL = frozenset({"them", "those"})
_PRONOUNS = frozenset({"it", "that", "them", "this", "those"})
_REMOVES = frozenset({"remove", "drop", "delete", "scrap", "forget", "skip", "ditch", "bin", "lose"})
_MEANT = frozenset({"it's", "meant", "mean", "should", "is", "want", "need"})
_NOTED = frozenset({"heard", "wrote", "put", "have", "understood", "got", "noted", "typed", "took"})
_SAID = frozenset({"said", "wrote", "heard", "understood"})
_BECOMES = re.compile(r"(?:should (?:be|become|say|have been)|becomes|must be|has to be|needs to be|is actually) ")
_TAKES_ITS_PLACE = re.compile(
    r"(?:out of|in for|where(?: (?:you|i|we) (?:have|said|put|wrote))?|(?:(?:should|will|would|can|to) )?replaces?)"
    r"(?: the| my)?$"
)
_IS_CALLED = re.compile(r"(?:is|isn't|was|wasn't) ")
_FARTHEST = 5
_REPLACES = frozenset({"replace", "swap", "exchange", "trade", "change"})
_FOR = frozenset({"with", "for", "to", "by"})
_INTO = frozenset({"to", "with", "for", "by", "into", "against"})


LEAVES_BEHIND = frozenset({"leave", "take", "drop", "throw", "kick", "cut", "knock", "strike", "cross"})
AWAY = frozenset({"out", "off", "away", "kerb", "curb", "bin"})


def given_up(found: Found) -> set[int]:
    """Where the mentions begin that are not wanted any more."""
    return (
        _exchanged(found)
        | _becomes(found)
        | _left_for_another(found)
        | _less_liked(found)
        | _dropped_as_it(found)
        | _said_wrongly(found)
    )


def _exchanged(found: Found) -> set[int]:
    """ "Change Python to Go", "swap Vue and Angular for React", "change Redux to Zustand and Webpack to Vite"."""
    words = [token.word for token in found.tokens]
    begins = next((place for place, word in enumerate(words) if word in _EXCHANGES), None)
    if begins is None:
        return set()
    named = [mention for mention in found.of("technology") if mention.start > begins]
    places = range(begins + 1, len(words))
    into = [at for at in places if words[at] in _INTO and _ends_at(at, named) and _is_a_name(at + 1, found)]
    if not into:
        return set()
    if found.word(begins + 1) == "in":
        # "swap in Redis for Kafka"
        return {mention.start for mention in named if mention.start > into[0]}
    gone = {mention.start for mention in named if mention.start < into[0]}
    for before, at in pairwise(into):
        goes = found.at(at - 1)
        is_list = all(words[place] == "and" or found.at(place) in named for place in range(before + 1, at))
        if goes is not None and is_list:
            # of "Kotlin and Rust, and Redis for Kafka" the first two have come
            gone.add(goes.start)
    return gone


def _becomes(found: Found) -> set[int]:
    """ "Catia should be Creo", "make Redis out of Kafka", "Redis replaces Kafka"."""
    gone: set[int] = set()
    for mention in found.of("technology"):
        behind = " ".join(found.word(place) for place in range(mention.end, mention.end + _FARTHEST))
        if (becomes := _BECOMES.match(behind)) and _is_a_name(mention.end + len(becomes[0].split()), found):
            gone.add(mention.start)
        before = " ".join(found.word(place) for place in range(mention.start - _FARTHEST, mention.start))
        if (takes_place := _TAKES_ITS_PLACE.search(before)) is not None:
            place = mention.start - len(takes_place[0].split())
            if found.at(place - 1) is not None or _is_a_name(place - 1, found):
                gone.add(mention.start)
        if found.word(mention.start - 1) == "the" and _is_named_behind(mention, behind, found):
            gone.add(mention.start)
    return gone


def _is_named_behind(mention: Mention, behind: str, found: Found) -> bool:
    """ "The database is PostgreSQL", "for the database SQL Server" name one thing, and not SQL."""
    if _IS_CALLED.match(behind):
        return found.at(mention.end + 1) is not None
    named = found.at(mention.end)
    is_generic = found.words(mention.start, mention.end) == ("database",)
    return is_generic and named is not None and named.slot == "technology" and not found.is_break(named.start)


def _ends_at(place: int, named: Sequence[Mention]) -> bool:
    return any(one.end == place for one in named)


def _is_a_name(place: int, found: Found) -> bool:
    """Whether a technology begins there, or what may be one that nobody listed."""
    mention, word = found.at(place), found.word(place)
    if mention is not None:
        return mention.slot == "technology"
    return word.isalpha() and place not in found.used and word not in load_lexicon().gazetteer.everyday


def _said_wrongly(found: Found) -> set[int]:
    """ "I said Java, but it's Kotlin", "you heard six, I said eight", "Go is what I meant when I said Java"."""
    words = [token.word for token in found.tokens]
    heard = [one for one in found.mentions if _is_misheard(words[max(0, one.start - 3) : one.start])]
    if gone := {
        one.start
        for one in heard
        if any(other.slot == one.slot and other.value != one.value for other in found.mentions if other not in heard)
    }:
        return gone
    for one, other in pairwise(found.mentions):
        between = words[one.end : other.start]
        is_said = one.slot == other.slot and found.word(one.start - 1) in _SAID
        if is_said and between[:1] in (["but"], ["it's"]) and _MEANT.intersection(between):
            return {one.start}
    return set()


def _is_misheard(before: Sequence[str]) -> bool:
    """Whether these words stand before what somebody didn't mean."""
    return tuple(before) == ("when", "i", "said") or (before[-2:-1] == ["you"] and before[-1] in _NOTED)


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
    likes = next((at for at, word in enumerate(words) if word in ("rather", "prefer", "better")), None)
    than = next((at for at, word in enumerate(words) if word in ("than", "over")), None)
    if likes is None or than is None or likes > than:
        return set()
    following = found.at(than + 1)
    is_liked = following is not None and any(likes < one.start < than for one in found.of(following.slot))
    return {following.start} if following is not None and is_liked else set()


def _dropped_as_it(found: Found) -> set[int]:
    """ "Hadoop is a thing of the past, take it off", "we leave Azure, so replace it with AWS"."""
    words = [token.word for token in found.tokens]
    for at, (word, named) in enumerate(pairwise(words)):
        if named not in _PRONOUNS:
            continue
        is_away = word in LEAVES_BEHIND and found.word(at + 2) in AWAY
        is_away = is_away or (word in _REPLACES and found.word(at + 2) in _FOR and _is_a_name(at + 3, found))
        is_away = is_away or found.words(at - 2, at + 1) == ("get", "rid", "of")
        before = [mention for mention in found.of("technology") if mention.end <= at]
        if (is_away or word in _REMOVES) and before:
            begins = found.sentence_begins(before[-1].start) if named in _SEVERAL else before[-1].start
            return {mention.start for mention in before if mention.start >= begins}
    return set()


def is_between(place: int, named: Sequence[Mention]) -> bool:
    """Whether one ends right before a place, and another begins right after it."""
    return any(one.end == place for one in named) and any(one.start == place + 1 for one in named)
