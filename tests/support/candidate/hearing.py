"""What the candidate hears while it happens: whether the interviewer is speaking, and since when."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from tests.support.candidate.audio import REMOTE_THRESHOLD_DB, SAMPLE_RATE, Pcm

UTTERANCE_GAP_SEC = 0.6
"""A shorter silence is a breath inside an utterance."""
LOUD_FRAMES = 2
"""One loud frame alone is a click."""
SPEECH_SEC = 0.5
"""So much sound makes an utterance; less is a back-channel or a noise."""


@dataclass
class Hearing:
    """The interviewer's voice, as it arrives. Times are the candidate's clock; before anything was heard, None."""

    utterance_started: float | None = None
    last_heard: float | None = None
    _loud_in_a_row: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    """By track: the silence of one that somebody left behind comes between the frames of the next."""
    _sound_sec: float = 0.0

    def take(self, frame: Pcm, now: float, track: str = "") -> None:
        level = 20 * np.log10(np.sqrt(np.mean((frame / 32768.0) ** 2)) + 1e-7)
        self._loud_in_a_row[track] = self._loud_in_a_row[track] + 1 if level > REMOTE_THRESHOLD_DB else 0
        if self._loud_in_a_row[track] < LOUD_FRAMES:
            return
        if self.last_heard is None or now - self.last_heard > UTTERANCE_GAP_SEC:
            self.utterance_started = now
            self._sound_sec = 0.0
        self._sound_sec += len(frame) / SAMPLE_RATE
        self.last_heard = now

    def silent_for(self, now: float) -> float:
        """Seconds since the last sound, without end if there was none."""
        return float("inf") if self.last_heard is None else now - self.last_heard

    def has_spoken_since(self, moment: float) -> bool:
        """Whether an utterance, not a mere noise, was heard after `moment`."""
        return self.last_heard is not None and self.last_heard > moment and self._sound_sec >= SPEECH_SEC

    def speaking_for(self, now: float, since: float) -> float:
        """How long the utterance that began after `since` has been going on; 0 when there is none."""
        started = self.utterance_started
        if started is None or started <= since or self.silent_for(now) > UTTERANCE_GAP_SEC / 2:
            return 0.0
        return now - started
