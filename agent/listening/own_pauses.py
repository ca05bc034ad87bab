"""How long this speaker pauses between sentences and then goes on."""

from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from agent.listening.turns import SpokenWord

_KEPT = 12
_LEAST_PAUSE_SEC = 0.3
"""Shorter gaps are the ordinary rhythm of speech; no reply comes that soon."""
_MARGIN_FACTOR, _MARGIN_SEC = 1.25, 0.1
"""People's pauses vary: the next one may be longer than the longest so far. Word times are right to 0.1 s."""
_LONGEST_IN_TURN_SEC = 1.6
_LONGEST_BEFORE_SEC = 1.0
"""Who once thought for four seconds isn't made to wait for as long each time."""


class OwnPauses:
    """What this interview has shown of the speaker's pauses."""

    def __init__(self) -> None:
        self._survived_sec: deque[float] = deque(maxlen=_KEPT)

    def turn_ended(self, words: Sequence[SpokenWord]) -> None:
        self._survived_sec.extend(sentence_gaps_sec(words))

    def least_wait_sec(self, words: Sequence[SpokenWord]) -> float:
        """Silence that this speaker may need between two sentences; 0 where nothing speaks for more than usual.

        Args:
            words: of the turn so far. How they have paused within it counts; at its first sentence, how they
                usually do.
        """
        in_turn = sentence_gaps_sec(words)
        if in_turn:
            return _with_margin(max(in_turn), _LONGEST_IN_TURN_SEC)
        return _with_margin(median(self._survived_sec), _LONGEST_BEFORE_SEC) if self._survived_sec else 0.0


def sentence_gaps_sec(words: Sequence[SpokenWord]) -> list[float]:
    """The gaps behind words that end a sentence, if more words follow."""
    return [
        max(0.0, after.started_at - word.ended_at)
        for word, after in pairwise(words)
        if word.text.endswith((".", "?", "!"))
    ]


def _with_margin(pause_sec: float, longest_sec: float) -> float:
    if pause_sec < _LEAST_PAUSE_SEC:
        return 0.0
    return min(longest_sec, pause_sec * _MARGIN_FACTOR + _MARGIN_SEC)
