"""Whisper as a LiveKit STT."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from livekit import rtc
from livekit.agents import APIConnectOptions, stt, utils, vad
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS, NOT_GIVEN, NotGivenOr

from agent.speech.whisper.decoder import Decoder
from agent.speech.whisper.events import speech_data
from agent.speech.whisper.hint import Hint
from agent.speech.whisper.model import SAMPLE_RATE, WhisperModel
from agent.speech.whisper.stream import WhisperStream


class WhisperSTT(stt.STT[Any]):
    """Recognises speech on this machine, with interim results and times and confidences of words.

    Args:
        model: Loaded and warmed. Its decodes run on one thread of this object.
        voice_activity: Tells where speech starts and ends; each stream takes a stream of its own from it.
        vocabulary: Technical words and names to expect, the most important first.
        short_replies: A word or two is what mostly comes: a lone word shall end with a full stop, and not a comma.
    """

    def __init__(
        self,
        model: WhisperModel,
        voice_activity: vad.VAD,
        vocabulary: Sequence[str] = (),
        *,
        short_replies: bool = False,
    ) -> None:
        super().__init__(
            capabilities=stt.STTCapabilities(
                streaming=True, interim_results=True, aligned_transcript="word", keyterms=True
            )
        )
        self._model = model
        self._voice_activity = voice_activity
        self._short_replies = short_replies
        self._decoder = Decoder(model)
        self._vocabulary: tuple[str, ...] = tuple(vocabulary)
        self._session_vocabulary: tuple[str, ...] = ()
        self._choices: tuple[str, ...] = ()
        self._hint = Hint()
        self._update_hint()

    @property
    def model(self) -> str:
        return self._model.name

    @property
    def provider(self) -> str:
        return "whisper"

    @property
    def hint(self) -> Hint:
        """What Whisper is told to expect, for segments decoded from now on."""
        return self._hint

    def expect(self, vocabulary: Sequence[str], choices: Sequence[str] = ()) -> None:
        """Expect other words, and one of few short answers, from the next decode on."""
        self._vocabulary = tuple(vocabulary)
        self._choices = tuple(choices)
        self._update_hint()

    def stream(
        self,
        *,
        language: NotGivenOr[str] = NOT_GIVEN,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
    ) -> WhisperStream:
        return WhisperStream(
            self,
            decoder=self._decoder,
            voice_activity=self._voice_activity,
            hint=lambda: self._hint,
            conn_options=conn_options,
        )

    async def aclose(self) -> None:
        self._decoder.close()

    async def _recognize_impl(
        self,
        buffer: utils.AudioBuffer,
        *,
        language: NotGivenOr[str] = NOT_GIVEN,
        conn_options: APIConnectOptions,
    ) -> stt.SpeechEvent:
        samples = _mono_16k(rtc.combine_audio_frames(buffer))
        transcription = await self._decoder.submit(samples, self._hint)
        return stt.SpeechEvent(
            type=stt.SpeechEventType.FINAL_TRANSCRIPT,
            request_id=utils.shortuuid(),
            alternatives=[speech_data(transcription, start_sec=0.0, end_sec=len(samples) / SAMPLE_RATE)],
        )

    def _update_session_keyterms(self, keyterms: list[str]) -> None:
        self._session_vocabulary = tuple(keyterms)
        self._update_hint()

    def _update_hint(self) -> None:
        terms = (*self._vocabulary, *self._session_vocabulary)
        prompt = self._model.vocabulary_prompt(terms, in_sentences=self._short_replies)
        self._hint = Hint(prompt, self._choices)


def _mono_16k(frame: rtc.AudioFrame) -> npt.NDArray[np.float32]:
    frames = [frame]
    if frame.sample_rate != SAMPLE_RATE or frame.num_channels != 1:
        resampler = rtc.AudioResampler(
            frame.sample_rate, SAMPLE_RATE, num_channels=frame.num_channels, quality=rtc.AudioResamplerQuality.HIGH
        )
        frames = [*resampler.push(frame), *resampler.flush()]
    samples = np.concatenate([np.frombuffer(part.data, np.int16) for part in frames])
    return samples.reshape(-1, frame.num_channels).mean(axis=1).astype(np.float32) / 32768.0
