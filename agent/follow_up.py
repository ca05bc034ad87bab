"""Follow-ups: code decides whether and about what. `wording` has the model find the words."""

import re
from dataclasses import dataclass

from storage.models.interview import ExpectedPoint, QuestionKey, Tone

_MOST_FOLLOW_UPS: dict[Tone, int] = {"friendly": 1, "neutral": 2, "challenging": 3}
_ENOUGH_SHARE: dict[Tone, float] = {"friendly": 0.45, "neutral": 0.6, "challenging": 0.8}
"""Share of the expected points heard from which one question has given enough."""
_MOST_AFTER_A_SHORT_ANSWER: dict[Tone, int] = {"friendly": 1, "neutral": 1, "challenging": 2}
"""Follow-ups altogether, where the last one got a short answer: who has no more to say isn't asked on and on."""
_PRESSES = re.compile(
    r"\b(?:why|what if|what (?:could|can|might|would|did|does|do) (?:go|break|fail|happen|you lose|it cost|that cost)"
    r"|wrong|worse|worst|fails?|failed|risks?|price|costs?|drawbacks?|against|too (?:far|late|long|many|much|slow)"
    r"|how (?:can|could|did|do|would) you (?:be sure|know|make sure|notice|prove|tell)|disagreed?|differently|still"
    r"|limits?)\b",
    re.IGNORECASE,
)
"""Directions that ask for the reason, the proof or the weak spot. The others ask to hear more."""
_SHORT_ANSWER_WORDS = 12


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A direction, and words that can be spoken as they stand."""

    direction: str
    fallback: str
    key: QuestionKey | None = None
    """What no wording may give away."""


def heard_points(points: list[ExpectedPoint], answer: str) -> list[ExpectedPoint]:
    """The points of which the answer has at least half of the keyword groups. Cheap, and only used to steer."""
    spoken = f" {plain_words(answer)} "
    return [
        point
        for point in points
        if point.keywords
        and sum(any(_says(spoken, word) for word in group) for group in point.keywords) * 2 >= len(point.keywords)
    ]


def next_follow_up(
    key: QuestionKey, *, answer: str, last_answer: str, asked: int, tone: Tone, time_is_up: bool
) -> FollowUp | None:
    """What to ask next about this question, None where it is time to move on.

    Args:
        answer: everything said about the question so far.
        last_answer: its newest part.
        asked: follow-ups asked before.
    """
    following = likely_follow_up(key, asked=asked, tone=tone)
    if time_is_up or following is None:
        return None
    points = key.expected_points
    heard = heard_points(points, answer)
    if points and len(heard) >= _ENOUGH_SHARE[tone] * len(points):
        return None
    is_short = len(last_answer.split()) < _SHORT_ANSWER_WORDS
    return None if asked and is_short and asked >= _MOST_AFTER_A_SHORT_ANSWER[tone] else following


def likely_follow_up(key: QuestionKey, *, asked: int, tone: Tone) -> FollowUp | None:
    """The one that comes next, should the answer call for one."""
    if asked >= min(_MOST_FOLLOW_UPS[tone], len(key.follow_ups)):
        return None
    direction = _directions(key, tone)[asked]
    return FollowUp(direction=direction, fallback=direction, key=key)


def _directions(key: QuestionKey, tone: Tone) -> list[str]:
    """In the order in which this tone asks them, which a resumed interview finds again."""
    match tone:
        case "friendly":
            return sorted(key.follow_ups, key=presses)
        case "neutral":
            return key.follow_ups
        case "challenging":
            return sorted(key.follow_ups, key=presses, reverse=True)


def presses(direction: str) -> bool:
    return _PRESSES.search(direction) is not None


def plain_words(text: str) -> str:
    """In lower case, without marks."""
    return " ".join(re.sub(r"[^a-z0-9+#]+", " ", text.lower()).split())


def _says(spoken: str, phrase: str) -> bool:
    """Whether a keyword is said, with the usual endings."""
    return bool(re.search(rf" {re.escape(plain_words(phrase))}(?:s|es|d|ed|ing)? ", spoken))
