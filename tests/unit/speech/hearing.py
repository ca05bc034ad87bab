"""Gives audio to a recogniser and keeps what it says."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from livekit import rtc
from livekit.agents import stt

from agent.speech.whisper.model import SAMPLE_RATE

Samples = npt.NDArray[np.float32]
_FRAME = SAMPLE_RATE // 50


def silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * SAMPLE_RATE), np.float32)


def in_a_row(*parts: Samples) -> Samples:
    return np.concatenate(parts)


def push(stream: stt.RecognizeStream, samples: Samples) -> None:
    """Push as fast as it goes, in frames of 20 ms."""
    pcm = (np.clip(samples, -1.0, 1.0) * 32767).astype(np.int16)
    for start in range(0, len(pcm), _FRAME):
        frame = pcm[start : start + _FRAME]
        stream.push_frame(rtc.AudioFrame(frame.tobytes(), SAMPLE_RATE, 1, len(frame)))


async def hear(recogniser: stt.STT[Any], samples: Samples) -> list[stt.SpeechEvent]:
    """All events of a stream that hears these samples and ends."""
    stream = recogniser.stream()
    push(stream, samples)
    stream.end_input()
    events = [event async for event in stream]
    await stream.aclose()
    return events


def finals(events: Sequence[stt.SpeechEvent]) -> list[stt.SpeechData]:
    return [event.alternatives[0] for event in events if event.type is stt.SpeechEventType.FINAL_TRANSCRIPT]


def count(events: Sequence[stt.SpeechEvent], kind: stt.SpeechEventType) -> int:
    return sum(event.type is kind for event in events)


def words_of(text: str) -> list[str]:
    """For comparing: lower case, without punctuation."""
    return re.sub(r"[^a-z0-9' ]", " ", text.lower()).split()


def heard_words(events: Sequence[stt.SpeechEvent]) -> list[str]:
    return words_of(" ".join(final.text for final in finals(events)))
