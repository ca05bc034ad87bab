"""The turns as they are judged: corrected where the candidate says so, and parts of one turn put together."""

from collections.abc import Sequence

from storage.models.assessment import AssessmentWork
from storage.models.transcript import Turn, TurnCorrection, joined


def prepared(work: AssessmentWork) -> AssessmentWork:
    turns = sorted(work.turns, key=lambda turn: turn.seq)
    return work.model_copy(update={"turns": joined(corrected(turns, work.corrections))})


def corrected(turns: Sequence[Turn], corrections: Sequence[TurnCorrection]) -> list[Turn]:
    """What the candidate says they said takes the place of what was recognised.

    The recognised words keep their times, which pace and pauses are measured from, and lose their doubt: nobody is
    unsure of these words any more.
    """
    text_of = {correction.seq: correction.text for correction in corrections}
    return [
        _with_text(turn, text_of[turn.seq]) if turn.speaker == "candidate" and turn.seq in text_of else turn
        for turn in turns
    ]


def _with_text(turn: Turn, text: str) -> Turn:
    words = [word.model_copy(update={"confidence": 1.0}) for word in turn.words or []]
    return turn.model_copy(update={"text": text, "words": words or None, "confidence": 1.0})
