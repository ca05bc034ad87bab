"""The soft beginnings of words, for the recogniser: what the noise gate held back right before it opened.

An "l", an "s" or a "c" is 20 dB softer than its vowel. Without it whisper-tiny reads "Can we stop here?" as "Then we
stop here." and "Let's skip this one." as "Let's keep this one.". The recogniser gets such sound at once when the gate
opens, and as much less of the next long silence.
"""

from collections import deque
from collections.abc import Iterable, Iterator

from livekit import rtc

_SAMPLE_RATE = 16_000
_HELD = round(0.3 * _SAMPLE_RATE)
"""Samples. The gate opens up to 0.17 s into the recorded phrases. Of 48 hearings of the six hardest by whisper-tiny 47
were right without a gate, 27 with it, and 38, 46 and 42 with 0.2, 0.3 and 0.4 s of pre-roll."""
_SILENCE_FIRST = round(0.3 * _SAMPLE_RATE)
"""Samples of each silence that the recogniser gets before any is left out: by then its detector, which needs 0.25 s,
has heard the end of the speech. Left out at once, half of the answers in a room were decoded 0.27 s later."""
_REMEMBERED_STEPS = 200
"""Times are asked for until text is final: some minutes of talk are far more than enough."""


class PreRoll:
    """Makes the recogniser's sound of the gate's, and tells when what is at a place of it was heard."""

    def __init__(self) -> None:
        self._held: deque[rtc.AudioFrame] = deque()
        """What was kept back since the gate closed, newest last."""
        self._given = 0
        """Samples that the recogniser has got."""
        self._ahead = 0
        """So many more than were heard: held sound, not yet made up for in silence."""
        self._closed = 0
        """Samples since the gate closed."""
        self._steps: deque[tuple[int, int]] = deque([(0, 0)], _REMEMBERED_STEPS)
        """From which sample that was given it is how far ahead."""

    def frames(
        self, heard: rtc.AudioFrame, passed: rtc.AudioFrame, *, gate_is_open: bool, over_interviewer: bool = False
    ) -> Iterator[rtc.AudioFrame]:
        """What the recogniser gets for a frame at 16 kHz, of which the gate has passed on `passed`.

        Args:
            over_interviewer: the interviewer is speaking. Then no end of an answer is waited for, and what a television
                says through the gate is left out of its silences at once.
        """
        if gate_is_open:
            self._closed = 0
            self._step(_samples(self._held))
            self._given += _samples(self._held) + passed.samples_per_channel
            yield from self._held
            self._held.clear()
            yield passed
            return
        self._hold(heard)
        self._closed += passed.samples_per_channel
        may_leave_out = over_interviewer or self._closed > _SILENCE_FIRST
        if may_leave_out and self._ahead >= passed.samples_per_channel:
            self._step(-passed.samples_per_channel)
        else:
            self._given += passed.samples_per_channel
            yield passed

    def heard_sec(self, given_sec: float) -> float:
        """Seconds that had been heard at that second of the recogniser's sound."""
        given = round(given_sec * _SAMPLE_RATE)
        ahead = next((ahead for since, ahead in reversed(self._steps) if since <= given), 0)
        return given_sec - ahead / _SAMPLE_RATE

    def _step(self, samples: int) -> None:
        if not samples:
            return
        self._ahead += samples
        if self._steps[-1][0] == self._given:
            self._steps.pop()
        self._steps.append((self._given, self._ahead))

    def _hold(self, frame: rtc.AudioFrame) -> None:
        self._held.append(frame)
        while _samples(self._held) > _HELD:
            self._held.popleft()


def _samples(frames: Iterable[rtc.AudioFrame]) -> int:
    return sum(frame.samples_per_channel for frame in frames)
