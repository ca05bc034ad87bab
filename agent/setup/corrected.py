"""What somebody names and corrects in the same breath: "Vue, sorry, React", "Kafka and Spark. Actually only Spark."."""

from collections.abc import Sequence

from agent.setup.found import Found, Mention
from agent.setup.lexicon import load_lexicon

_CORRECTS = frozenset({"no", "sorry", "actually", "mean", "wait", "meant", "rather", "correction"})
_STARTS_OVER = frozenset({"only", "just", "mistake", "mistaken", "mistook"})
_ONLY = frozenset({"only", "just"})
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
    return set()


def is_corrected(one: Mention, other: Mention, found: Found) -> bool:
    """ "Vue, sorry, React", "Python developer, no, Java developer"."""
    between = [found.word(place) for place in range(one.end, other.start)]
    if between and load_lexicon().is_title(between[0]):
        between = between[1:]
    return bool(_CORRECTS.intersection(between)) and all(word in _CORRECTS | _FILLS for word in between)
