"""What was heard, inside the worker. Times are seconds of the event loop's clock, the one clock of a job."""

from dataclasses import dataclass

WINDOW_SEC = 0.032
"""Silero's window: 512 samples at 16 kHz."""
SAME_ANSWER_SEC = 3.2
"""Who speaks again this soon after the last word goes on with the answer: after a pause of up to three seconds, with a
false start of the interviewer's in it. A question and the thought before its answer take longer."""


@dataclass(frozen=True, slots=True)
class SpokenWord:
    text: str
    started_at: float
    ended_at: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """Text that the recogniser made of a stretch of audio.

    `covers_until` is the loop time of the last audio that the text accounts for.
    """

    text: str
    words: tuple[SpokenWord, ...]
    started_at: float
    covers_until: float
    confidence: float
    final: bool
    stop_probability: float | None = None
    """How sure the recogniser is of the mark at the end of the text; None where it doesn't say."""


@dataclass(frozen=True, slots=True)
class CandidateTurn:
    """What the candidate said until they gave the floor away.

    `text` may be empty: then somebody spoke for a while and the recogniser made nothing of it.
    """

    text: str
    words: tuple[SpokenWord, ...]
    started_at: float
    ended_at: float
    confidence: float
    interrupted_interviewer: bool
    end_of_turn_probability: float | None
    stop_probability: float | None = None
    """The recogniser's, of the mark at the end of the text."""
    last_word_confidence: float | None = None
    given_sec: float = 0.0
    """Silence that was given to go on, from the end of speech."""
    text_after_sec: float = 0.0
    """Silence until the recogniser had delivered what was said."""
    cut_off: bool = False
    """The candidate left the room in the middle of it."""


@dataclass(frozen=True, slots=True)
class VoiceWindow:
    """One decision of the voice activity detector, every 32 ms."""

    at: float
    """Loop time at which the window's audio ended."""
    speech_probability: float
    silence_sec: float
    """Unbroken silence up to here, before any hang-over."""
    speaking: bool
    """With hang-over: stays true until the detector calls the speech over."""
