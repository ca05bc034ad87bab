"""What was said right before a segment: a scrap of a sentence, and the mark at its end, are understood better with it.

Positions are samples of the stream, at 16 kHz.
"""

from dataclasses import replace

from agent.speech.whisper.model import SAMPLE_RATE
from agent.speech.whisper.segments import Segment
from agent.speech.whisper.text import word_key
from agent.speech.whisper.transcription import Transcription

LONGEST = 10 * SAMPLE_RATE
MOST_PAUSE = SAMPLE_RATE
"""Between the speech before and the segment. Behind a longer one the speech before doesn't help."""
_SCRAP, _BEFORE_SCRAP = SAMPLE_RATE, 6 * SAMPLE_RATE
"""A segment this short is a scrap, and heard with so much before it."""
_LEAST, _WITH_MARK = SAMPLE_RATE, 12 * SAMPLE_RATE
"""Before the segment, and from the start of the context to the mark."""
_SURE_MARK = 0.8
"""A sentence by itself is less surely one. Of 29 ends of sentences (both sets of recorded answers) that lay below this
and had speech before them, 26 lay above it when they were heard together with 12 s, and 22 with 8 s; of 37 cuts inside
a sentence 5 did, each where the words could have been a whole one. Of 30 places inside a sentence that had no mark and
speech before them, none got one above it."""


class Context:
    """Of the segments of a stream, as they are closed one after another."""

    def __init__(self) -> None:
        self.end = 0
        """Samples before this position belong to closed segments."""
        self._start = 0
        """Where the speech before that position began."""

    def close(self, segment: Segment, until: int) -> None:
        """Segments in a row have a common context."""
        self._start = max(self._start if self._is_before(segment) else segment.start, until - LONGEST)
        self.end = until

    def start_for_scrap(self, segment: Segment, until: int) -> int:
        """Where to begin so that a scrap is understood; the segment's own start where it is none."""
        if self._is_before(segment) and until - segment.speech_start <= _SCRAP:
            return max(self._start, segment.start - _BEFORE_SCRAP)
        return segment.start

    def start_for_mark(self, segment: Segment, until: int) -> int | None:
        """Where to begin to hear the segment's last mark again; None where too little was said before, or the segment
        was heard with it anyway."""
        if not self._is_before(segment) or until - segment.speech_start <= _SCRAP:
            return None
        start = max(self._start, until - _WITH_MARK)
        return start if segment.start - start >= _LEAST else None

    def _is_before(self, segment: Segment) -> bool:
        return self.end > 0 and segment.speech_start - self.end <= MOST_PAUSE


def end_is_unsure(transcription: Transcription) -> bool:
    """Whether nobody can tell from it if a sentence ended: its last mark is unsure, or a comma or nothing was written.

    Dots and dashes do tell: the speaker trailed off.
    """
    if not transcription.words:
        return False
    last = transcription.words[-1]
    if last.stop_probability is None:
        return last.text[-1:].isalnum() or last.text.endswith(",")
    return last.stop_probability < _SURE_MARK


def with_mark_of(transcription: Transcription, again: Transcription) -> Transcription:
    """The same words, and of the mark behind them what was heard with the context.

    Unchanged where that ends with another word or without a mark, and where only that has a mark, and isn't sure of it.
    """
    if not (transcription.words and again.words):
        return transcription
    last, last_again = transcription.words[-1], again.words[-1]
    stop = last_again.stop_probability
    if word_key(last.text) != word_key(last_again.text) or stop is None:
        return transcription
    if last.stop_probability is None:
        if stop < _SURE_MARK:
            return transcription
        last = replace(last, text=last.text.rstrip(",") + last_again.text[-1])
    words = (*transcription.words[:-1], replace(last, stop_probability=stop))
    return replace(transcription, text=" ".join(word.text for word in words), words=words)
