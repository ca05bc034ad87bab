"""Which of the expected short answers was said, where the recogniser found words that are none of them. Pure.

"Senior." alone is little for a small model: of a British speaker it makes "Sameia." or "Same here." Asked how well the
expected answers explain the same sound, it puts "Senior." close behind, and "Junior." far off.
"""

import re
from collections.abc import Sequence

LONGEST_SEC = 2.0
"""Of speech with its margins: what is longer holds more than one of the choices."""
MOST_WORDS = 3
_NEARLY_NATS = 4.0
"""So much less log probability than the words that were found may a choice have: it was asked for."""
_APART_NATS = 1.0
"""And so much more than the next one."""
_LESS_NEAR_NATS, _FAR_APART_NATS = 6.0, 7.0
"""Or so, where no other choice comes near: "Med." for "Mid." lacks 4.7 with 8 to the next choice, "Ten." for
"Technical." 5.4 with 5.6. Of 35 short utterances that are no choice, in six voices, no other lacks less than 6.5."""


def may_be_misheard(words: Sequence[str], choices: Sequence[str]) -> bool:
    """Whether these words are a short answer, and none of the choices."""
    said = _key(" ".join(words))
    return 0 < len(words) <= MOST_WORDS and all(_key(choice) not in said for choice in choices)


def fitting(found: float, choices: Sequence[float]) -> int | None:
    """The choice to take instead of the words that were found.

    Args:
        found, choices: natural logarithms of the probability of the words, given the sound.

    Returns:
        Its place; None where the words that were found explain the sound much better, or two choices do so as well.
    """
    best, *others = sorted(range(len(choices)), key=lambda at: -choices[at])
    lacks = found - choices[best]
    apart = choices[best] - choices[others[0]] if others else float("inf")
    is_near = lacks <= _NEARLY_NATS and apart >= _APART_NATS
    return best if is_near or (lacks <= _LESS_NEAR_NATS and apart >= _FAR_APART_NATS) else None


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()
