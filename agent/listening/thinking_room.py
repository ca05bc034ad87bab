"""How long a pause must last before the floor is taken."""

import re
from dataclasses import dataclass

_OPEN_ENDING = re.compile(
    r"\b(?:and|or|but|because|with|without|the|a|an|of|to|for|in|at|by|from|into|about|than|which|who|while|if|um+|"
    r"uh+|er+|hmm+|is|was|were|are|am|had|has|have|would|could|should|will|can|my|our|their|your|its|we|i|you know|"
    r"i mean|for example|such as)[\s.,…-]*$"
    # these close sentences too ("now and then."), so a full stop is believed
    r"|\b(?:so|then|also|like|on|as|that|when|where|well|did|his|her|they|be|been|first|second)[\s,…-]*$",
    re.IGNORECASE,
)
_OPEN_ENDING_FACTOR = 0.4
"""Measured on the prototype: a probability of 0.41–0.51 after a dangling word times 0.4 falls below the threshold,
and three of three speakers kept the floor through a 1 s pause (three of three were cut without it or at 0.57)."""


@dataclass(frozen=True, slots=True)
class ThinkingRoom:
    """Turns what is known about a pause into the silence that it is given, in seconds."""

    threshold: float
    """End-of-turn probability from which a pause counts as the end."""
    min_delay_sec: float
    unsure_delay_sec: float
    max_delay_sec: float
    sure_probability: float = 0.9
    """From here on the shortest delay is enough; from the threshold up to here it shrinks towards it.

    On recorded answers v1-mini gives 0.39–0.55 (quartiles) after a sentence inside an answer and 0.32–0.52 after the
    last: sound alone can't tell them apart, so most turns end after the unsure delay.
    """

    def wait_sec(self, probability: float | None, text: str) -> float:
        """Silence to give, counted from the end of speech.

        Args:
            probability: the turn detector's, None if it hasn't answered (yet).
            text: what the candidate has said in this turn so far.
        """
        if probability is None:
            return self.max_delay_sec
        if ends_open(text):
            probability *= _OPEN_ENDING_FACTOR
        if probability < self.threshold:
            return self.max_delay_sec
        if probability >= self.sure_probability:
            return self.min_delay_sec
        share = (probability - self.threshold) / (self.sure_probability - self.threshold)
        unsure = max(self.unsure_delay_sec, self.min_delay_sec)
        return unsure + (self.min_delay_sec - unsure) * share


def ends_open(text: str) -> bool:
    """Whether the words call for more: a trailing conjunction, article, preposition or filler."""
    return bool(_OPEN_ENDING.search(text.strip()))
