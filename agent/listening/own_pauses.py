"""How long this speaker pauses between sentences and then goes on."""

from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from agent.listening.turns import SpokenWord

_KEPT = 12
_LEAST_PAUSE_SEC = 0.5
"""Shorter gaps are the ordinary rhythm of speech: between the sentences of answers that were said fluently there are
0.25 to 0.48 s (recorded clips). No reply comes that soon."""
_THINKING_SEC = 3.5
"""Longer ones follow "give me a second": nobody else is left so long, and they are no rhythm."""
_MARGIN_FACTOR, _MARGIN_SEC = 1.25, 0.1
"""People's pauses vary: the next one may be longer than the longest so far."""
_SLACK_SEC = 0.25
_LONGEST_SEC = 1.0
"""What a pause that was waited for says about the next. In the replay of the development set 48 % of the pauses behind
sentences are cut into with it, 47 % with 1.6 s: most is won by the first second, and every reply pays for the rest."""
_LONGEST_ONCE_CUT_OFF_SEC = 1.6
"""Who was begun upon and went on needs more, and the next mistake would be the second."""
_CAREFUL_TURNS = 2
"""For so many turns after that."""


class OwnPauses:
    """What this interview has shown of the speaker's pauses."""

    def __init__(self) -> None:
        self._survived_sec: deque[float] = deque(maxlen=_KEPT)
        self._went_on_after_sec: float | None = None
        """The pause in this answer that was taken for its end."""
        self._careful_turns = 0

    def turn_ended(self, pauses_sec: Sequence[float]) -> None:
        self._survived_sec.extend(_rhythm(pauses_sec))
        self._careful_turns = max(0, self._careful_turns - 1)

    def went_on(self, pause_sec: float) -> None:
        """The interviewer had begun in this pause, and had to stop: it wasn't the end."""
        self._survived_sec.append(pause_sec)
        self._went_on_after_sec = max(pause_sec, self._went_on_after_sec or 0.0)
        self._careful_turns = _CAREFUL_TURNS

    def answer_ended(self) -> None:
        """Something new was asked."""
        self._went_on_after_sec = None

    def least_wait_sec(self, pauses_sec: Sequence[float]) -> float:
        """Silence that this speaker may need between two sentences; 0 where nothing speaks for more than usual.

        Args:
            pauses_sec: between the sentences of the turn so far. They count more than how this speaker usually pauses.
        """
        longest_sec = _LONGEST_ONCE_CUT_OFF_SEC if self._careful_turns else _LONGEST_SEC
        in_answer = _rhythm(pauses_sec)
        if self._went_on_after_sec is not None:
            in_answer.append(self._went_on_after_sec)
        if in_answer:
            return _with_margin(max(in_answer), longest_sec)
        return _with_margin(median(self._survived_sec), _LONGEST_SEC) if self._survived_sec else 0.0


def _rhythm(pauses_sec: Sequence[float]) -> list[float]:
    return [pause_sec for pause_sec in pauses_sec if pause_sec <= _THINKING_SEC]


def sentence_pauses_sec(
    words: Sequence[SpokenWord], silences: Sequence[tuple[float, float]] | None = None
) -> list[float]:
    """The pauses behind words that end a sentence, if more words follow.

    Args:
        silences: when nothing was to be heard, from the voice activity detector; the recogniser's times of words are
            only right to a quarter of a second. None: they are all that is known.
    """
    gaps = [(word.ended_at, after.started_at) for word, after in pairwise(words) if word.text.endswith((".", "?", "!"))]
    if silences is None:
        return [max(0.0, until - since) for since, until in gaps]
    return [
        max(
            (end - begin for begin, end in silences if begin < until + _SLACK_SEC and end > since - _SLACK_SEC),
            default=0.0,
        )
        for since, until in gaps
    ]


def _with_margin(pause_sec: float, longest_sec: float) -> float:
    if pause_sec < _LEAST_PAUSE_SEC:
        return 0.0
    return min(longest_sec, pause_sec * _MARGIN_FACTOR + _MARGIN_SEC)
