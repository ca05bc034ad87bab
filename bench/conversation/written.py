"""The stored turns of an attempt on the candidate's clock, to compare with what was heard."""

from dataclasses import dataclass

from tests.support.candidate.audio import Span
from tests.support.client import TurnSeen
from tests.support.transcript import is_same_word, words_of

CLOCK_SEC = 0.3
"""How far the worker's times may lie from the candidate's: network, hang-over of the voice activity detector."""


@dataclass(frozen=True)
class WrittenTurn:
    turn: TurnSeen
    span: Span

    @property
    def is_candidates(self) -> bool:
        return self.turn.speaker == "candidate"


@dataclass(frozen=True)
class Written:
    """All turns that are stored so far, in the order of their numbers."""

    turns: list[WrittenTurn]

    @classmethod
    def on_clock(cls, turns: list[TurnSeen], began_at: float) -> "Written":
        """`began_at`: the attempt's start on the candidate's clock."""
        return cls(
            [
                WrittenTurn(turn, Span(began_at + turn.started_ms / 1000, began_at + turn.ended_ms / 1000))
                for turn in sorted(turns, key=lambda turn: turn.seq)
            ]
        )

    def interviewer_at(self, moment: float) -> WrittenTurn | None:
        """The interviewer's turn that was being heard then; the latest of those that fit."""
        return self._last(
            [
                turn
                for turn in self.turns
                if not turn.is_candidates and turn.span.start - CLOCK_SEC <= moment <= turn.span.end + CLOCK_SEC
            ]
        )

    def candidate_within(self, span: Span) -> list[WrittenTurn]:
        """The candidate's turns that touch a stretch of time."""
        return [
            turn
            for turn in self.turns
            if turn.is_candidates and turn.span.start < span.end and turn.span.end > span.start
        ]

    def is_one_turn_over(self, pause: Span) -> bool:
        """Whether the words before and after a pause are in one turn of the candidate."""
        return any(
            turn.is_candidates and turn.span.start < pause.start - CLOCK_SEC and turn.span.end > pause.end + CLOCK_SEC
            for turn in self.turns
        )

    def is_in_order_around(self, interviewers: WrittenTurn, next_speech: Span) -> bool:
        """The candidate's next words are numbered after the turn that they broke off."""
        later = self.candidate_within(Span(next_speech.start + CLOCK_SEC, next_speech.end))
        return all(turn.turn.seq > interviewers.turn.seq for turn in later)

    @staticmethod
    def _last(turns: list[WrittenTurn]) -> WrittenTurn | None:
        return turns[-1] if turns else None


def words_not_heard(written: str, heard: str) -> int:
    """Words at the end of what was written that nobody heard: those after the last one that was heard.

    A recogniser may miss single words inside, so only the end tells; words are compared from the front in order.
    """
    remaining = words_of(heard)
    last_heard = 0
    words = words_of(written)
    for position, word in enumerate(words, 1):
        for index, other in enumerate(remaining):
            if is_same_word(word, other):
                last_heard, remaining = position, remaining[index + 1 :]
                break
    return len(words) - last_heard
