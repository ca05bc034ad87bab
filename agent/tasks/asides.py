"""A turn after a question that is no answer to it: "mhm", "okay", "um"."""

import math
import re

from agent.listening.acknowledgements import is_acknowledgement
from agent.listening.turns import CandidateTurn

_REACTION_SEC = 1.5
"""A "yes" that begins this soon after an open question says that it was heard."""
_FILLER = re.compile(r"(?:u+[hm]+|e+r+m*|h+m+|a+h+|o+h+|[\s.,!…-])+", re.IGNORECASE)
_YES = re.compile(r"\b(?:y(?:es|eah|ep|up)|sure|of course|definitely|absolutely)\b", re.IGNORECASE)
_CLOSED = re.compile(
    r"^(?:so|and|but|okay|right|then)?,? ?(?:do|does|did|is|are|was|were|have|has|had|will|would|should|can|could|may|"
    r"shall|am)(?:n't)? ",
    re.IGNORECASE,
)
_ASKS_FOR_MORE = re.compile(
    r"\b(?:can|could|would|will) you (?:\w+ )?"
    r"(?:tell|say|give|describe|explain|walk|share|name|talk|elaborate|think)\b",
    re.IGNORECASE,
)

_IS_THERE = r"""
    i(?:'m|\ am)\ (?:still\ )?(?:back|here|there)(?:\ (?:again|now))? | back\ (?:again|now)
    | i\ (?:can\ )?hear\ you(?:\ (?:again|now))?
    | i\ (?:got|was)\ (?:disconnected|cut\ off|(?:thrown|kicked|dropped)\ out) | i\ dropped\ out
    | i\ (?:just\ )?(?:had\ to\ reload|reloaded)(?:\ the\ page)?
    | (?:i\ (?:just\ )?)?lost\ (?:the|my)\ (?:connection|internet) | the\ page\ (?:reloaded|crashed)
    | my\ (?:connection|internet|wi-?fi|browser|phone|computer)\ (?:broke|dropped|crashed|froze|was\ gone|failed)
"""
_AROUND_IT = r"""
    y(?:es|eah|ep)|ok(?:ay)?|so|sorry|hi|hello|hey|well|and|but|u+m+|u+h+|great|good|thanks|thank\ you|right|now|again
    |(?:about|for)\ that|there|all|for\ a\ (?:moment|second|minute|bit|while)
"""
_IS_BACK = re.compile(
    rf"(?:(?:{_AROUND_IT})[\s.,!?…-]+)*(?:{_IS_THERE})(?:[\s.,!?…-]+(?:{_AROUND_IT}|{_IS_THERE}))*[\s.,!?…-]*",
    re.IGNORECASE | re.VERBOSE,
)


_ASKS_IF_HEARD = re.compile(r"\b(?:can|do|could)\s+you\s+(?:still\s+|even\s+)?hear\s+me\b", re.IGNORECASE)
_MOST_WORDS = 14


def asks_if_heard(text: str) -> bool:
    """ "Hello? Can you hear me?", and hardly more."""
    return len(text.split()) <= _MOST_WORDS and _ASKS_IF_HEARD.search(text) is not None


def says_is_back(text: str) -> bool:
    """Whether somebody who was away says that they are there again, and nothing else."""
    return _IS_BACK.fullmatch(text.strip().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")) is not None


def is_closed(question: str) -> bool:
    """Whether "yes" answers it."""
    asked = re.split(r"(?<=[.!?])\s+", question.strip())[-1]
    return bool(_CLOSED.match(asked)) and not _ASKS_FOR_MORE.search(asked)


def is_aside(turn: CandidateTurn, *, asked: str, asked_until: float) -> bool:
    """Whether a turn only says "I'm listening" or "I'm thinking".

    Args:
        asked: the question that stands.
        asked_until: loop time at which its sound ended.
    """
    text = turn.text.strip()
    if not text:
        return False
    if _FILLER.fullmatch(text):
        return True
    if is_closed(asked) or not is_acknowledgement(text, math.inf):
        return False
    return not _YES.search(text) or turn.started_at - asked_until <= _REACTION_SEC
