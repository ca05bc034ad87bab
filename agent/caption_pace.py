"""Captions keep step with the sound without an estimate of the speaking rate.

LiveKit's synchroniser works out a spectral flux for each 0.1 s of an utterance, on the event loop. Where a voice
renders 5 s of speech in one go, that is 0.18 s (0.5 s beside other work) in which no sound is taken or played, right
before the first of it; in a conversation it was 8 % of a slow core.

Without it words follow at 3.8 syllables a second until text and sound of the utterance are complete, and are spread
evenly over its length from then on. What a broken-off turn is stored as comes from the voice's own word times where it
tells them; for others it is what these captions had come to.
"""

from livekit import rtc
from livekit.agents.voice.transcription import synchronizer
from livekit.agents.voice.transcription._speaking_rate import (  # pyright: ignore[reportPrivateUsage]
    SpeakingRateDetector,
    SpeakingRateStream,
)


class EvenPace(SpeakingRateDetector):
    """Estimates nothing: the synchroniser falls back on syllables and seconds."""

    def stream(self) -> SpeakingRateStream:
        return _NoEstimate(self, self._opts)


class _NoEstimate(SpeakingRateStream):
    def push_frame(self, frame: rtc.AudioFrame) -> None:
        pass


def keep_an_even_pace() -> None:
    """For every synchroniser that is made from now on in this process; there is no option for it."""
    synchronizer.SpeakingRateDetector = EvenPace  # pyright: ignore[reportPrivateImportUsage]
