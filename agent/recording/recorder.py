"""Records one job: takes what passes by on the event loop, and encodes it in a thread.

It is two seconds behind what is heard, since a stop takes back what the interviewer was about to say. After a failure
nothing more is recorded; the interview goes on, and what is on disk is kept.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import BinaryIO, Literal

import numpy as np
import structlog
from av.error import FFmpegError
from livekit import rtc

from agent.recording.lanes import Pcm
from agent.recording.mixer import Mixer
from agent.recording.ogg_opus import OggOpusWriter
from agent.recording.shelf import RecordingShelf, ShelvedRecording
from agent.recording.tap import OwnTrack

log = structlog.get_logger()

_EVERY_SEC = 0.5
_BEHIND_SEC = 1.5
"""More than any track has queued, and than a microphone's frames are late."""
_LEAD_SEC = 0.1
"""Before the first frame: it was said earlier than it came."""
_MOST_WAITING = 60 * 150
"""Pieces of sound: a minute of both sides. A disk that is slower than that loses the rest."""


@dataclass(frozen=True, slots=True)
class _Piece:
    track: OwnTrack | Literal["candidate"]
    at: float
    """Loop time of its beginning, for the candidate of its end."""
    samples: Pcm | None
    """None: the track falls silent."""


class Recorder:
    """A SoundTap. `run` it, and `close` it in the end.

    Args:
        clock_started_at: loop time at which the attempt's clock was 0. The file begins with the first sound.
        thread: does one thing after the other.
    """

    def __init__(
        self,
        shelf: RecordingShelf,
        attempt_id: str,
        epoch: int,
        *,
        clock_started_at: float,
        thread: Executor | None = None,
    ) -> None:
        self._shelf = shelf
        self._attempt_id = attempt_id
        self._epoch = epoch
        self._clock_started_at = clock_started_at
        self._loop = asyncio.get_running_loop()
        self._thread = thread or ThreadPoolExecutor(1, thread_name_prefix="recorder")
        self._pieces: list[_Piece] = []
        self._begun_at: float | None = None
        self._closing = asyncio.Event()
        self._file: BinaryIO | None = None
        self._writer: OggOpusWriter | None = None
        self._mixer = Mixer()
        self.recording: ShelvedRecording | None = None
        """The file, once there is sound."""
        self.has_failed = False
        self.on_failure: Callable[[], None] = lambda: None

    # -- told by the room

    def heard(self, frame: rtc.AudioFrame) -> None:
        self._add(_Piece("candidate", self._loop.time(), _samples(frame)))

    def track(self, name: OwnTrack) -> "_TrackTap":
        return _TrackTap(self, name)

    def plays(self, track: OwnTrack, starts_at: float, frame: rtc.AudioFrame) -> None:
        self._add(_Piece(track, starts_at, _samples(frame)))

    def falls_silent(self, track: OwnTrack, at: float) -> None:
        if self._begun_at is not None:
            self._add(_Piece(track, at, None))

    def _add(self, piece: _Piece) -> None:
        if self.has_failed or self._closing.is_set():
            return
        if len(self._pieces) >= _MOST_WAITING:
            log.warning("recording_lost_sound", attempt_id=self._attempt_id)
            self._pieces.clear()
        if self._begun_at is None:
            self._begun_at = max(self._clock_started_at, self._loop.time() - _LEAD_SEC)
        self._pieces.append(piece)

    # -- on the event loop

    async def run(self) -> None:
        """Until it is closed or fails."""
        while not (self._closing.is_set() or self.has_failed):
            try:
                await asyncio.wait_for(self._closing.wait(), _EVERY_SEC)
            except TimeoutError:
                await self._hand_over()

    async def close(self) -> None:
        """Writes what is left. The file stays locked for whoever sends it, until `let_go`."""
        self._closing.set()
        await self._hand_over(last=True)

    def let_go(self) -> None:
        """Releases the file, and the thread."""
        self._thread.shutdown(wait=False)
        if self._file is not None:
            self._file.close()

    async def _hand_over(self, *, last: bool = False) -> None:
        pieces, self._pieces = self._pieces, []
        if self._begun_at is None or self.has_failed:
            return
        now = self._loop.time() - self._begun_at
        until_sec = now if last else now - _BEHIND_SEC
        try:
            await self._loop.run_in_executor(self._thread, self._write, pieces, self._begun_at, until_sec, last)
        except (OSError, FFmpegError) as error:
            log.error("recording_failed", attempt_id=self._attempt_id, error=type(error).__name__)
            self.has_failed = True
            self.on_failure()

    # -- in the thread

    def _write(self, pieces: list[_Piece], begun_at: float, until_sec: float, last: bool) -> None:
        if self._writer is None:
            offset_ms = max(0, round((begun_at - self._clock_started_at) * 1000))
            self.recording, self._file = self._shelf.begin(self._attempt_id, self._epoch, offset_ms)
            self._writer = OggOpusWriter(self._file)
        for piece in pieces:
            self._place(piece, piece.at - begun_at)
        self._writer.write(self._mixer.take(max(0.0, until_sec)))
        if last:
            self._writer.close()

    def _place(self, piece: _Piece, at_sec: float) -> None:
        if piece.track == "candidate":
            if piece.samples is not None:
                self._mixer.candidate.hear(at_sec, piece.samples)
            return
        lane = self._mixer.voice if piece.track == "voice" else self._mixer.listening
        if piece.samples is None:
            lane.cut(at_sec)
        else:
            lane.play(at_sec, piece.samples)


class _TrackTap:
    def __init__(self, recorder: Recorder, name: OwnTrack) -> None:
        self._recorder = recorder
        self._name: OwnTrack = name

    def plays(self, starts_at: float, frame: rtc.AudioFrame) -> None:
        self._recorder.plays(self._name, starts_at, frame)

    def falls_silent(self, at: float) -> None:
        self._recorder.falls_silent(self._name, at)


def _samples(frame: rtc.AudioFrame) -> Pcm:
    """A copy: the frame's memory is the room's."""
    return np.frombuffer(bytes(frame.data), np.int16)
