"""How long the words of a recogniser are waited for, once the voice is silent."""

import math
from collections.abc import Callable

_SETTLE_TIMEOUT_SEC = 3.0
"""A recogniser that stays silent for this long after the speech has nothing to say about it."""
_OWED_TIMEOUT_SEC = 15.0
"""One that says that it is still at work is waited for: on a machine that did other things as well, words came 3 to 4 s
after the speech, and the last sentences of 2 of 6 answers were lost."""
_DELIVERY_SEC = 1.0
"""From the end of that work until its words are here: with both cores taken, the event loop came to them 0.5 s later,
and a turn ended without its last sentence."""


class OwedWords:
    """
    Args:
        are_owed: whether the recogniser is at work on what was said.
    """

    def __init__(self, are_owed: Callable[[], bool]) -> None:
        self._are_owed = are_owed
        self._owed_at = -math.inf

    def patience_sec(self, now: float) -> float:
        """Of silence, at this loop time."""
        if self._are_owed():
            self._owed_at = now
        return _OWED_TIMEOUT_SEC if now - self._owed_at < _DELIVERY_SEC else _SETTLE_TIMEOUT_SEC
