"""Speech over the interviewer: a listener's sound, or somebody who wants the floor?

As soon as a voice is heard, the interviewer falls silent. That can be taken back: a sound that turns out to be only
"mhm", a laugh or a cough lets the interviewer go on where it was; words that ask for the floor, any real sentence, and
speech that doesn't end stop it for good. Until that is decided nothing is lost and nothing has to be said again.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from agent.listening.acknowledgements import is_acknowledgement, only_acknowledges, wants_the_floor
from agent.listening.echo import is_echo
from agent.listening.turns import WINDOW_SEC, VoiceWindow

_VOICED_PROBABILITY = 0.5
_ONSET_SEC = 0.08
"""The detector's probability passes a half this much after the voice began (recorded clips: 0.06–0.15 s)."""
_SAME_SOUND_SEC = 0.6
"""A voice that comes back within this time goes on with the sound before."""
_DECIDED_BY_SEC = 1.0
"""From a sound's start: one that is over, and of which nothing is written by then, was no sentence. The recogniser
needs 0.25–0.45 s after the end of "Wait." or "Yeah.", and more on a busy machine."""
_SHORT_SOUND_SEC = 0.75
_SHORT_SOUND_OVER_SEC = 0.3
_LONG_SOUND_OVER_SEC = 0.55
"""Silence after which a sound of this length is over. A long one is more likely to get words."""
_GOING_ON_SEC = 1.5
"""Speech that begins this soon after a turn was taken goes on with it: the interviewer began too early."""
_GUESSED_BELOW = 0.6
"""Confidence below which the words of a short sound are a guess. Whisper tiny.en makes "My arms." of a "mhm" with 0.24
or "mayhem." with 0.42, and "write," of many a "right" with 0.2 to 0.4; words of a sentence have 0.8 and more."""


@dataclass(slots=True)
class _Sound:
    """What is being made of one sound over the interviewer."""

    started_at: float
    goes_on: bool
    voiced_sec: float = 0.0
    last_voiced_at: float = 0.0
    listens: bool = False
    """Its newest words are a listener's."""


class Interruptions:
    """Told by `TurnTaking` what is heard; holds, releases and stops the interviewer.

    Args:
        pause_after_sec: voice that silences the interviewer until it is clear what it is; None never does.
        min_speech_sec: so much voice stops the interviewer for good, whatever its words are.
        interviewer_words: what the interviewer is saying: its echo must not interrupt it.
    """

    def __init__(
        self,
        *,
        pause_after_sec: float | None,
        min_speech_sec: float,
        interviewer_is_speaking: Callable[[], bool],
        interviewer_words: Callable[[], str] = lambda: "",
        on_pause: Callable[[], None],
        on_resume: Callable[[], None],
        on_interruption: Callable[[], None],
    ) -> None:
        self._pause_after_sec = pause_after_sec
        self._min_speech_sec = min_speech_sec
        self._interviewer_is_speaking = interviewer_is_speaking
        self._interviewer_words = interviewer_words
        self._on_pause = on_pause
        self._on_resume = on_resume
        self._on_interruption = on_interruption
        self._loop = asyncio.get_running_loop()
        self._sound: _Sound | None = None
        self._paused = False
        self._turn_taken_at = float("-inf")
        self.stopped_at = float("-inf")
        """When the interviewer was last stopped for good."""

    @property
    def interviewer_is_speaking(self) -> bool:
        """Also while it is held."""
        return self._interviewer_is_speaking()

    def turn_taken(self) -> None:
        """The candidate's turn has ended: whoever goes on now was cut off."""
        self._turn_taken_at = self._loop.time()

    def hear(self, window: VoiceWindow) -> None:
        """One decision of the voice activity detector, whoever has the floor."""
        if not self._interviewer_is_speaking():
            self._sound, self._paused = None, False
            return
        if window.speech_probability >= _VOICED_PROBABILITY:
            self._voiced(window.at)
        elif self._sound is not None:
            self._silent(self._sound, window.at)

    def interim(self, text: str) -> None:
        """Text of speech that is going on. Only its words can stop the interviewer."""
        if self._interviewer_is_speaking() and wants_the_floor(text) and not self._only_listens(text, 0.0, 1.0):
            self._stop()

    def is_listening_sound(self, text: str, voiced_sec: float, confidence: float) -> bool:
        """Whether what is known of a sound over the interviewer asks for nothing."""
        return self._only_listens(text, voiced_sec, confidence)

    def recognised(self, text: str, voiced_sec: float, confidence: float) -> bool:
        """The words of speech over the interviewer are known, so far. Returns whether they stop it.

        Args:
            confidence: mean of the words', 0 to 1.
        """
        if not self._interviewer_is_speaking():
            return False
        if not self._only_listens(text, voiced_sec, confidence):
            self._stop()
            return True
        if self._sound is not None:
            self._sound.listens = True
            self._silent(self._sound, self._loop.time())
        return False

    def nothing_recognised(self) -> None:
        """The recogniser has made no words of what is over by now."""
        if self._sound is not None:
            self._sound.listens = True
            self._silent(self._sound, self._loop.time())

    # -- one sound

    def _voiced(self, at: float) -> None:
        sound = self._sound
        if sound is None or at - sound.last_voiced_at > _SAME_SOUND_SEC:
            started_at = at - _ONSET_SEC
            goes_on = started_at - self._turn_taken_at < _GOING_ON_SEC
            sound = self._sound = _Sound(started_at, goes_on)
        sound.voiced_sec += WINDOW_SEC
        sound.last_voiced_at = at
        sound.listens = False
        if sound.voiced_sec >= self._min_speech_sec:
            self._stop()
        elif self._pause_after_sec is not None and sound.voiced_sec >= self._pause_after_sec:
            self._pause()

    def _silent(self, sound: _Sound, now: float) -> None:
        """Lets a held interviewer go on once the sound is over and asked for nothing."""
        if not self._paused:
            return
        least_sec = _SHORT_SOUND_OVER_SEC if sound.voiced_sec < _SHORT_SOUND_SEC else _LONG_SOUND_OVER_SEC
        over = now - sound.last_voiced_at >= (WINDOW_SEC if sound.listens else least_sec)
        if over and (sound.listens or now - sound.started_at >= _DECIDED_BY_SEC):
            self._paused = False
            self._on_resume()

    def _only_listens(self, text: str, voiced_sec: float, confidence: float) -> bool:
        if is_echo(text, self._interviewer_words()):
            return True
        if self._sound is not None and self._sound.goes_on and confidence >= _GUESSED_BELOW:
            # no benefit of the doubt: "in Python" is the end of an answer
            return only_acknowledges(text)
        return is_acknowledgement(text, voiced_sec)

    def _pause(self) -> None:
        if not self._paused:
            self._paused = True
            self._on_pause()

    def _stop(self) -> None:
        self._sound, self._paused = None, False
        self.stopped_at = self._loop.time()
        self._on_interruption()
