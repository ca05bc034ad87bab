"""A scripted voice candidate. It knows a server URL and a participant token, and nothing else about the product."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import soundfile as sf
from livekit import rtc

from storage.models.room import LISTENING_TRACK
from tests.support.candidate.audio import LEAD_SEC, SAMPLE_RATE, TAIL_SEC, Samples, Span, silence
from tests.support.candidate.captions import TOPIC, Captions
from tests.support.candidate.clips import Clip
from tests.support.candidate.hearing import Hearing
from tests.support.candidate.measure import Recording
from tests.support.candidate.microphone import Microphone
from tests.support.candidate.recorder import Clock, Recorder

STEADY_TIMEOUT_SEC = 40.0
PHASE = "interview.phase"
ENDED = "ended"


class WaitedInVain(AssertionError):  # noqa: N818 - reads as what happened
    """The interviewer didn't do what the script waited for."""


class RoomClosed(ConnectionError):  # noqa: N818 - reads as what happened
    """The room ended while the script was still waiting for something."""


@dataclass(frozen=True)
class Played:
    label: str
    text: str
    span: Span


@dataclass(frozen=True)
class Note:
    """Something that happened in the room."""

    at: float
    what: str
    detail: str


class Candidate:
    """Joins with `connect`, speaks clips, records both directions, and keeps what was seen.

    After `say`, the interviewer's turn is awaited from the end of what was said: a script is a list of calls.
    """

    def __init__(self) -> None:
        self.clock = Clock()
        self.room = rtc.Room()
        self.captions = Captions()
        self.hearing = Hearing()
        self.notes: list[Note] = []
        self.played: list[Played] = []
        self.attributes: dict[str, str] = {}
        """Newest attributes of whichever agent is there."""
        self.closed = asyncio.Event()
        self._pulse = asyncio.Event()
        self._microphone = Microphone(self.clock, self._beat)
        self._voice: dict[str, Recorder] = {}
        self._listening: dict[str, Recorder] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.spoke_until = 0.0

    # ------------------------------------------------------------------ room
    @classmethod
    @asynccontextmanager
    async def joined(cls, server_url: str, participant_token: str) -> AsyncGenerator[Self]:
        candidate = cls()
        try:
            await candidate.connect(server_url, participant_token)
            yield candidate
        finally:
            await candidate.leave()

    async def connect(self, server_url: str, participant_token: str) -> None:
        """Join, publish the microphone, and return when its clock is steady."""
        self._listen_to_room()
        await self.room.connect(server_url, participant_token, rtc.RoomOptions(auto_subscribe=True))
        self._note("connected", self.room.name)
        for participant in self.room.remote_participants.values():
            self._note("present", participant.identity)
            self.attributes.update(participant.attributes)
        track = rtc.LocalAudioTrack.create_audio_track("microphone", self._microphone.source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        await self.room.local_participant.publish_track(track, options)
        self._start(self._microphone.run())
        await asyncio.wait_for(self._microphone.steady.wait(), STEADY_TIMEOUT_SEC)

    async def leave(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.wait_for(self.room.disconnect(), 10)

    @property
    def connected_at(self) -> float:
        return next(note.at for note in self.notes if note.what == "connected")

    def wall_time(self, at: float) -> float:
        """Seconds since 1970 of a time on the candidate's clock."""
        return time.time() - self.clock.now() + at

    @property
    def phase(self) -> str | None:
        return self.attributes.get(PHASE)

    @property
    def has_ended(self) -> bool:
        return self.closed.is_set() or self.phase == ENDED

    @property
    def interviewer_has_left(self) -> bool:
        """Somebody was there besides the candidate, and nobody is now."""
        return any(note.what == "left" for note in self.notes) and not self.room.remote_participants

    # ------------------------------------------------------------------ script
    async def say(
        self,
        *clips: Clip,
        after_silence: float = 1.0,
        pauses: float | list[float] = 0.5,
        within_sec: float = 40.0,
    ) -> Played:
        """Wait for the interviewer to have spoken and fallen silent, then say the clips as one answer."""
        await self.interviewer_finished(after_silence, within_sec)
        return await self.say_now(*clips, pauses=pauses)

    async def say_now(self, *clips: Clip, pauses: float | list[float] = 0.5) -> Played:
        """Say the clips at once. `pauses` are the seconds between the parts' speech: one for all, or one each."""
        parts = [part for clip in clips for part in clip.parts]
        gaps = pauses if isinstance(pauses, list) else [pauses] * (len(parts) - 1)
        if len(gaps) != len(parts) - 1:
            raise ValueError(f"{len(parts)} parts have {len(parts) - 1} pauses between them, got {len(gaps)}")
        pieces = [parts[0]]
        for gap, part in zip(gaps, parts[1:], strict=True):
            pieces += [silence(max(0.0, gap - TAIL_SEC - LEAD_SEC)), part]
        return await self._play(clips, np.concatenate(pieces))

    async def interrupt(self, clip: Clip, *, at: float = 2.0, within_sec: float = 40.0) -> Played:
        """Speak into the interviewer's speech, `at` seconds after it began, to get the floor."""
        await self.interviewer_speaking(at, within_sec)
        return await self.say_now(clip)

    async def acknowledge(self, clip: Clip, *, at: float = 2.0, within_sec: float = 40.0) -> Played:
        """Say "mhm" into the interviewer's speech. It is still the interviewer's turn afterwards."""
        await self.interviewer_speaking(at, within_sec)
        before = self.spoke_until
        played = await self.say_now(clip)
        self.spoke_until = before
        return played

    async def _play(self, clips: tuple[Clip, ...], sound: Samples) -> Played:
        span = await self._microphone.play(sound)
        played = Played(
            label="+".join(clip.label for clip in clips), text=" ".join(clip.text for clip in clips), span=span
        )
        self.played.append(played)
        self.spoke_until = span.end
        return played

    def loop_background(self, sound: Samples | None) -> None:
        self._microphone.loop_background(sound)

    # ------------------------------------------------------------------ waiting
    async def until(self, happened: Callable[[], bool], within_sec: float, what: str) -> float:
        """Look at every frame of the microphone whether something has happened; the time at which it had.

        Raises:
            WaitedInVain: it hasn't after `within_sec` seconds.
            RoomClosed: the room ended first.
        """
        limit = self.clock.now() + within_sec
        while not happened():
            if self.closed.is_set():
                raise RoomClosed(f"the room closed while waiting for {what}")
            if self.clock.now() > limit:
                raise WaitedInVain(f"waited {within_sec:g} s in vain for {what}; attributes {self.attributes}")
            self._pulse.clear()
            await self._pulse.wait()
        return self.clock.now()

    async def interviewer_finished(self, after_silence: float = 1.0, within_sec: float = 40.0) -> None:
        """The interviewer has spoken since the candidate last did, and has been silent for so long."""
        since = self.spoke_until - 0.3
        await self.until(
            lambda: self.hearing.has_spoken_since(since) and self.hearing.silent_for(self.clock.now()) >= after_silence,
            within_sec,
            f"the interviewer to speak and be silent for {after_silence:g} s",
        )

    async def interviewer_speaking(self, for_sec: float = 0.3, within_sec: float = 40.0) -> float:
        """The interviewer has been speaking for so long, in an utterance that began after the candidate last spoke."""
        since = self.spoke_until - 0.3
        return await self.until(
            lambda: self.hearing.speaking_for(self.clock.now(), since) >= for_sec,
            within_sec,
            f"the interviewer to speak for {for_sec:g} s",
        )

    async def ended(self, within_sec: float = 60.0) -> None:
        """The interview is over: phase `ended`, or the room is gone."""
        if self.closed.is_set():
            return
        await self.until(lambda: self.has_ended, within_sec, "the end of the interview")

    # ------------------------------------------------------------------ what was recorded
    def recording(self, start: float = 0.0, end: float | None = None) -> Recording:
        """Both directions between two times."""
        start = max(0.0, start)
        stop = self.clock.now() if end is None else end
        return Recording(
            own=self._microphone.recorder.read(start, stop),
            voice=_mixed(self._voice, start, stop),
            listening=_mixed(self._listening, start, stop),
            started_at=start,
        )

    def save(self, folder: Path) -> None:
        """Keep the run: stereo sound (candidate left, interviewer right), captions and events."""
        folder.mkdir(parents=True, exist_ok=True)
        recording = self.recording()
        stereo = np.stack([recording.own, recording.voice + recording.listening], axis=1)
        sf.write(str(folder / "conversation.flac"), stereo[::3], SAMPLE_RATE // 3)
        seen: dict[str, Any] = {
            "played": [asdict(played) for played in self.played],
            "captions": [asdict(segment) for segment in self.captions.segments],
            "notes": [asdict(note) for note in self.notes],
            "times_late": self._microphone.times_late,
            "jumps": {name: recorder.jumps for name, recorder in {**self._voice, **self._listening}.items()},
        }
        (folder / "events.json").write_text(json.dumps(seen, indent=1, ensure_ascii=False), encoding="utf-8")

    # ------------------------------------------------------------------ inside
    def _beat(self) -> None:
        self._pulse.set()

    def _note(self, what: str, detail: str) -> None:
        self.notes.append(Note(at=self.clock.now(), what=what, detail=detail))
        self._pulse.set()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)

    def _listen_to_room(self) -> None:
        room = self.room

        def track_subscribed(
            track: rtc.Track, publication: rtc.RemoteTrackPublication, participant: rtc.RemoteParticipant
        ) -> None:
            if track.kind == rtc.TrackKind.KIND_AUDIO:
                self._start(self._record(track, publication.name, f"{participant.identity}:{publication.sid}"))

        def attributes_changed(changed: dict[str, str], participant: rtc.Participant) -> None:
            if participant.identity != room.local_participant.identity:
                self.attributes.update(changed)
                self._note("attributes", json.dumps(changed))

        def disconnected(reason: rtc.DisconnectReason.ValueType) -> None:
            self._note("disconnected", rtc.DisconnectReason.Name(reason))
            self.closed.set()

        def participant_joined(participant: rtc.RemoteParticipant) -> None:
            self._note("joined", participant.identity)

        def participant_left(participant: rtc.RemoteParticipant) -> None:
            self._note("left", participant.identity)

        def caption_opened(reader: rtc.TextStreamReader, sender: str) -> None:
            self._start(self._read_caption(reader, sender))

        room.on("track_subscribed", track_subscribed)
        room.on("participant_attributes_changed", attributes_changed)
        room.on("disconnected", disconnected)
        room.on("participant_connected", participant_joined)
        room.on("participant_disconnected", participant_left)
        room.on("reconnecting", lambda: self._note("reconnecting", ""))
        room.on("reconnected", lambda: self._note("reconnected", ""))
        room.register_text_stream_handler(TOPIC, caption_opened)

    async def _record(self, track: rtc.Track, name: str, key: str) -> None:
        is_listening = name == LISTENING_TRACK
        recorder = Recorder()
        (self._listening if is_listening else self._voice)[key] = recorder
        self._note("track", f"{name} {key}")
        stream = rtc.AudioStream(track, sample_rate=SAMPLE_RATE, num_channels=1)
        try:
            async for event in stream:
                frame = np.frombuffer(event.frame.data, np.int16).copy()
                now = self.clock.now()
                recorder.put(frame, int(now * SAMPLE_RATE))
                if not is_listening:
                    self.hearing.take(frame, now)
        finally:
            await stream.aclose()

    async def _read_caption(self, reader: rtc.TextStreamReader, sender: str) -> None:
        attributes = reader.info.attributes or {}
        segment = self.captions.open(
            attributes.get("lk.segment_id", reader.info.stream_id),
            own=sender == self.room.local_participant.identity,
            at=self.clock.now(),
        )
        is_final = attributes.get("lk.transcription_final") == "true"
        text = ""
        async for chunk in reader:
            text += chunk
            if is_final or not segment.final:
                segment.text, segment.updated_at = text, self.clock.now()
        segment.final = segment.final or is_final


def _mixed(recorders: dict[str, Recorder], start: float, stop: float) -> Samples:
    mixed = silence(0) if not recorders else None
    for recorder in recorders.values():
        sound = recorder.read(start, stop)
        mixed = sound if mixed is None else mixed + sound
    if mixed is None or not len(mixed):
        return np.zeros(max(0, int(stop * SAMPLE_RATE) - int(start * SAMPLE_RATE)), np.float32)
    return mixed
