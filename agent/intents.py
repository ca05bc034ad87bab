"""What the candidate wants, read from their words by code.

Control phrases only: whatever isn't clearly one of them is an answer. A long turn is an answer even if it contains
"repeat" or "stop", so that talking about a stop signal doesn't end an interview.
"""

import re
from typing import NamedTuple

from agent.holds import asks_for_time
from storage.models.transcript import Intent


class _Phrase(NamedTuple):
    intent: Intent
    most_words: int
    """A turn with more words than this is an answer."""
    pattern: re.Pattern[str]


def _phrase(intent: Intent, most_words: int, pattern: str) -> _Phrase:
    return _Phrase(intent, most_words, re.compile(pattern, re.IGNORECASE))


_PHRASES = (
    _phrase(
        "stop",
        16,
        r"\b(?:can|could|may|shall|let'?s|let us|i(?:'d| would) (?:like|want|need)|i (?:want|need|have)|please)\b"
        r"(?: \w+){0,3}? (?:stop|end|finish|quit|leave)"
        r"(?=$|[.,!?]| (?:here|now|there|this|it(?! (?:as|like|so|that way))|the interview|"
        r"for (?:today|now)|please))"
        # "can we" and "can't we", as small recognisers write them
        r"|^(?:(?:and|then|can'?t|so|okay|ok|maybe|could),? )?we (?:stop|end|finish) (?:here|now)\b"
        r"|^cannot (?:we )?stop (?:here|now)\b"
        r"|\b(?:stop|end|finish|quit) (?:the|this) interview\b|\bthat'?s (?:all|enough) for (?:today|now)\b",
    ),
    _phrase(
        "repeat",
        16,
        r"\b(?:repeat|rephrase|say (?:that|it|this) again|come again|one more time|"
        r"(?:^|you |please )(?:ask|read)(?: \w+){0,3} again|what was the question|where were we|"
        r"didn'?t (?:catch|hear|get|understand)(?: (?:that|it|the question|you))?|pardon|"
        r"say again)\b",
    ),
    _phrase(
        "skip",
        14,
        r"\b(?:skip|next question|move on|(?:another|different) question)\b|^(?:i'?ll |can i |let'?s |i )?pass\b",
    ),
    _phrase("hint", 14, r"\b(?:hint|clue)\b|\bhelp me (?:out )?(?:with|here|a bit|a little)\b"),
    _phrase(
        "dont_know",
        18,
        r"\b(?:i (?:really |honestly |actually )?(?:do not|don'?t) (?:know|remember|recall)|dunno|"
        r"(?:no|not a|not the) (?:idea|clue|slightest)|can'?t (?:answer|think of)|not familiar with (?:that|it|this)|"
        r"never (?:used|heard of) (?:that|it|this))\b",
    ),
)
_READY = re.compile(
    r"\b(?:ready|yes|yeah|yep|sure|ok|okay|of course|absolutely|go ahead|let'?s (?:go|start|begin|do)|fine|alright|"
    r"sounds good|please do|start)\b",
    re.IGNORECASE,
)
_NOT_READY = re.compile(r"\b(?:not|no|nope|wait|don'?t|hold|moment|second)\b", re.IGNORECASE)


def read_intent(text: str) -> Intent:
    """What a turn after a question asks for."""
    plain = text.strip().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    words = len(plain.split())
    if words == 0:
        return "other"
    if asks_for_time(plain):
        return "hold"
    for phrase in _PHRASES:
        if words <= phrase.most_words and phrase.pattern.search(plain):
            return phrase.intent
    return "answer"


def says_ready(text: str) -> bool:
    """Whether a turn agrees to begin."""
    return bool(_READY.search(text)) and not _NOT_READY.search(text)


def says_not_ready(text: str) -> bool:
    """Whether a turn asks to wait with the beginning."""
    return bool(_NOT_READY.search(text))
