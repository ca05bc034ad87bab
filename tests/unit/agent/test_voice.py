"""The voice through a real AgentSession, with the real loudspeaker, which plays to nobody."""

import asyncio
from typing import Any

import pytest
from livekit.agents import Agent, AgentSession, APIConnectOptions, tts
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS

from agent.delivery.styles import NEUTRAL
from agent.loudspeaker import Loudspeaker
from agent.voice import SessionVoice

pytestmark = pytest.mark.unit


class Tone(tts.TTS[Any]):
    """Half a second of sound for anything."""

    def __init__(self) -> None:
        super().__init__(capabilities=tts.TTSCapabilities(streaming=False), sample_rate=16_000, num_channels=1)
        self.begin = asyncio.Event()
        self.begin.set()

    def synthesize(
        self, text: str, *, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS
    ) -> tts.ChunkedStream:
        return ToneStream(tts=self, input_text=text, conn_options=conn_options)


class ToneStream(tts.ChunkedStream):
    async def _run(self, output_emitter: tts.AudioEmitter) -> None:
        tone = self._tts
        assert isinstance(tone, Tone)
        await tone.begin.wait()
        output_emitter.initialize(request_id="r", sample_rate=16_000, num_channels=1, mime_type="audio/pcm")
        output_emitter.push(bytes(16_000))
        output_emitter.flush()


class Room:
    def __init__(self) -> None:
        self.tone = Tone()
        self.session: AgentSession[None] = AgentSession(
            tts=self.tone, vad=None, turn_handling={"turn_detection": "manual", "interruption": {"mode": "vad"}}
        )
        self.first_sounds: list[float] = []
        self.sounding = asyncio.Event()
        self.loudspeaker = Loudspeaker()
        self.voice = SessionVoice(self.session, self.loudspeaker, set_style=lambda _: None, on_first_sound=self._sounds)

    def _sounds(self, at: float) -> None:
        self.first_sounds.append(at)
        self.sounding.set()

    async def __aenter__(self) -> "Room":
        self.session.output.audio = self.loudspeaker
        self.loudspeaker.open()
        await self.session.start(agent=Agent(instructions=""), record=False)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.aclose()
        await self.loudspeaker.aclose()


async def test_what_was_played_to_its_end_was_said():
    async with Room() as room:
        spoken = await asyncio.wait_for(room.voice.say("Hello there.", NEUTRAL), 5)
        assert (spoken.text, spoken.interrupted) == ("Hello there.", False)
        assert len(room.first_sounds) == 1
        assert spoken.started_at == room.first_sounds[0] < spoken.ended_at
        assert not room.voice.is_speaking


async def test_a_stop_before_the_first_sound_is_heeded_and_nothing_was_said():
    async with Room() as room:
        room.tone.begin.clear()
        saying = asyncio.create_task(room.voice.say("Hello there.", NEUTRAL))
        await asyncio.sleep(0)
        assert room.voice.is_speaking
        room.voice.stop()
        spoken = await asyncio.wait_for(saying, 3)
        assert (spoken.text, spoken.interrupted) == ("", True)
        assert room.first_sounds == []


async def test_a_stop_in_the_middle_ends_the_sound_at_once():
    async with Room() as room:
        loop = asyncio.get_running_loop()
        saying = asyncio.create_task(room.voice.say("Hello there.", NEUTRAL))
        await room.sounding.wait()
        room.voice.stop()
        stopped_at = loop.time()
        spoken = await asyncio.wait_for(saying, 3)
        assert spoken.interrupted
        assert spoken.ended_at - stopped_at < 0.3


async def test_a_stop_in_silence_does_nothing_to_what_comes_next():
    async with Room() as room:
        room.voice.stop()
        assert not (await asyncio.wait_for(room.voice.say("Hello there.", NEUTRAL), 5)).interrupted


async def test_words_that_come_later_follow_the_first_and_are_one_utterance():
    async with Room() as room:
        loop = asyncio.get_running_loop()
        words: asyncio.Future[str] = loop.create_future()
        saying = asyncio.create_task(room.voice.say("Okay.", NEUTRAL, then=words))
        await room.sounding.wait()
        assert not words.done()
        words.set_result("And what did it cost?")
        spoken = await asyncio.wait_for(saying, 5)
        assert (spoken.text, spoken.interrupted) == ("Okay. And what did it cost?", False)
        assert len(room.first_sounds) == 1
        assert spoken.ended_at - spoken.started_at > 0.9


async def test_a_stop_while_the_rest_is_awaited_is_heeded_at_once():
    async with Room() as room:
        words: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        saying = asyncio.create_task(room.voice.say("Okay.", NEUTRAL, then=words))
        await room.sounding.wait()
        await asyncio.sleep(0.8)
        assert room.voice.is_speaking
        room.voice.stop()
        spoken = await asyncio.wait_for(saying, 1)
        assert (spoken.text, spoken.interrupted) == ("Okay.", True)
        assert words.cancelled()
