"""The interviewer's sentences in rooms on a livekit-server, and what a client receives of them."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from livekit import rtc
from livekit.agents import Agent, AgentSession, room_io

from agent.delivery.styles import DeliveryStyle, Manner
from agent.settings import ProviderSettings
from agent.speech.delivery import set_delivery
from agent.speech.hibari.tts import HibariTTS
from agent.speech.hibari.voice import HibariVoice, Pcm
from bench.voice_figures import Samples
from storage.models.room import VOICE_TRACK
from tests.support.candidate import Candidate
from tests.support.candidate.audio import SAMPLE_RATE
from tests.support.candidate.rooms import PlainServer, find_livekit_server, plain_server

_ONLY_SPEAKS = room_io.RoomOptions(
    audio_input=False,
    text_input=False,
    audio_output=room_io.AudioOutputOptions(track_name=VOICE_TRACK),
    delete_room_on_close=False,
)
_ROOMS_AT_ONCE = 3
"""Two cores bear this many without gaps in the sound."""
_BEFORE_SEC, _AFTER_SEC = 0.2, 0.6
"""Kept around an utterance: what was sent arrives a little later."""


@dataclass(frozen=True)
class HeardSentence:
    manner: Manner
    text: str
    samples: Samples
    sample_rate: int


class SharedVoice(HibariVoice):
    """One model for the interviewers of several rooms."""

    def __init__(self) -> None:
        super().__init__()
        self._one_at_a_time = threading.Lock()

    def render(self, text: str, style: DeliveryStyle) -> Pcm:
        with self._one_at_a_time:
            return super().render(text, style)


async def heard_in_rooms(
    voice: SharedVoice, manners: Sequence[Manner], texts: Sequence[str]
) -> AsyncGenerator[HeardSentence]:
    """One room per manner."""
    binary = find_livekit_server(ProviderSettings().mock_interview_cache_dir / "bin")
    if binary is None:
        raise RuntimeError("no livekit-server on this machine; `make setup` builds one")
    async with plain_server(binary) as server:
        places = asyncio.Semaphore(_ROOMS_AT_ONCE)

        async def heard_of(manner: Manner) -> list[HeardSentence]:
            async with places:
                return await _heard_in_a_room(server, voice, manner, texts)

        heard = await asyncio.gather(*map(heard_of, manners))
    for sentence in (sentence for room in heard for sentence in room):
        yield sentence


async def _heard_in_a_room(
    server: PlainServer, voice: SharedVoice, manner: Manner, texts: Sequence[str]
) -> list[HeardSentence]:
    interviewer = HibariTTS(voice)
    set_delivery(interviewer, DeliveryStyle(manner))
    session: AgentSession[None] = AgentSession(tts=interviewer, vad=None, turn_handling={"turn_detection": "manual"})
    room = rtc.Room()
    heard: list[HeardSentence] = []
    async with Candidate.joined(server.url, server.participant_token(manner, "candidate")) as candidate:
        await room.connect(server.url, server.participant_token(manner, "interviewer"))
        await session.start(agent=Agent(instructions=""), room=room, room_options=_ONLY_SPEAKS, record=False)
        # the first sound of a track is lost to whoever subscribes meanwhile
        await session.say("Hello, and welcome.").wait_for_playout()
        await candidate.until(lambda: candidate.hearing.last_heard is not None, 10, "the interviewer to be heard")
        await asyncio.sleep(_AFTER_SEC)
        for text in texts:
            started = candidate.clock.now()
            await session.say(text).wait_for_playout()
            ended = candidate.clock.now()
            await asyncio.sleep(_AFTER_SEC)
            recording = candidate.recording(started - _BEFORE_SEC, ended + _AFTER_SEC)
            heard.append(HeardSentence(manner, text, recording.voice, SAMPLE_RATE))
            print(f"{manner}  {len(heard)} of {len(texts)}", flush=True)
        await session.aclose()
        await room.disconnect()
    return heard
