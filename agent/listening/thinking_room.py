"""How long a pause must last before the floor is taken.

Decided from what the pause sounds like (the turn detector, asked twice), what was said (`endings`), how sure the
recogniser is that a sentence ended, how much of an answer was to be expected and how much of it is there, and the
speaker's own pauses. Constants are tuned on the development set of `bench.thinking_room`; bench/results has the curve.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from agent.holds import announces_more, asks_for_time
from agent.listening.endings import lacks_only_a_mark, read_ending
from agent.listening.own_pauses import OwnPauses
from agent.listening.turns import SpokenWord
from storage.models.transcript import Act

Expected = Literal["answer", "follow_up", "reply"]
"""What the interviewer is waiting for: a story or an explanation · more about it · a word or two."""

_EXPECTED_AFTER: dict[Act, Expected] = {
    "greeting": "reply",
    "closing": "reply",
    "question": "answer",
    "rephrase": "answer",
    "repeat": "answer",
    "hint": "answer",
    "follow_up": "follow_up",
}

_ENOUGH_WORDS: dict[Expected, int] = {"answer": 18, "follow_up": 12, "reply": 1}
"""From this length on an answer may well be complete. Of 36 recorded ones the shortest has 20 words; a sentence within
one has 8–15."""
_HARDLY_BEGUN_SEC = 3.0
"""Waited in addition after the first word; falls to nothing at `_ENOUGH_WORDS`."""
_SURE_STOP = 0.8
_LIKELY_STOP = 0.7
_STOP_THAT_SOUNDS_OVER = 0.65
_STOP_THAT_SURELY_SOUNDS_OVER = 0.45
_DOUBTFUL_STOP = 0.6
"""The recogniser's probability of the mark behind the last word: needed where the turn detector doesn't expect the end,
where it does, where the melody surely falls, where it falls beyond doubt, and for a moment of patience instead of a
long one. In a room 9 of 33 ends of answers lie below 0.7, 6 of them with a melody beyond doubt; of the places inside a
clause of the development set one does, at the end of what could be a sentence. Of 22 ends of answers (development set,
with an interview's vocabulary) 17 lay above 0.8, 3 above 0.7, 2 above 0.6; of 15 sentences cut inside a clause that
still look complete 1, 2 and 6."""
_SURE_SOUND, _VERY_SURE_SOUND = 0.55, 0.62
"""Mean end-of-turn probability from which the melody outweighs a recogniser that hears no end: 1 of 70 places inside a
clause of the development set, where some answers end in a comma in the recogniser's text."""
_CLEAR_WORD = 0.7
"""Confidence in the last word. A word that was cut off is guessed: "the limping" for "the limit"."""


@dataclass(frozen=True, slots=True)
class Pause:
    """What is known about the silence that is going on."""

    text: str
    """All that was said in this turn."""
    probabilities: Sequence[float]
    """The turn detector's, in the order in which it was asked."""
    words: Sequence[SpokenWord] = ()
    own_pauses_sec: Sequence[float] = ()
    """Between the sentences of this turn."""
    stop_probability: float | None = None
    """The recogniser's, of the mark at the end of the text; None where it doesn't say."""


def expected_in_setup(act: Act, text: str) -> Expected | None:
    """The same where an interview is set up: everything that is asked has a short answer."""
    return None if act == "nudge" and not text.rstrip().endswith("?") else "reply"


def expected_after(act: Act, text: str) -> Expected | None:
    """What the interviewer waits for when it has said this. "Take your time." asks for nothing new."""
    if act == "nudge" and text.rstrip().endswith("?"):
        return "reply"
    return _EXPECTED_AFTER.get(act)


class Endpointing(Protocol):
    """What `TurnTaking` asks."""

    def wait_sec(self, pause: Pause) -> float:
        """Silence to give, counted from the end of speech. Asked again whenever more is known."""
        ...

    def turn_ended(self, own_pauses_sec: Sequence[float], text: str) -> None: ...
    def went_on(self, pause_sec: float) -> None:
        """The last turn wasn't over: the candidate stopped the interviewer's reply and went on with the answer."""
        ...

    def expect(self, expected: Expected | None) -> None:
        """The interviewer asks for something new; None where what was asked before is still open."""
        ...


@dataclass(frozen=True, slots=True)
class Delays:
    """The silences to choose from, in seconds."""

    min_sec: float
    """It sounds like the end, and all that was to be expected is there."""
    unsure_sec: float
    """Only likely the end."""
    max_sec: float
    """A sentence is complete, and it sounds as if another follows."""
    doubtful_sec: float
    """The sentence may have been broken off."""
    open_sec: float
    """The sentence isn't complete."""
    hold_sec: float
    """They have asked for time to think, and had begun to answer."""


class PlainDelays:
    """LiveKit's rule: a short silence where the turn detector expects the end, else a long one."""

    def __init__(self, threshold: float, delays: Delays) -> None:
        self._threshold = threshold
        self._delays = delays

    def wait_sec(self, pause: Pause) -> float:
        likely = bool(pause.probabilities) and pause.probabilities[0] >= self._threshold
        return self._delays.unsure_sec if likely else self._delays.max_sec

    def turn_ended(self, own_pauses_sec: Sequence[float], text: str) -> None:
        pass

    def went_on(self, pause_sec: float) -> None:
        pass

    def expect(self, expected: Expected | None) -> None:
        pass


class ThinkingRoom:
    """Turns what is known about a pause into the silence that it is given.

    Args:
        threshold: end-of-turn probability from which a pause counts as the end.
    """

    def __init__(self, threshold: float, delays: Delays) -> None:
        self._threshold = threshold
        self._delays = delays
        self._own_pauses = OwnPauses()
        self._expected: Expected = "answer"
        self._answered_words = 0
        """In the turns since the interviewer asked: who is cut off goes on in a new turn."""

    def expect(self, expected: Expected | None) -> None:
        if expected is not None:
            self._expected = expected
            self._answered_words = 0
            self._own_pauses.answer_ended()

    def turn_ended(self, own_pauses_sec: Sequence[float], text: str) -> None:
        self._own_pauses.turn_ended(own_pauses_sec)
        if not asks_for_time(text):
            self._answered_words += len(text.split())

    def went_on(self, pause_sec: float) -> None:
        self._own_pauses.went_on(pause_sec)

    def wait_sec(self, pause: Pause) -> float:
        delays = self._delays
        if not pause.text:
            return delays.max_sec
        ending = read_ending(_as_sentence(pause.text) if self._expected == "reply" else pause.text)
        if ending == "hold":
            # a turn that does nothing else is answered; an announcement too, where no answer to a question is going on
            is_for_us = asks_for_time(pause.text) or (self._expected == "reply" and announces_more(pause.text))
            return delays.max_sec if is_for_us else delays.hold_sec
        if ending in ("closing", "request"):
            return delays.min_sec
        if ending == "open":
            is_doubtful = self._sounds_over(pause) and lacks_only_a_mark(pause.text)
            return delays.doubtful_sec if is_doubtful else delays.open_sec
        broken_off_sec = 0.0 if self._expected == "reply" else self._broken_off_sec(pause)
        by_sound_sec = self._by_sound_sec(pause) + self._hardly_begun_sec(pause)
        return min(max(broken_off_sec, by_sound_sec, self._own_sec(pause)), delays.open_sec)

    def _by_sound_sec(self, pause: Pause) -> float:
        first_is_likely = bool(pause.probabilities) and pause.probabilities[0] >= self._threshold
        if first_is_likely and self._hardly_begun_sec(pause) == 0.0:
            return self._delays.min_sec
        return self._delays.unsure_sec if self._is_likely(pause) else self._delays.max_sec

    def _is_likely(self, pause: Pause) -> bool:
        return _mean(pause.probabilities) >= self._threshold

    def _broken_off_sec(self, pause: Pause) -> float:
        """For a sentence of which only the recogniser's guess says that it is complete; 0 where it surely is."""
        if pause.words and pause.words[-1].confidence < _CLEAR_WORD:
            return self._delays.open_sec
        stop = pause.stop_probability
        if stop is None or stop >= self._needed_stop(pause):
            return 0.0
        is_doubtful = stop >= _DOUBTFUL_STOP or self._sounds_over(pause)
        return self._delays.doubtful_sec if is_doubtful else self._delays.open_sec

    def _needed_stop(self, pause: Pause) -> float:
        if not self._is_likely(pause):
            return _SURE_STOP
        if not self._sounds_over(pause):
            return _LIKELY_STOP
        return (
            _STOP_THAT_SURELY_SOUNDS_OVER if _mean(pause.probabilities) >= _VERY_SURE_SOUND else _STOP_THAT_SOUNDS_OVER
        )

    def _sounds_over(self, pause: Pause) -> bool:
        """The melody surely falls, the last word is clear, and a whole answer is there."""
        clear = not pause.words or pause.words[-1].confidence >= _CLEAR_WORD
        return _mean(pause.probabilities) >= _SURE_SOUND and clear and self._hardly_begun_sec(pause) == 0.0

    def _hardly_begun_sec(self, pause: Pause) -> float:
        enough = _ENOUGH_WORDS[self._expected]
        said = self._answered_words + len(pause.text.split())
        return _HARDLY_BEGUN_SEC * max(0.0, 1.0 - said / enough)

    def _own_sec(self, pause: Pause) -> float:
        return 0.0 if self._expected == "reply" else self._own_pauses.least_wait_sec(pause.own_pauses_sec)


def _mean(probabilities: Sequence[float]) -> float:
    return sum(probabilities) / len(probabilities) if probabilities else 0.0


def _as_sentence(text: str) -> str:
    """A word or two are often written without a mark at their end, and are all that was asked for."""
    return f"{text}." if text[-1].isalnum() else text
