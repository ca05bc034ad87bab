"""hibari as a LiveKit TTS: says the first clause while the rest is still being written."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from livekit.agents import APIConnectOptions, tts, utils
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS, TimedString

from agent.delivery.styles import NEUTRAL, DeliveryStyle, for_hibari
from agent.speech.hibari.clauses import ClauseCutter, Piece
from agent.speech.hibari.voice import SAMPLE_RATE, HibariVoice, Pcm

_CLAUSE_PAUSE_SEC = 0.12
_FRAME_MS = 50


class HibariTTS(tts.TTS[Any]):
    """The interviewer's voice on this machine.

    Attributes:
        style: How the next utterance is said; an utterance keeps the style it began with.
    """

    def __init__(self, voice: HibariVoice) -> None:
        super().__init__(
            capabilities=tts.TTSCapabilities(streaming=True, aligned_transcript=True),
            sample_rate=SAMPLE_RATE,
            num_channels=1,
        )
        self.style: DeliveryStyle = NEUTRAL
        self._voice = voice
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="hibari")

    @property
    def model(self) -> str:
        return "hibari"

    @property
    def provider(self) -> str:
        return "hibari"

    def synthesize(
        self, text: str, *, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS
    ) -> tts.ChunkedStream:
        return self._synthesize_with_stream(text, conn_options=conn_options)

    def stream(self, *, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS) -> "HibariStream":
        return HibariStream(self, self.style, conn_options)

    async def render(self, text: str, style: DeliveryStyle) -> Pcm:
        """A short line as 16-bit samples at 24 kHz, to play outside of the conversation; repeated lines are kept."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._voice.render, text, style)

    async def aclose(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)


class HibariStream(tts.SynthesizeStream):
    """One utterance."""

    def __init__(self, voice: HibariTTS, style: DeliveryStyle, conn_options: APIConnectOptions) -> None:
        super().__init__(tts=voice, conn_options=conn_options)
        self._voice = voice
        self._style = style
        self._said_sec = 0.0

    async def _run(self, output_emitter: tts.AudioEmitter) -> None:
        output_emitter.initialize(
            request_id=utils.shortuuid(),
            sample_rate=SAMPLE_RATE,
            num_channels=1,
            mime_type="audio/pcm",
            frame_size_ms=_FRAME_MS,
            stream=True,
        )
        output_emitter.start_segment(segment_id=utils.shortuuid())
        cutter = ClauseCutter()
        async for item in self._input_ch:
            pieces = cutter.push(item) if isinstance(item, str) else cutter.flush()
            for piece in pieces:
                await self._say(piece, output_emitter)
        for piece in cutter.flush():
            await self._say(piece, output_emitter)
        if self._said_sec == 0.0:
            # A text without a word in it ("…") is said by silence; LiveKit takes no audio for a failure.
            output_emitter.push(_silence(_CLAUSE_PAUSE_SEC).tobytes())

    async def _say(self, piece: Piece, output_emitter: tts.AudioEmitter) -> None:
        self._mark_started()
        pcm = await self._voice.render(piece.text, self._style)
        spoken_sec = len(pcm) / SAMPLE_RATE
        output_emitter.push_timed_transcript(_timed_words(piece.text, self._said_sec, spoken_sec))
        pause_sec = for_hibari(self._style).sentence_pause_sec if piece.ends_sentence else _CLAUSE_PAUSE_SEC
        output_emitter.push(np.concatenate([pcm, _silence(pause_sec)]).tobytes())
        output_emitter.flush()
        self._said_sec += spoken_sec + pause_sec


def _timed_words(text: str, start_sec: float, duration_sec: float) -> list[TimedString]:
    """The words with the blanks that follow them, spread over the audio by their length.

    hibari doesn't tell when it says which word; over the few seconds of a piece the estimate is near.
    """
    words: list[str] = []
    for part in text.split(" "):
        words.append(part + " ")
    words[-1] = words[-1][:-1]
    total = sum(map(len, words))
    timed: list[TimedString] = []
    position = 0
    for word in words:
        if not word:
            continue
        begins = start_sec + duration_sec * position / max(total, 1)
        position += len(word)
        ends = start_sec + duration_sec * position / max(total, 1)
        timed.append(TimedString(word, start_time=begins, end_time=ends))
    return timed


def _silence(seconds: float) -> Pcm:
    return np.zeros(int(seconds * SAMPLE_RATE), np.int16)
