"""The real detectors and the real recogniser listen to a stimulus once, faster than real time."""

import asyncio
import random
import time
from dataclasses import asdict, dataclass

import numpy as np
from livekit import rtc
from livekit.agents import stt, vad
from livekit.agents.utils import is_given
from livekit.local_inference import EOT

from agent.speech.whisper.events import WhisperSpeechData
from agent.speech.whisper.model import SAMPLE_RATE, Samples, WhisperModel
from agent.speech.whisper.stt import WhisperSTT
from agent.vocabulary import plan_vocabulary
from bench.thinking_room.pauses import SEED, Stimulus
from prompts.question_bank import load_bank
from storage.models.interview import InterviewParameters

PROBED_AT_SEC = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 1.0)
"""Silence after the last audible sound at which the turn detector is asked."""
_TURN_DETECTOR_WINDOW = 19_200
_FRAME = SAMPLE_RATE // 50
_PARAMETERS = InterviewParameters(
    role="backend engineer",
    interview_type="mixed",
    level="mid",
    question_count=5,
    tone="friendly",
    technologies=["Python", "PostgreSQL", "Redis"],
)


@dataclass(frozen=True)
class Heard:
    """What was known about one pause. Times in seconds; those of the pause count from the last audible sound."""

    clip: str
    kind: str
    voice: str
    place: str
    said: str
    text: str
    segments: list[str]
    stop_probability: float | None
    """The recogniser's, of the mark that the text ends with."""
    mark_heard_again: bool
    """Together with what was said before: it took the recogniser a second decode."""
    confidence: float
    """Of the last word."""
    decode_sec: float
    """Length of the last segment's decode, here."""
    voiced_after_sec: float
    """End of the detector's last voiced window."""
    closed_after_sec: float | None
    """When the detector called the speech over."""
    probabilities: dict[str, float]
    earlier_pauses_sec: list[float]
    speech_sec: float

    def as_json(self) -> dict[str, object]:
        return asdict(self)


class Ears:
    def __init__(self, detector: vad.VAD, whisper: WhisperModel) -> None:
        self._detector = detector
        self._whisper = whisper
        self._turn_detector = EOT()
        self._chance = random.Random(SEED)

    async def hear(self, stimulus: Stimulus) -> Heard:
        recogniser = WhisperSTT(self._whisper, voice_activity=self._detector, vocabulary=self._vocabulary())
        pcm = (np.clip(stimulus.audio, -1, 1) * 32767).astype(np.int16)
        voiced_at, closed_at, started_at = await self._watch(pcm)
        segments, heard_again, decode_sec = await self._recognise(recogniser, pcm)
        end_sec = stimulus.speech_end_sec
        return Heard(
            clip=stimulus.clip,
            kind=stimulus.kind,
            voice=stimulus.voice,
            place=stimulus.place,
            said=stimulus.said,
            text=" ".join(data.text for data in segments),
            segments=[data.text for data in segments],
            stop_probability=_rounded(segments[-1].stop_probability) if segments else None,
            mark_heard_again=heard_again,
            confidence=_last_confidence(segments),
            decode_sec=round(decode_sec, 3),
            voiced_after_sec=round(voiced_at - end_sec, 3),
            closed_after_sec=None if closed_at is None else round(closed_at - end_sec, 3),
            probabilities={str(at): round(self._probability(pcm, end_sec + at), 3) for at in PROBED_AT_SEC},
            earlier_pauses_sec=list(stimulus.earlier_pauses_sec),
            speech_sec=round(end_sec - started_at, 2),
        )

    def _vocabulary(self) -> list[str]:
        """Of an interview with other questions each time: what the recogniser expects moves how sure it is of marks."""
        questions = self._chance.sample(load_bank().questions, _PARAMETERS.question_count)
        return plan_vocabulary(_PARAMETERS, [question.key() for question in questions])

    def _probability(self, pcm: np.ndarray, at_sec: float) -> float:
        end = int(at_sec * SAMPLE_RATE)
        return float(self._turn_detector.predict(np.ascontiguousarray(pcm[max(0, end - _TURN_DETECTOR_WINDOW) : end])))

    async def _watch(self, pcm: np.ndarray) -> tuple[float, float | None, float]:
        stream = self._detector.stream()
        _push(stream, pcm)
        stream.end_input()
        voiced_at, closed_at, started_at = 0.0, None, 0.0
        async for event in stream:
            if event.type is vad.VADEventType.START_OF_SPEECH:
                closed_at = None
                started_at = started_at or event.timestamp - event.speech_duration
            elif event.type is vad.VADEventType.END_OF_SPEECH:
                closed_at = event.timestamp
            elif event.speaking and event.raw_accumulated_silence == 0.0:
                voiced_at = event.timestamp
        return voiced_at, closed_at, started_at

    async def _recognise(self, recogniser: WhisperSTT, pcm: np.ndarray) -> tuple[list[WhisperSpeechData], bool, float]:
        stream = recogniser.stream()
        _push(stream, pcm)
        stream.end_input()
        segments: list[WhisperSpeechData] = []
        ended, heard_again = "", ""
        async for event in stream:
            if event.type is stt.SpeechEventType.END_OF_SPEECH:
                ended = event.request_id
            elif event.type is stt.SpeechEventType.PREFLIGHT_TRANSCRIPT and event.request_id == ended:
                heard_again = event.request_id
            elif event.type is stt.SpeechEventType.FINAL_TRANSCRIPT:
                data = event.alternatives[0]
                assert isinstance(data, WhisperSpeechData)
                segments.append(data)
        await stream.aclose()
        decode_sec = await asyncio.to_thread(self._time_decode, pcm)
        await recogniser.aclose()
        return segments, heard_again != "" and heard_again == ended, decode_sec

    def _time_decode(self, pcm: np.ndarray) -> float:
        samples: Samples = pcm[: -int(1.4 * SAMPLE_RATE)].astype(np.float32) / 32768.0
        began = time.perf_counter()
        self._whisper.transcribe(samples[-12 * SAMPLE_RATE :])
        return time.perf_counter() - began


def _push(stream: stt.RecognizeStream | vad.VADStream, pcm: np.ndarray) -> None:
    for start in range(0, len(pcm) - _FRAME + 1, _FRAME):
        stream.push_frame(rtc.AudioFrame(pcm[start : start + _FRAME].tobytes(), SAMPLE_RATE, 1, _FRAME))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _last_confidence(segments: list[WhisperSpeechData]) -> float:
    words = segments[-1].words if segments else None
    confidence = words[-1].confidence if words else 0.0
    return round(confidence, 3) if is_given(confidence) else 0.0
