"""What became of one interview under a fault, judged from what was said, heard and stored. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bench.faults.talking import Said
from tests.support.candidate.audio import Span
from tests.support.client import TurnSeen
from tests.support.transcript import content_share

SAME_ANSWER = 0.6
"""Share of an answer's content words that a turn or a caption must have to be about it; the recogniser makes errors."""
GREETING = re.compile(r"\b(hello|hi|welcome),? robin\b", re.IGNORECASE)
FAULT_MARGIN_SEC = 0.4
"""Sound that was on its way when the fault struck."""


@dataclass(frozen=True)
class Outcome:
    spoken: int
    """Answers said to their end and heard by the recogniser."""
    stored: int
    lost: list[str]
    """First words of those that no turn has."""
    doubled: int
    out_of_order: int
    second_greetings: int


def judge(
    said: Sequence[Said], captions: str, interviewer_captions: Sequence[str], turns: Sequence[TurnSeen]
) -> Outcome:
    """
    Args:
        captions: all final text of the candidate's own words that was seen in the room: what the recogniser heard.
        interviewer_captions: each utterance of the interviewer as it was seen.
    """
    written = [turn for turn in turns if turn.speaker == "candidate"]
    heard = [one for one in said if content_share(one.text, captions) >= SAME_ANSWER]
    places = {one.text: _places(one.text, written) for one in heard}
    lost = [one.text[:30] for one in heard if not places[one.text]]
    whole = [
        [n for n in found if content_share(text, written[n].text) >= SAME_ANSWER] for text, found in places.items()
    ]
    first_places = [places[one.text][0] for one in heard if places[one.text]]
    falling = sum(later < earlier for earlier, later in pairwise(first_places))
    falling += sum(later.started_ms < earlier.started_ms for earlier, later in pairwise(turns))
    return Outcome(
        spoken=len(heard),
        stored=len(heard) - len(lost),
        lost=lost,
        doubled=sum(max(0, len(found) - 1) for found in whole),
        out_of_order=falling,
        second_greetings=max(0, sum(bool(GREETING.search(text)) for text in interviewer_captions) - 1),
    )


def _places(text: str, written: Sequence[TurnSeen]) -> list[int]:
    """Indexes of the turns that hold the answer, which may be told in several."""
    alone = [n for n, turn in enumerate(written) if content_share(text, turn.text) >= SAME_ANSWER]
    if alone:
        return alone
    for first in range(len(written) - 1):
        if content_share(text, " ".join(turn.text for turn in written[first : first + 3])) >= SAME_ANSWER:
            return [first]
    return []


def silence_until_spoken(
    fault_at: float, own: Sequence[Span], voice: Sequence[Span], ended_at: float | None
) -> float | None:
    """Seconds that the candidate waited in silence after the fault until the interviewer began to speak.

    Counted from the fault, or from the last sound of either before the interviewer's next utterance. None where it
    had nothing more to say before the end.
    """
    beginning = next((span.start for span in voice if span.start > fault_at + FAULT_MARGIN_SEC), None)
    if beginning is None or (ended_at is not None and beginning > ended_at):
        return None
    sounds = [min(span.end, beginning) for span in (*own, *voice) if span.start < beginning]
    return beginning - max([fault_at, *sounds])
