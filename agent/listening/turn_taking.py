"""Whose turn it is: decides when the candidate has finished, and when they want the floor.

A turn ends when four things hold: the candidate is silent, the recogniser has delivered the newest speech, the
silence has lasted as long as `Endpointing` gives it, and there is something to answer. The framework's own order of
events commits as soon as *any* final text exists and loses the last sentence (7 of 18 turns of the prototype), which
is why this decision is ours.
"""

import asyncio
from collections.abc import Callable

from agent.listening.acknowledgements import may_be_an_answer
from agent.listening.floor import Floor
from agent.listening.interruptions import Interruptions
from agent.listening.open_turn import OpenTurn, after
from agent.listening.owed_words import OwedWords
from agent.listening.thinking_room import Endpointing
from agent.listening.turns import SAME_ANSWER_SEC, WINDOW_SEC, CandidateTurn, Recognised, VoiceWindow

_SETTLE_MARGIN_SEC = 0.35
"""Recognised text may end this much before the last voiced window: detectors hang over the end of speech."""
_HANG_OVER_SEC = 0.11
"""The detector's last voiced window ends this much behind the last sound (0.08–0.15 s on recorded clips)."""
_WORD_MARGIN_SEC = 0.1
"""A word whose middle lies this little after the last voiced window was still part of it."""
_VOICE_ONSET_SEC = 0.1
"""The detector calls speech this much after it began (smoothing and minimum duration)."""
_ONSET_PATIENCE_SEC = 0.3
"""Sound that is louder than before delays the end of a turn by this much at the most: by then the detector has said
whether it is a voice."""
_ONSET_CHECK_SEC, _GIVING_WAY_CHECK_SEC = 0.03, 0.1
_LISTENED_SEC = 0.6
"""Silence after "yeah" over the interviewer from which on nothing more belongs to it. "Yeah, but" is one turn."""
_UNHEARD_MIN_SPEECH_SEC = 0.8
"""Voiced sound that the recogniser made nothing of is worth asking about from this length on."""


class TurnTaking:
    """Fed by the ears on the event loop; calls back on it. Keeps no audio."""

    def __init__(
        self,
        endpointing: Endpointing,
        interruptions: Interruptions,
        *,
        on_turn: Callable[[CandidateTurn], None],
        on_heard: Callable[[CandidateTurn], None] = lambda _: None,
        speech_may_begin: Callable[[], bool] = lambda: False,
        words_are_owed: Callable[[], bool] = lambda: False,
    ) -> None:
        """`on_heard` gets a turn as far as it is recognised, whenever that grows; `on_turn` gets it when it is over.

        `words_are_owed` says whether the recogniser is at work on what was said.
        """
        self._endpointing = endpointing
        self._interruptions = interruptions
        self._on_turn = on_turn
        self._on_heard = on_heard
        self._speech_may_begin = speech_may_begin
        self._owed = OwedWords(words_are_owed)
        self._loop = asyncio.get_running_loop()
        self._turn: OpenTurn | None = None
        self._voiced_at = 0.0
        """End of the newest voiced window."""
        self._silent = True
        self._probabilities: list[float] = []
        """The turn detector's answers about the silence that is going on."""
        self._covered_until = 0.0
        self._covered_at: float | None = None
        """When what was said before this silence was recognised."""
        self._given_sec = 0.0
        self._answered_until: float | None = None
        """When the words of the last turn that can have been an answer were over."""
        self._taken_until = 0.0
        """Audio up to here belongs to turns that have ended: late text about it is dropped."""
        self.floor = Floor()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def candidate_is_speaking(self) -> bool:
        """A pause inside a turn counts: until the turn has ended, they have the floor."""
        return self._turn is not None or not self._silent

    @property
    def answering_since(self) -> float | None:
        """Loop time at which the turn began that the candidate has the floor for; None while they haven't.

        Who broke into a reply has it from where the interviewer has stopped.
        """
        turn = self._turn
        if turn is None or (turn.over_interviewer and self._interruptions.interviewer_is_speaking):
            return None
        return turn.started_at

    @property
    def text_so_far(self) -> str:
        return self._turn.text() if self._turn else ""

    @property
    def last_voiced_at(self) -> float:
        return self._voiced_at

    def hear(self, window: VoiceWindow) -> None:
        """One decision of the voice activity detector."""
        self._interruptions.hear(window)
        if window.speaking and window.silence_sec == 0.0:
            self._voiced(window)
        elif not self._silent:
            self._silent = True
        if self._silent:
            self._maybe_end()

    def predicted(self, probability: float) -> None:
        """The turn detector's answer about the silence that is going on."""
        if self._silent and self._turn is not None:
            self._probabilities.append(probability)
            self._maybe_end()

    def recognised(self, heard: Recognised) -> None:
        """A preview (the speech may go on) or the final text of a segment."""
        fresh = after(heard, self._taken_until)
        if fresh is None:
            return
        heard = fresh
        self._covered_until = max(self._covered_until, heard.covers_until)
        if heard.text and self._turn is None:
            self._open_turn(heard.started_at, over_interviewer=self._interruptions.interviewer_is_speaking)
            if self._silent:
                # the voice was too quiet for the detector: its silence counts from the words
                last_word_at = heard.words[-1].ended_at if heard.words else heard.covers_until
                self._voiced_at = max(self._voiced_at, last_word_at)
        if self._turn is None:
            return
        if heard.final:
            self._turn.preview = None
            if heard.text:
                self._turn.segments.append(heard)
        else:
            self._turn.preview = heard if heard.text else None
        if self._turn.over_interviewer and heard.text and self._interruptions.interviewer_is_speaking:
            self._judge_overlap(self._turn, heard)
        if heard.final and heard.text and (self._turn.stopped_interviewer or self.answering_since is not None):
            self._on_heard(self._so_far(self._turn, self._turn.text()))
        self._maybe_go_on(self._turn)
        self._maybe_end()

    def interim(self, text: str) -> None:
        """Text of speech that is going on, or "" where a sound has none so far. Only the interviewer's sound asks."""
        if not text:
            self._nothing_recognised()
        if self._turn and self._turn.over_interviewer:
            self._interruptions.interim(text)

    def settled(self) -> None:
        """The recogniser has nothing more to say about anything heard so far."""
        self._covered_until = max(self._covered_until, self._voiced_at)
        self._nothing_recognised()
        self._maybe_end()

    def candidate_left(self) -> None:
        """The open turn is cut off. It ends without further patience as soon as its words are there."""
        self.floor.is_deserted = True
        if self._turn is not None:
            self._turn.cut_off = True
            self._maybe_end()

    def candidate_back(self) -> bool:
        """Whether a turn that was cut off isn't over. It is always handed over, also where nothing was recognised."""
        self.floor.is_deserted = False
        return self._turn is not None

    def finish(self) -> None:
        """Ends the turn that is open now, with the words that are there: nobody listens any more."""
        turn, text = self._turn, self.text_so_far
        if turn is not None and text and not self._only_listens(turn, text):
            self._end(turn, text)

    def close(self) -> None:
        self._cancel_timer()

    # -- the candidate speaks

    def _voiced(self, window: VoiceWindow) -> None:
        over = self._interruptions.interviewer_is_speaking
        if self._silent:
            self._silent = False
            self._probabilities.clear()
            self._covered_at = None
            self._cancel_timer()
            if self._turn is None:
                self._open_turn(window.at - _VOICE_ONSET_SEC, over_interviewer=over)
            else:
                self._turn.silences.append((self._voiced_at - _HANG_OVER_SEC, window.at - _VOICE_ONSET_SEC))
        self._voiced_at = window.at
        if self._turn is not None:
            self._turn.voiced_sec += WINDOW_SEC

    def _open_turn(self, started_at: float, *, over_interviewer: bool) -> None:
        # sound and words of somebody who has left may come late
        self._turn = OpenTurn(started_at, over_interviewer, cut_off=self.floor.is_deserted)

    def _judge_overlap(self, turn: OpenTurn, heard: Recognised) -> None:
        """Speech over the interviewer has got its words: a listener's sound, or a wish to speak?"""
        turn.stopped_interviewer |= self._interruptions.recognised(heard.text, turn.voiced_sec, turn.confidence())

    def _maybe_go_on(self, turn: OpenTurn) -> None:
        """Words that took the floor back from a reply. Who says "mhm" to its end, and then answers, doesn't."""
        stopped = turn.stopped_interviewer or self._interruptions.stopped_at >= turn.started_at
        if turn.goes_on or not turn.over_interviewer or not stopped or self._answered_until is None:
            return
        if not may_be_an_answer(turn.text()):
            return
        pause_sec = turn.started_at - self._answered_until
        if 0.0 < pause_sec <= SAME_ANSWER_SEC:
            turn.goes_on = True
            self._endpointing.went_on(pause_sec)

    def _nothing_recognised(self) -> None:
        if self._silent and not self.text_so_far:
            self._interruptions.nothing_recognised()

    def _only_listens(self, turn: OpenTurn, text: str) -> bool:
        if turn.stopped_interviewer:
            return False
        return turn.over_interviewer and self._interruptions.is_listening_sound(
            text, turn.voiced_sec, turn.confidence()
        )

    # -- the end of a turn

    def _maybe_end(self) -> None:
        turn = self._turn
        if turn is None or not self._silent:
            return
        now = self._loop.time()
        silence_sec = now - self._voiced_at
        complete = self._covered_until >= self._voiced_at - _SETTLE_MARGIN_SEC
        patience_sec = self._owed.patience_sec(now)
        if not complete and silence_sec < patience_sec:
            self._check_at(self._voiced_at + patience_sec)
            return
        self._covered_at = self._covered_at or now
        text = turn.text()
        if self._interruptions.interviewer_is_speaking and self._only_listens(turn, text):
            if silence_sec < _LISTENED_SEC:
                self._check_at(self._voiced_at + _LISTENED_SEC)
            else:
                self._drop()
            return
        if not text and turn.voiced_sec < _UNHEARD_MIN_SPEECH_SEC and not turn.cut_off:
            self._drop()
            return
        if turn.stopped_interviewer and self._interruptions.interviewer_is_speaking:
            self._check_at(now + _GIVING_WAY_CHECK_SEC)
            return
        spoke_until = self._voiced_at - _HANG_OVER_SEC
        self._given_sec = self._endpointing.wait_sec(turn.pause(self._probabilities))
        due_at = self.floor.over_at(spoke_until, self._given_sec)
        if now < due_at - 0.001:
            self._check_at(due_at)
            return
        if self._speech_may_begin() and now < due_at + _ONSET_PATIENCE_SEC:
            self._check_at(now + _ONSET_CHECK_SEC)
            return
        self._end(turn, text)

    def _end(self, turn: OpenTurn, text: str) -> None:
        ended = self._so_far(turn, text)
        self._endpointing.turn_ended(turn.own_pauses_sec(), text)
        if may_be_an_answer(text):
            self._answered_until = self._voiced_at - _HANG_OVER_SEC
        self._interruptions.turn_taken()
        self._drop()
        self._on_turn(ended)

    def _so_far(self, turn: OpenTurn, text: str) -> CandidateTurn:
        return turn.so_far(
            text,
            ended_at=self._voiced_at,
            end_of_turn_probability=self._probabilities[-1] if self._probabilities else None,
            given_sec=self._given_sec,
            text_after_sec=max(0.0, (self._covered_at or self._voiced_at) - self._voiced_at),
        )

    def _drop(self) -> None:
        self._turn = None
        self._probabilities.clear()
        self._taken_until = max(self._taken_until, self._voiced_at + _WORD_MARGIN_SEC)
        self._cancel_timer()

    def _check_at(self, when: float) -> None:
        self._cancel_timer()
        self._timer = self._loop.call_at(when, self._maybe_end)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
