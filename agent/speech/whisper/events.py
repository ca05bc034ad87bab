"""From a transcription to LiveKit's speech data."""

from dataclasses import dataclass

from livekit.agents import stt
from livekit.agents.language import LanguageCode
from livekit.agents.types import TimedString

from agent.speech.whisper.transcription import Transcription, WordSpan

_ENGLISH = LanguageCode("en")


@dataclass
class WhisperSpeechData(stt.SpeechData):
    """What LiveKit's speech data has no field for."""

    stop_probability: float | None = None
    """How sure the recogniser is of the mark that the text ends with; None if it ends without a sentence mark."""


def speech_data(
    transcription: Transcription,
    *,
    start_sec: float,
    end_sec: float,
    audio_start_sec: float = 0.0,
    offset_sec: float = 0.0,
) -> WhisperSpeechData:
    """A transcription on the stream's time line.

    Args:
        transcription: Its word times count from the start of the decoded audio.
        start_sec: Where the speech starts in the stream, and the earliest that a word may.
        end_sec: Where the speech ends in the stream, and the latest that a word may.
        audio_start_sec: Where the decoded audio starts in the stream.
        offset_sec: Where the stream starts on the session's time line, as LiveKit's plugins add it.
    """
    return WhisperSpeechData(
        language=_ENGLISH,
        text=transcription.text,
        start_time=round(start_sec + offset_sec, 3),
        end_time=round(end_sec + offset_sec, 3),
        confidence=transcription.confidence,
        words=[_timed(word, start_sec, end_sec, audio_start_sec, offset_sec) for word in transcription.words],
        stop_probability=transcription.words[-1].stop_probability if transcription.words else None,
    )


def _timed(word: WordSpan, start_sec: float, end_sec: float, audio_start_sec: float, offset_sec: float) -> TimedString:
    # The attention of the first word reaches back into the silence before it, that of the last one behind it.
    def within(at_sec: float) -> float:
        return round(min(max(at_sec + audio_start_sec, start_sec), end_sec) + offset_sec, 3)

    return TimedString(
        word.text,
        start_time=within(word.start_sec),
        end_time=within(word.end_sec),
        confidence=word.confidence,
        start_time_offset=offset_sec,
    )
