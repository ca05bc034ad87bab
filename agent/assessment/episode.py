"""Whether an answer tells of something that happened, or of what one thinks and does in general.

Questions about behaviour ask for an episode: "in such cases I always talk to people" names every expected point and
tells of none. Counted in words, so that lost punctuation and a misheard word here and there change little.
"""

import re
from collections.abc import Sequence

from agent.assessment.words import word_set, words_of

_PAST = word_set(
    """
    was were had did got went made took gave told said spoke wrote built led began ran brought found put chose drew
    sent met kept cut fixed came broke sat taught bought held split rewrote proposed dealt stood sold won stuck knew
    thought felt left let heard showed wanted rang paid ate fell grew lost meant saw threw woke wore drove flew hit hung
    hurt shut slept spent swore became forgot rose shook didn't wasn't weren't hadn't couldn't
    """
)
_NO_PAST = word_set(
    "need feed speed indeed seed exceed proceed hundred supposed based called named used shared unused embed"
)
_SHORTEST_REGULAR = 5
_GENERAL = re.compile(
    r"\b(?:in general|always|usually|you (?:have to|need to|should|can't|can|just|never)"
    r"|people (?:who|are|know)|is (?:important|about|key)|should|everybody|never)\b",
    re.IGNORECASE,
)
_NOTHING_TOLD, _ALL_TOLD = 1.0, 4.0
"""Past verbs less one and a half for each general statement. Of the development stories nine of ten weak answers have
fewer than 2, all fair and strong ones at least 4. "I think" is no general statement: who hedges tells a story too."""
_WEIGHT_OF_GENERAL = 1.5
_FULL_WORDS = 60
"""A shorter answer needs fewer; a longer one no more, so that padding takes nothing away."""


def told_as_episode(texts: Sequence[str]) -> float:
    """0, nothing that happened, to 1, an episode.

    Args:
        texts: All turns of one answer, without fillers.
    """
    words = [word for text in texts for word in words_of(text)]
    if not words:
        return 0.0
    general = sum(len(_GENERAL.findall(text)) for text in texts)
    told = sum(map(is_past, words)) - _WEIGHT_OF_GENERAL * general
    told *= _FULL_WORDS / min(len(words), _FULL_WORDS)
    return min(1.0, max(0.0, (told - _NOTHING_TOLD) / (_ALL_TOLD - _NOTHING_TOLD)))


def is_past(word: str) -> bool:
    return word in _PAST or (word.endswith("ed") and len(word) >= _SHORTEST_REGULAR and word not in _NO_PAST)
