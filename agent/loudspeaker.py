"""Plays the interviewer's speech into the room, and can hold it at any moment without losing a sample.

The framework's own output throws away the up to 200 ms that it has queued when it is paused, and notices a pause only
at its next frame. This one keeps an utterance until it has been heard: held, it falls silent at once and knows which
word it was in; released, it goes on from the last quiet moment before that, as a person says a broken word again.
"""

import asyncio
import time

import numpy as np
import numpy.typing as npt
from livekit import rtc
from livekit.agents.types import USERDATA_TIMED_TRANSCRIPT, TimedString
from livekit.agents.utils import is_given
from livekit.agents.voice.io import AudioOutput, AudioOutputCapabilities

from agent.recording.source import TappedSource
from agent.recording.tap import SourceTap
from storage.models.room import VOICE_TRACK

SAMPLE_RATE = 24_000
_QUEUE_MS = 400
_AHEAD_SEC = 0.2
"""Sound handed over before it is due, so that a busy event loop isn't heard. A stop takes all of it back."""
_BLOCK = SAMPLE_RATE // 50
_BYTES = 2
_REWIND_SEC = 0.4
_QUIET_HOP = SAMPLE_RATE // 100
_QUIET_FACTOR = 2.0
_SILENCE = 30.0
"""Mean of 16-bit samples that nobody hears, -60 dBFS."""
_WORD_MARGIN_SEC = 0.05
"""A word counts as heard if it ended so long before a stop: word times of voices are estimates."""

Samples = npt.NDArray[np.int16]


class Loudspeaker(AudioOutput):
    """The audio output of an AgentSession. Set it before the session starts, and `start` it in the room."""

    def __init__(self) -> None:
        super().__init__(label="Loudspeaker", capabilities=AudioOutputCapabilities(pause=True), sample_rate=SAMPLE_RATE)
        self._source = TappedSource(SAMPLE_RATE, 1, queue_size_ms=_QUEUE_MS)
        self._publishing: asyncio.Task[None] | None = None
        self._audible = asyncio.Event()
        self._pcm = bytearray()
        """The utterance so far, 16-bit."""
        self._words: list[TimedString] = []
        self._handed_over = 0
        self._complete = False
        self._news = asyncio.Event()
        self._playing: asyncio.Task[None] | None = None
        self._started = False
        self._held = False
        self._held_at: int | None = None
        """Samples of the utterance that had been heard when it was held."""
        self.heard_words: str | None = None
        """Of the last utterance, up to where it was stopped. None where the voice doesn't say when each word is."""

    def record_with(self, tap: SourceTap) -> None:
        self._source.tap = tap

    def start(self, room: rtc.Room) -> None:
        """Publishes the track. Nothing is played before the candidate can hear it."""
        self._publishing = asyncio.create_task(self._publish(room), name="loudspeaker.publish")

    async def _publish(self, room: rtc.Room) -> None:
        track = rtc.LocalAudioTrack.create_audio_track(VOICE_TRACK, self._source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        publication = await room.local_participant.publish_track(track, options)
        await publication.wait_for_subscription()
        self.open()

    def open(self) -> None:
        """Somebody may be listening."""
        self._audible.set()

    async def aclose(self) -> None:
        for task in (self._publishing, self._playing):
            if task is not None:
                task.cancel()
        await self._source.aclose()

    @property
    def position_sec(self) -> float:
        """How much of the current utterance has been played."""
        return self._played() / SAMPLE_RATE

    def hold(self) -> None:
        """Falls silent at once, also before the first sound."""
        if not self._held:
            self._held = True
            if self._playing is not None:
                self._held_at = self._played()
                self._source.clear_queue()
                self._handed_over = self._last_quiet(self._held_at)

    def release(self) -> None:
        if self._held:
            self._held = False
            self._held_at = None
            self._news.set()

    # -- called by the session

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        await self._audible.wait()
        await super().capture_frame(frame)
        timed = frame.userdata.get(USERDATA_TIMED_TRANSCRIPT, [])
        self._words += [word for word in timed if isinstance(word, TimedString)]
        self._pcm += frame.data
        self._news.set()
        if self._playing is None:
            self._playing = asyncio.create_task(self._play(), name="loudspeaker.play")

    def flush(self) -> None:
        super().flush()
        self._complete = True
        self._news.set()

    def clear_buffer(self) -> None:
        if self._playing is not None:
            self._playing.cancel()
            played = self._played()
            self._source.clear_queue()
            self._finish(played, interrupted=True)

    # -- the sound

    async def _play(self) -> None:
        while True:
            self._news.clear()
            ahead_sec = self._source.queued_duration
            ready = self._length - self._handed_over
            if self._held or (ready < _BLOCK and not self._complete):
                await self._news.wait()
            elif ready > 0 and ahead_sec < _AHEAD_SEC:
                await self._hand_over(min(ready, _BLOCK))
            elif ready > 0:
                await asyncio.sleep(ahead_sec - _AHEAD_SEC + _BLOCK / SAMPLE_RATE / 2)
            elif ahead_sec > 0:
                await asyncio.sleep(ahead_sec)
            else:
                break
        self._finish(self._length, interrupted=False)

    async def _hand_over(self, count: int) -> None:
        block = self._piece(self._handed_over, self._handed_over + count)
        self._handed_over += count
        if not self._started:
            self._started = True
            self.on_playback_started(created_at=time.time())
        await self._source.capture_frame(rtc.AudioFrame(block.tobytes(), SAMPLE_RATE, 1, len(block)))

    @property
    def _length(self) -> int:
        return len(self._pcm) // _BYTES

    def _piece(self, start: int, end: int) -> Samples:
        return np.frombuffer(bytes(self._pcm[start * _BYTES : end * _BYTES]), np.int16)

    def _played(self) -> int:
        if self._held_at is not None:
            return self._held_at
        return max(0, self._handed_over - round(self._source.queued_duration * SAMPLE_RATE))

    def _last_quiet(self, position: int) -> int:
        """Where the sound last rose from its quietest in the time before a position."""
        if self._complete and position >= self._length - _BLOCK:
            return self._length
        start = max(0, position - round(_REWIND_SEC * SAMPLE_RATE))
        hops = (position - start) // _QUIET_HOP
        if hops < 2:
            return start
        samples = np.abs(self._piece(start, start + hops * _QUIET_HOP).astype(np.float32))
        levels = samples.reshape(hops, _QUIET_HOP).mean(axis=1)
        quiet = np.flatnonzero(levels <= max(_QUIET_FACTOR * float(levels.min()), _SILENCE))
        return start + int(quiet[-1]) * _QUIET_HOP

    def _finish(self, played: int, *, interrupted: bool) -> None:
        until_sec = played / SAMPLE_RATE - _WORD_MARGIN_SEC if interrupted else float("inf")
        self.heard_words = self._words_until(until_sec) if self._words else None
        self._playing = None
        self._pcm = bytearray()
        self._words = []
        self._handed_over = 0
        self._complete = self._started = False
        self._held_at = None
        self.on_playback_finished(playback_position=played / SAMPLE_RATE, interrupted=interrupted)

    def _words_until(self, position_sec: float) -> str:
        return "".join(
            word for word in self._words if is_given(word.end_time) and word.end_time <= position_sec
        ).strip()
