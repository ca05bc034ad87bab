"""A turn that is still going on, and what of recognised speech belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from agent.listening.own_pauses import sentence_pauses_sec
from agent.listening.thinking_room import Pause
from agent.listening.turns import CandidateTurn, Recognised, SpokenWord


@dataclass(slots=True)
class OpenTurn:
    started_at: float
    over_interviewer: bool
    segments: list[Recognised] = field(default_factory=list[Recognised])
    preview: Recognised | None = None
    voiced_sec: float = 0.0
    silences: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])
    """From when to when nothing was to be heard inside the turn."""
    stopped_interviewer: bool = False
    goes_on: bool = False
    """It is the rest of the turn before."""
    cut_off: bool = False
    """Whoever was saying it has left the room."""

    def parts(self) -> list[Recognised]:
        return [*self.segments, *([self.preview] if self.preview else [])]

    def text(self) -> str:
        return " ".join(part.text for part in self.parts() if part.text).strip()

    def confidence(self) -> float:
        """Mean of the words', or of the parts' where the recogniser has none for words; 0 where there is no text."""
        known = [word.confidence for word in self.words()] or [part.confidence for part in self.parts()]
        return sum(known) / len(known) if known else 0.0

    def stop_probability(self) -> float | None:
        """The recogniser's, of the mark at the end of the text."""
        return next((part.stop_probability for part in reversed(self.parts()) if part.text), None)

    def own_pauses_sec(self) -> list[float]:
        """Between its sentences."""
        return sentence_pauses_sec(self.words(), self.silences)

    def words(self) -> tuple[SpokenWord, ...]:
        return tuple(word for part in self.parts() for word in part.words)

    def pause(self, probabilities: Sequence[float]) -> Pause:
        """What is known of the silence behind it; `probabilities` are the turn detector's."""
        return Pause(
            text=self.text(),
            probabilities=tuple(probabilities),
            words=self.words(),
            own_pauses_sec=self.own_pauses_sec(),
            stop_probability=self.stop_probability(),
        )

    def so_far(
        self,
        text: str,
        *,
        ended_at: float,
        end_of_turn_probability: float | None,
        given_sec: float,
        text_after_sec: float,
    ) -> CandidateTurn:
        """As what it is told to others."""
        words = self.words()
        return CandidateTurn(
            text=text,
            words=words,
            started_at=self.started_at,
            ended_at=ended_at,
            confidence=self.confidence(),
            interrupted_interviewer=self.over_interviewer,
            end_of_turn_probability=end_of_turn_probability,
            stop_probability=self.stop_probability(),
            last_word_confidence=words[-1].confidence if words else None,
            given_sec=given_sec,
            text_after_sec=text_after_sec,
            cut_off=self.cut_off,
        )


def after(heard: Recognised, taken_until: float) -> Recognised | None:
    """What of `heard` is about audio after `taken_until`; None if nothing is."""
    if not heard.words:
        return heard if heard.started_at >= taken_until else None
    words = tuple(word for word in heard.words if (word.started_at + word.ended_at) / 2 > taken_until)
    if not words:
        return None
    if len(words) == len(heard.words):
        return heard
    return replace(heard, words=words, text=" ".join(word.text for word in words), started_at=words[0].started_at)
