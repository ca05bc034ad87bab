"""Only the candidate counts: sound far below their own loudness is a television, a neighbour, or an echo.

A gate in front of detector, turn detector and recogniser. How loud the candidate is, is learnt while they speak. Until
then, what comes in while the interviewer speaks, and for half a second after it, must be louder than an echo would be;
everything else passes. A softer "Yes." in that half second isn't heard.
"""

from collections import deque
from collections.abc import Callable

import numpy as np
from livekit import rtc

from agent.listening.loudness import level_dbfs
from agent.listening.turns import WINDOW_SEC

_PEAK_SEC = 0.25
"""Syllables differ by 20 dB and more; the loudest moments of a quarter of a second differ little."""
_HOLD_SEC = 0.35
"""The gate stays open for a syllable that is spoken softly."""
_STAYS_OPEN_DB = 3.0
"""A gate that is open closes so much lower: the end of a sentence is softer than its beginning. Simulated on 70
recorded answers and a television 15 dB below them: opening at 9 dB and closing at 12 keeps back 2.1 % of the speech
and opens for 7 % of the passages; one bound at 12 dB kept back 1.5 % and opened for 36 %."""
_CLOSED_GAIN = 10 ** (-36 / 20)
"""So quiet that nobody takes it for a turn, while the soft words at the end of a sentence can still be recognised."""
_MUTED_AFTER_SEC = 0.3
"""Over the interviewer a gate that has been closed for so long lets nothing through: Whisper levels what it gets, and
read the interviewer's own sentence in an echo at -77 dBFS."""
_ECHO_TAIL_SEC = 0.5
"""The interviewer's last words come back this much after it has said them: network and buffers, both ways."""
_LEARNT_SEC = 12.0
"""Voice from which the candidate's level is taken, and at least:"""
_LEAST_LEARNT_SEC = 0.3
"""The words "I'm ready." have half a second of it."""
_LOUD_SHARE = 0.75
"""The peak that is louder than so many of a speaker's stands for their level."""
_LOUD_ABOVE_DB = 2.0
_UNKNOWN_CANDIDATE_DBFS = -26.0
"""Peaks of a voice that is let through over the greeting. Browsers level a voice to peaks near -13; an echo at -25 dB
of the interviewer's -20 has peaks near -39, a television 15 dB below the candidate near -28."""
_FORGET_AFTER_SEC = 6.0
_FORGET_DB_PER_SEC = 0.5
"""Who has moved away from the microphone is heard again after some seconds."""
_SILENCE_DBFS = -58.0


class NoiseGate:
    """Fed with each frame before anybody else hears it.

    Args:
        below_db: what begins so far below the candidate's level is kept back; None keeps nothing back.
    """

    def __init__(self, *, below_db: float | None, interviewer_is_speaking: Callable[[], bool] = lambda: False) -> None:
        self._below_db = below_db
        self.interviewer_is_speaking = interviewer_is_speaking
        self._heard_sec = 0.0
        self._open_until_sec = 0.0
        self._echo_until_sec = 0.0
        self._levels: deque[tuple[float, float]] = deque()
        """Time and level of the newest frames."""
        self._peaks: deque[float] = deque(maxlen=round(_LEARNT_SEC / WINDOW_SEC))
        self._forgotten_db = 0.0
        self.candidate_dbfs: float | None = None
        """As far as it is known."""

    @property
    def is_open(self) -> bool:
        return self._heard_sec <= self._open_until_sec

    @property
    def is_loud(self) -> bool:
        """Louder than the candidate mostly is."""
        if self.candidate_dbfs is None or not self._levels:
            return False
        return self._peak_dbfs() > self.candidate_dbfs + _LOUD_ABOVE_DB

    def filtered(self, frame: rtc.AudioFrame) -> rtc.AudioFrame:
        """The frame, or nearly silence; over the interviewer silence."""
        if self._below_db is None:
            return frame
        level = level_dbfs(frame)
        self._heard_sec += frame.duration
        if self.interviewer_is_speaking():
            self._echo_until_sec = self._heard_sec + _ECHO_TAIL_SEC
        self._levels.append((self._heard_sec, level))
        while self._levels[0][0] < self._heard_sec - _PEAK_SEC:
            self._levels.popleft()
        stays_open_db = _STAYS_OPEN_DB if self.is_open else 0.0
        if level >= self._threshold_dbfs(self._below_db) - stays_open_db:
            self._open_until_sec = self._heard_sec + _HOLD_SEC
        if self.is_open:
            return frame
        self._forget(frame.duration, level)
        is_muted = self._may_be_echo and self._closed_sec > _MUTED_AFTER_SEC
        samples = np.frombuffer(frame.data, np.int16) * (0.0 if is_muted else _CLOSED_GAIN)
        quiet = samples.astype(np.int16).tobytes()
        return rtc.AudioFrame(quiet, frame.sample_rate, frame.num_channels, frame.samples_per_channel)

    def learn(self, *, voiced: bool) -> None:
        """The detector's newest window. What is heard over the interviewer may be its echo and teaches nothing."""
        if not (voiced and self.is_open and self._levels) or self._may_be_echo:
            return
        peak = self._peak_dbfs()
        if self._forgotten_db and self.candidate_dbfs is not None:
            if peak < self.candidate_dbfs - (self._below_db or 0.0):
                self._peaks = deque((level - self._forgotten_db for level in self._peaks), maxlen=self._peaks.maxlen)
            self._forgotten_db = 0.0
        self._peaks.append(peak)
        if len(self._peaks) * WINDOW_SEC >= _LEAST_LEARNT_SEC:
            self.candidate_dbfs = sorted(self._peaks)[int(_LOUD_SHARE * len(self._peaks))]

    @property
    def _closed_sec(self) -> float:
        return self._heard_sec - self._open_until_sec

    @property
    def _may_be_echo(self) -> bool:
        return self._heard_sec <= self._echo_until_sec

    def _peak_dbfs(self) -> float:
        """Of the newest quarter of a second."""
        return max(level for _, level in self._levels)

    def _threshold_dbfs(self, below_db: float) -> float:
        if self.candidate_dbfs is not None:
            return self.candidate_dbfs - self._forgotten_db - below_db
        return _UNKNOWN_CANDIDATE_DBFS if self._may_be_echo else float("-inf")

    def _forget(self, seconds: float, level: float) -> None:
        if self._closed_sec > _FORGET_AFTER_SEC and level > _SILENCE_DBFS and not self._may_be_echo:
            self._forgotten_db += _FORGET_DB_PER_SEC * seconds
