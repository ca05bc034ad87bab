"""Stretches of speech while they are heard, and what is owed for them.

Positions are samples of the stream, at 16 kHz.
"""

import asyncio
from dataclasses import dataclass

from agent.speech.whisper.model import SAMPLE_RATE, Samples
from agent.speech.whisper.transcription import Transcription

_INTERIM_EVERY = SAMPLE_RATE
_INTERIM_GROWTH = 0.5
"""A draft decodes all that was said in its segment: the longer that is, the longer the next one waits, so that
drafts of a long answer cost half as much. The first seconds, in which somebody interrupts, get one every second."""


@dataclass
class Speculation:
    """A decode of the open segment as if it had ended at this silence."""

    decode: asyncio.Future[Transcription]
    until: int


@dataclass
class Segment:
    """A stretch of speech that owes one final result."""

    request_id: str
    start: int
    speech_start: int
    last_voiced: int
    last_interim: int
    speculation: Speculation | None = None

    @property
    def interim_after(self) -> int:
        """Samples from one draft to the next."""
        return max(_INTERIM_EVERY, int(_INTERIM_GROWTH * (self.last_interim - self.speech_start)))


@dataclass(frozen=True)
class Owed:
    """A closed segment whose decode is on its way."""

    segment: Segment
    decode: asyncio.Future[Transcription]
    until: int
    speech_end: int
    ended_at: float | None = None
    """Wall-clock time of the end of speech; None where speech goes on."""
    with_context: Samples | None = None
    """The segment and what was said before it, where its last mark may need both."""
