"""What somebody names and corrects in the same breath: "Vue, sorry, React", "Kafka and Spark. Actually only Spark."."""

from collections.abc import Sequence

from agent.setup.found import Found, Mention
from agent.setup.lexicon import load_lexicon

_CORRECTS = frozenset({"no", "sorry", "actually", "mean", "wait", "meant", "rather", "correction"})
_STARTS_OVER = frozenset({"only", "just", "mistake", "mistaken", "mistook"})
_ONLY = frozenset({"only", "just"})
_MEANT = frozenset({"mean", "meant"})
_OF_WHAT_IS_NEW = frozenset({"job", "role", "position", "team", "company", "they", "now"})
_SOON = 4
_FILLS = frozenset(
    "i um uh no oh ah hmm it's make it that well or let's say with about for a an the".split()  # noqa: SIM905
)


def started_over(found: Found, wanted: Sequence[Mention]) -> set[int]:
    """ "Kafka and Spark. Actually only Spark.": what was named before it counts no more."""
    words = [token.word for token in found.tokens]
    named = [mention.start for mention in wanted if mention.slot == "technology"]
    for place in reversed(range(1, len(words))):
        if not found.tokens[place].before or words[place] not in _CORRECTS:
            continue
        # "Python. No, everybody knows that I can do Python, so only Go."
        only = next((start for start in named if start > place and words[start - 1] in _ONLY), None)
        if _STARTS_OVER.intersection(words[place : place + _SOON]) and any(start > place for start in named):
            return {start for start in named if start < place}
        if only is not None:
            return {start for start in named if start < only}
        if _says_as_many_anew(place, named, found):
            return {start for start in named if start < place}
    return _given_up_for_the_only_one(found, named)


def _says_as_many_anew(place: int, named: Sequence[int], found: Found) -> bool:
    """ "Unity and C#. Sorry, I mean Unreal Engine and C++."."""
    begins = found.sentence_begins(place - 1)
    before = [start for start in named if begins <= start < place]
    after = [start for start in named if start > place]
    is_meant = not _MEANT.isdisjoint(found.words(place, place + _SOON))
    return found.tokens[place].before == "." and is_meant and 1 < len(before) == len(after)


def _given_up_for_the_only_one(found: Found, named: Sequence[int]) -> set[int]:
    """ "Ten years with COBOL, but the new job is Python only."."""
    for start in named[1:]:
        mention = found.at(start)
        if mention is None or found.word(mention.end) not in _ONLY or not found.is_break(mention.end + 1):
            continue
        turns = next((at for at in range(named[0], start) if found.word(at) == "but" and found.tokens[at].before), None)
        if turns is not None and not _OF_WHAT_IS_NEW.isdisjoint(found.words(turns, start)):
            return {one for one in named if one < start}
    return set()


def is_corrected(one: Mention, other: Mention, found: Found) -> bool:
    """ "Vue, sorry, React", "Python developer, no, Java developer"."""
    between = [found.word(place) for place in range(one.end, other.start)]
    if between and load_lexicon().is_title(between[0]):
        between = between[1:]
    return bool(_CORRECTS.intersection(between)) and all(word in _CORRECTS | _FILLS for word in between)
