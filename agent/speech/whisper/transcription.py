"""What recognition returns."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class WordSpan:
    """A word with its punctuation. Times are seconds from the start of the audio that was recognised."""

    text: str
    start_sec: float
    end_sec: float
    confidence: float
    """0 to 1, of the word's letters: how sure the recogniser is of punctuation doesn't count."""
    stop_probability: float | None = None
    """0 to 1, of the full stop, question or exclamation mark that the word ends with; None without one."""

    def moved(self, by_sec: float) -> "WordSpan":
        return replace(self, start_sec=self.start_sec + by_sec, end_sec=self.end_sec + by_sec)


@dataclass(frozen=True)
class Transcription:
    """Recognised speech. `text` is the words joined by blanks wherever there are words."""

    text: str
    words: tuple[WordSpan, ...]
    confidence: float
    no_speech_probability: float
