"""The candidate's microphone: 48 kHz on a steady sample clock, room tone when nothing is said."""

import asyncio
from collections import deque
from collections.abc import Callable

import numpy as np
from livekit import rtc

from tests.support.candidate.audio import SAMPLE_RATE, Pcm, Samples, Span, to_pcm
from tests.support.candidate.recorder import Clock, Recorder

FRAME = SAMPLE_RATE // 50
FRAME_SEC = FRAME / SAMPLE_RATE
STEADY_FRAMES = 50
"""Publishing holds the first frames up. Nothing is said before so many came on time."""
LATE_SEC = 0.2
ECHO_FRAMES = 10
"""Of 10 ms: the longest way from loudspeaker to microphone."""


class Microphone:
    def __init__(self, clock: Clock, on_frame: Callable[[], None]) -> None:
        """`on_frame` is called after each frame of 20 ms: the pulse at which the candidate looks around."""
        self._clock = clock
        self._on_frame = on_frame
        self._playing: Pcm | None = None
        self._position = 0
        self._started_at = 0.0
        self._finished: asyncio.Future[Span] | None = None
        self._background: Pcm | None = None
        self._background_position = 0
        self._echo_gain = 0.0
        self._echo: deque[Pcm] = deque()
        self.source = rtc.AudioSource(SAMPLE_RATE, 1, queue_size_ms=60)
        self.recorder = Recorder()
        self.steady = asyncio.Event()
        self.times_late = 0

    async def play(self, sound: Samples) -> Span:
        """Play a sound and say when its first and last sample were sent."""
        if self._playing is not None:
            raise RuntimeError("the microphone is already playing")
        self._finished = asyncio.get_running_loop().create_future()
        self._position = 0
        self._playing = to_pcm(sound)
        return await self._finished

    def loop_background(self, sound: Samples | None) -> None:
        """Play a sound under everything until told otherwise: echo, a television, keyboard noise."""
        self._background = None if sound is None else to_pcm(sound)
        self._background_position = 0

    def echo_at(self, gain: float) -> None:
        """What is heard comes back into the microphone, as from a loudspeaker; 0.0 for headphones."""
        self._echo_gain = gain
        self._echo.clear()

    def take_echo(self, frame: Pcm) -> None:
        """A frame that the loudspeaker plays now."""
        if self._echo_gain:
            self._echo.append((frame * self._echo_gain).astype(np.int16))

    async def run(self) -> None:
        room_tone = np.random.default_rng(0)
        number = self._next_frame_number()
        on_time = 0
        while True:
            # -84 dBFS: enough to keep the encoder awake, not enough to be heard.
            frame = room_tone.integers(-2, 3, FRAME).astype(np.int16)
            self._add_background(frame)
            self._add_echo(frame)
            ended = self._add_speech(frame, number * FRAME_SEC)
            wait = number * FRAME_SEC - self._clock.now()
            if wait > 0:
                await asyncio.sleep(wait)
            elif wait < -LATE_SEC:
                self.times_late += 1
                number, on_time = self._next_frame_number(), 0
            on_time += 1
            if on_time == STEADY_FRAMES:
                self.steady.set()
            self.recorder.put(frame, (number + 1) * FRAME)
            number += 1
            await self.source.capture_frame(rtc.AudioFrame(frame.tobytes(), SAMPLE_RATE, 1, FRAME))
            if ended is not None and self._finished is not None and not self._finished.done():
                self._finished.set_result(Span(self._started_at, ended))
            self._on_frame()

    def _next_frame_number(self) -> int:
        return int(self._clock.now() / FRAME_SEC) + 1

    def _add_speech(self, frame: Pcm, at: float) -> float | None:
        """Mix the next piece of what is being said in; the time at which it ended, if it did."""
        if self._playing is None:
            return None
        if self._position == 0:
            self._started_at = at
        piece = self._playing[self._position : self._position + FRAME]
        frame[: len(piece)] += piece
        self._position += len(piece)
        if self._position < len(self._playing):
            return None
        self._playing = None
        return at + len(piece) / SAMPLE_RATE

    def _add_background(self, frame: Pcm) -> None:
        if self._background is None:
            return
        indices = (self._background_position + np.arange(FRAME)) % len(self._background)
        frame += self._background[indices]
        self._background_position += FRAME

    def _add_echo(self, frame: Pcm) -> None:
        position = 0
        while self._echo and position < FRAME:
            piece = self._echo.popleft()
            fits = min(len(piece), FRAME - position)
            frame[position : position + fits] += piece[:fits]
            position += fits
            if fits < len(piece):
                self._echo.appendleft(piece[fits:])
        while len(self._echo) > ECHO_FRAMES:
            self._echo.popleft()  # a loudspeaker never falls behind
