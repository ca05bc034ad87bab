"""The track of the interviewer's back-channels: apart from its voice, so that neither ever interrupts the other."""

import numpy as np
import numpy.typing as npt
from livekit import rtc

from agent.background import Background
from agent.recording.source import TappedSource
from agent.recording.tap import SourceTap
from storage.models.room import LISTENING_TRACK

SAMPLE_RATE = 24_000
_QUEUE_MS = 100
"""Little, so that a sound is heard soon after it was asked for and stops soon after it was stopped."""
_BLOCK = SAMPLE_RATE // 50
_FADE = SAMPLE_RATE // 40
"""25 ms: a sound that is broken off doesn't click."""

Pcm = npt.NDArray[np.int16]


class ListeningTrack:
    """Plays one short sound at a time."""

    def __init__(self) -> None:
        self._source = TappedSource(SAMPLE_RATE, 1, queue_size_ms=_QUEUE_MS)
        self._sound: Pcm = np.zeros(0, np.int16)
        self._handed_over = 0
        self._background = Background()
        self._is_playing = False

    def record_with(self, tap: SourceTap) -> None:
        self._source.tap = tap

    async def publish(self, room: rtc.Room) -> None:
        track = rtc.LocalAudioTrack.create_audio_track(LISTENING_TRACK, self._source)
        await room.local_participant.publish_track(
            track, rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_UNKNOWN)
        )

    async def aclose(self) -> None:
        await self._background.close()
        await self._source.aclose()

    def play(self, sound: Pcm) -> None:
        """Starts a sound at once; one that is still playing is over."""
        if self._is_heard:
            self._source.clear_queue()
        self._go_on_with(sound)

    def stop(self) -> None:
        """Fades out what is playing. Does nothing in silence."""
        if not self._is_heard:
            return
        heard = max(0, self._handed_over - round(self._source.queued_duration * SAMPLE_RATE))
        self._source.clear_queue()
        rest = self._sound[heard : heard + _FADE]
        self._go_on_with((rest * np.linspace(1.0, 0.0, len(rest))).astype(np.int16))

    @property
    def _is_heard(self) -> bool:
        return self._is_playing or self._source.queued_duration > 0

    def _go_on_with(self, sound: Pcm) -> None:
        # The source takes one frame at a time: who cancels one and hands over the next gets InvalidState. So whoever
        # is handing over goes on with the new sound.
        self._sound, self._handed_over = sound, 0
        if not self._is_playing:
            self._is_playing = True
            self._background.start(self._hand_over(), name="listening.play")

    async def _hand_over(self) -> None:
        try:
            while self._handed_over < len(self._sound):
                block = self._sound[self._handed_over : self._handed_over + _BLOCK]
                self._handed_over += len(block)
                await self._source.capture_frame(rtc.AudioFrame(block.tobytes(), SAMPLE_RATE, 1, len(block)))
        finally:
            self._is_playing = False
