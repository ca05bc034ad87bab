"""When to make the sound of a listener: "mhm", "right", "I see".

A back-channel tells the candidate to go on. So it belongs into a pause in which they are going to: early in the pause,
where the turn detector hears that the turn isn't over, and after it their floor is left alone for a moment. It is
decided 0.15 s into the pause: at 0.2 s of the detector's own silence it was heard over resumed speech (facts,
livekit.md section 5).

No LiveKit, no sound, no clock of its own: the ears tell it what they hear, and it says what to play.
"""

import asyncio
import math
import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from agent.listening.turns import SAME_ANSWER_SEC, WINDOW_SEC, VoiceWindow

log = structlog.get_logger()

_VOICED_PROBABILITY, _ONSET_PROBABILITY = 0.35, 0.5
"""The voice activity detector's bounds while speech lasts and before it begins (agent/speech/vad.py)."""
_HANG_OVER_SEC = 0.09
"""The detector calls a window voiced so long after the sound has ended: 0.12 s to the first silent one, measured on 225
ends of recorded clips (5 to 95 %: 0.08 to 0.15)."""
_ASK_AFTER_WINDOWS = 2
"""Silent windows: 0.15 s into the pause. One alone is often a stop consonant."""
_LATEST_SEC = 0.33
"""Into a pause, until which a sound may be started: it's heard 0.12 s later, microphone and loudspeaker path together,
and after 0.45 s most pauses that are going to end have ended."""
_LEAST_VOICED_SHARE = 0.5
"""Of the time that an answer must have lasted. Who says "well" and thinks for five seconds isn't answering yet."""
_FLOOR_LEFT_SEC = 0.6
"""After a back-channel, for the candidate to go on: a reply right behind it would take the invitation back."""
_WEIGHTS = {"mhm": 3.0, "right": 1.5, "i_see": 1.0, "okay": 1.0}
"""In the middle of a thought, "mhm" fits best."""


@dataclass(frozen=True, slots=True)
class BackChannelRules:
    per_minute: float = 4.0
    """At most, and half as many in half a minute."""
    min_gap_sec: float = 4.0
    min_answer_sec: float = 4.0
    """Into an answer before the first."""
    below_probability: float = 0.3
    """The end-of-turn probability below which the turn isn't over. 0.15 s into the pauses of the development set
    v1-mini is below in 37 % inside a clause, 68 % after a conjunction or in a list, 11 % behind a sentence and at the
    end of complete answers. With 0.22 (26, 33, 0 and 7 %) too few are left for two a minute."""


class BackChannels:
    """Fed with every window of the voice activity detector.

    Args:
        answering_since: loop time since which the candidate has the floor; None while they haven't.
        interviewer_is_speaking: also while a reply is only being made.
        speech_may_begin: whether sound is rising, before the detector calls it a voice.
        candidate_is_loud: whether they are louder now than they mostly are.
        sounds: names of what can be played now.
        play: starts a sound and returns its length in seconds.
        stop: ends it at once.
        leave_floor_until: called with the loop time before which the turn must not end.
    """

    def __init__(
        self,
        rules: BackChannelRules,
        *,
        answering_since: Callable[[], float | None],
        interviewer_is_speaking: Callable[[], bool],
        speech_may_begin: Callable[[], bool],
        candidate_is_loud: Callable[[], bool],
        sounds: Callable[[], Sequence[str]],
        play: Callable[[str], float],
        stop: Callable[[], None],
        leave_floor_until: Callable[[float], None],
        rng: random.Random | None = None,
    ) -> None:
        self._rules = rules
        self._answering_since = answering_since
        self._interviewer_is_speaking = interviewer_is_speaking
        self._speech_may_begin = speech_may_begin
        self._candidate_is_loud = candidate_is_loud
        self._sounds = sounds
        self._play = play
        self._stop = stop
        self._leave_floor_until = leave_floor_until
        self._rng = rng or random.Random()  # variety, not secrecy
        self._loop = asyncio.get_running_loop()
        self._silent_windows = 0
        self._last_voiced_at = 0.0
        self._turn_began_at: float | None = None
        self._spoke_until = -math.inf
        """The candidate, with the floor."""
        self._answer: float | None = None
        """When the answer began that `_voiced_sec` counts."""
        self._voiced_sec = 0.0
        self._given_at: deque[float] = deque(maxlen=max(1, math.ceil(rules.per_minute)))
        self._last_name = ""
        self._playing_until = 0.0
        self.given = 0

    def hear(self, window: VoiceWindow) -> None:
        """One decision of the voice activity detector."""
        bound = _VOICED_PROBABILITY if window.speaking else _ONSET_PROBABILITY
        voiced = window.speech_probability >= bound
        if voiced:
            self._silent_windows = 0
            self._last_voiced_at = window.at
        else:
            self._silent_windows += 1
        turn_began_at = self._answering_since()
        self._follow_answer(turn_began_at)
        if voiced and turn_began_at is not None:
            self._spoke_until = window.at
        self._voiced_sec += WINDOW_SEC * voiced
        if self._loop.time() < self._playing_until and self._must_stop(voiced=voiced):
            self._cancel()

    def _follow_answer(self, turn_began_at: float | None) -> None:
        """A turn that goes on after the interviewer had begun too early is the same answer."""
        if turn_began_at is None or turn_began_at == self._turn_began_at:
            return
        self._turn_began_at = turn_began_at
        if self._answer is None or turn_began_at - self._spoke_until > SAME_ANSWER_SEC:
            self._answer, self._voiced_sec = turn_began_at, 0.0

    def wants_prediction(self) -> bool:
        """Whether to ask the turn detector now. True once in a pause, and only where its answer can matter."""
        if self._silent_windows != _ASK_AFTER_WINDOWS:
            return False
        against = self._against()
        if against is not None and self._answer is not None:
            log.debug("back_channel_withheld", why=against)
        return against is None

    def predicted(self, probability: float) -> None:
        """The turn detector's answer to what `wants_prediction` asked for."""
        now = self._loop.time()
        into_pause_sec = now - (self._last_voiced_at - _HANG_OVER_SEC)
        against = self._against()
        if self._silent_windows < _ASK_AFTER_WINDOWS:
            against = "speech goes on"
        elif into_pause_sec > _LATEST_SEC:
            against = "late"
        elif probability >= self._rules.below_probability:
            against = "may be the end"
        if against is None:
            self._give(now, into_pause_sec, probability)
        else:
            log.debug(
                "back_channel_withheld",
                why=against,
                into_pause_ms=round(into_pause_sec * 1000),
                end_of_turn_probability=round(probability, 2),
            )

    def _against(self) -> str | None:
        """What speaks against a sound now, for the log; None where it is welcome."""
        now, rules = self._loop.time(), self._rules
        if self._answer is None or self._answering_since() is None:
            return "not answering"
        if self._interviewer_is_speaking():
            return "interviewer speaks"
        if self._speech_may_begin():
            return "sound rises"
        if now - self._answer < rules.min_answer_sec:
            return "answer has begun just now"
        if self._voiced_sec < rules.min_answer_sec * _LEAST_VOICED_SHARE:
            return "little said"
        if now < self._playing_until or (self._given_at and now - self._given_at[-1] < rules.min_gap_sec):
            return "one was given just now"
        return None if self._is_within_rate(now) else "enough in this minute"

    def _is_within_rate(self, now: float) -> bool:
        most = self._rules.per_minute
        in_minute = sum(now - given_at < 60.0 for given_at in self._given_at)
        in_half = sum(now - given_at < 30.0 for given_at in self._given_at)
        return in_minute < most and in_half < math.ceil(most / 2)

    def _must_stop(self, *, voiced: bool) -> bool:
        """A listener's sound may lie quietly under the words that go on; it never stands against somebody loud."""
        is_over = self._answering_since() is None or self._interviewer_is_speaking()
        return is_over or (voiced and self._candidate_is_loud())

    def _give(self, now: float, into_pause_sec: float, probability: float) -> None:
        names = [name for name in self._sounds() if name != self._last_name]
        if not names:
            return
        name = self._rng.choices(names, [_WEIGHTS.get(name, 1.0) for name in names])[0]
        length_sec = self._play(name)
        self._last_name = name
        self._given_at.append(now)
        self._playing_until = now + length_sec
        self._leave_floor_until(self._playing_until + _FLOOR_LEFT_SEC)
        self.given += 1
        log.info(
            "back_channel",
            sound=name,
            into_pause_ms=round(into_pause_sec * 1000),
            end_of_turn_probability=round(probability, 2),
        )

    def _cancel(self) -> None:
        self._stop()
        log.info("back_channel_cancelled", left_ms=round((self._playing_until - self._loop.time()) * 1000))
        self._playing_until = 0.0
