"""Somebody in a room, as a client sees it: joins, publishes a microphone, records every track, notes what happens."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from livekit import rtc

from storage.models.room import LISTENING_TRACK
from tests.support.candidate.audio import SAMPLE_RATE, Samples, silence
from tests.support.candidate.captions import TOPIC, Captions
from tests.support.candidate.hearing import Hearing
from tests.support.candidate.measure import Recording
from tests.support.candidate.microphone import Microphone
from tests.support.candidate.recorder import Clock, Recorder

STEADY_TIMEOUT_SEC = 40.0
PHASE = "interview.phase"
ENDED = "ended"
AGENT_STATE = "lk.agent.state"


@dataclass(frozen=True)
class Note:
    """Something that happened in the room."""

    at: float
    what: str
    detail: str


class Participant:
    """Joins with `connect`, records both directions on one clock, and keeps what was seen."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.room = rtc.Room()
        self.captions = Captions()
        self.hearing = Hearing()
        self.notes: list[Note] = []
        self.attributes: dict[str, str] = {}
        """Newest attributes of whichever agent is there."""
        self.closed = asyncio.Event()
        self.pulse = asyncio.Event()
        """Set with each frame of the microphone and with each note."""
        self.microphone = Microphone(self.clock, self.pulse.set)
        self._voice: dict[str, Recorder] = {}
        self._listening: dict[str, Recorder] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._publication: rtc.LocalTrackPublication | None = None

    @classmethod
    @asynccontextmanager
    async def joined(cls, server_url: str, participant_token: str) -> AsyncGenerator[Self]:
        participant = cls()
        try:
            await participant.connect(server_url, participant_token)
            yield participant
        finally:
            await participant.leave()

    async def connect(self, server_url: str, participant_token: str) -> None:
        """Join, publish the microphone, and return when its clock is steady."""
        self._listen_to_room()
        await self.room.connect(server_url, participant_token, rtc.RoomOptions(auto_subscribe=True))
        self._note("connected", self.room.name)
        for participant in self.room.remote_participants.values():
            self._note("present", participant.identity)
            if _is_agent(participant):
                self.attributes.update(participant.attributes)
        track = rtc.LocalAudioTrack.create_audio_track("microphone", self.microphone.source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        self._publication = await self.room.local_participant.publish_track(track, options)
        self._start(self.microphone.run())
        await asyncio.wait_for(self.microphone.steady.wait(), STEADY_TIMEOUT_SEC)

    async def is_listened_to(self) -> None:
        """Somebody has subscribed to the microphone: what is said from now on arrives."""
        assert self._publication is not None
        await asyncio.wait_for(self._publication.wait_for_subscription(), STEADY_TIMEOUT_SEC)

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
    def interviewer_is_at_it(self) -> bool:
        """It speaks, or says that it is about to: a silence is not its last."""
        return self.attributes.get(AGENT_STATE) in ("speaking", "thinking")

    @property
    def has_ended(self) -> bool:
        return self.closed.is_set() or self.phase == ENDED

    @property
    def interviewer_has_left(self) -> bool:
        """Somebody was there besides the candidate, and nobody is now."""
        return any(note.what == "left" for note in self.notes) and not self.room.remote_participants

    def recording(self, start: float = 0.0, end: float | None = None) -> Recording:
        """Both directions between two times."""
        start = max(0.0, start)
        stop = self.clock.now() if end is None else end
        return Recording(
            own=self.microphone.recorder.read(start, stop),
            voice=_mixed(self._voice, start, stop),
            listening=_mixed(self._listening, start, stop),
            started_at=start,
        )

    @property
    def sound_jumps(self) -> dict[str, int]:
        """Times that a track's sound was lost or replayed, by track."""
        return {name: recorder.jumps for name, recorder in {**self._voice, **self._listening}.items()}

    def _note(self, what: str, detail: str) -> None:
        self.notes.append(Note(at=self.clock.now(), what=what, detail=detail))
        self.pulse.set()

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
            if _is_agent(participant):
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
                    self.hearing.take(frame, now, key)
                    self.microphone.take_echo(frame)
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


def _is_agent(participant: rtc.Participant) -> bool:
    return participant.kind == rtc.ParticipantKind.PARTICIPANT_KIND_AGENT


def _mixed(recorders: dict[str, Recorder], start: float, stop: float) -> Samples:
    mixed = silence(0) if not recorders else None
    for recorder in recorders.values():
        sound = recorder.read(start, stop)
        mixed = sound if mixed is None else mixed + sound
    if mixed is None or not len(mixed):
        return np.zeros(max(0, int(stop * SAMPLE_RATE) - int(start * SAMPLE_RATE)), np.float32)
    return mixed
