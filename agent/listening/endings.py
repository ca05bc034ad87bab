"""What the last words say: is more to come? Pure; punctuation is the recogniser's, which hears the melody as well."""

import re
from typing import Literal

from agent.holds import ends_asking_for_time
from agent.intents import read_intent

Ending = Literal["hold", "open", "closing", "request", "complete"]
"""hold: asks for time · open: more must come · closing: says that this was it · request: asks the interviewer for
something · complete: a sentence has ended, and another may follow."""

_NEVER_LAST = re.compile(
    r"(?:^|[\s,.])(?:and|or|but|because|although|unless|whereas|with|without|the|a|an|of|to|for|at|by|from|into|about|than|"
    r"which|who|whose|while|if|um+|uh+|er+m?|hm+|i|we|my|our|their|your|its|would|could|should|will|you know|i mean|"
    r"i think|i guess|sort of|kind of|for example|for instance|such as|and so|so um+|like um+|let me see)"
    r"[\s.,…-]*$",
    re.IGNORECASE,
)
_SELDOM_LAST = re.compile(
    r"(?:^|[\s,.])(?:so|then|also|like|on|in|as|that|when|where|well|did|his|her|they|he|she|be|been|was|were|is|"
    r"are|am|had|has|have|can|first|second|basically|actually|maybe|since|until)[\s,…-]*$",
    re.IGNORECASE,
)
"""These close sentences, too ("now and then."), so a full stop is believed."""
_TRAILS_OFF = re.compile(r"(?:\.\.+|…|[,:;-])\s*$")
_SENTENCE_END = re.compile(r"[.?!][\"')]*$")
_SUBORDINATE_ALONE = re.compile(r"^(?:and |but |so )?(?:if|when|because|since|although|while|whenever)\b[^,]*$", re.I)
_CLOSING = re.compile(
    r"(?:"
    r"\bthat(?:'s| is| was) (?:it|all|everything|about it|my answer|basically it|pretty much it|"
    r"what i (?:did|would do)|how i (?:did|solved|would|approached|handled)[^.?!]*)"
    r"|\bthat(?:'s| would be| is) (?:pretty much )?(?:the (?:whole )?(?:story|answer)|my (?:story|example|answer))"
    r"|\b(?:does|did) that (?:answer|help|make sense)[^.?!]*|\bi hope (?:that|this) (?:answers?|helps?)[^.?!]*"
    r"|\b(?:i'm|i am) (?:done|finished)|\bnothing (?:else|more)(?: to (?:add|say))?"
    r")(?:,? (?:really|basically|i think|i guess|i'd say|thanks?|thank you|so far|from me|i have))*[.?!\s]*$",
    re.IGNORECASE,
)
_REQUESTS = frozenset(("repeat", "skip", "hint", "stop"))


def read_ending(text: str) -> Ending:
    """What the end of everything said in this turn so far calls for."""
    plain = text.strip().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    if read_intent(plain) in _REQUESTS:
        return "request"
    if ends_asking_for_time(plain):
        return "hold"
    if _CLOSING.search(plain):
        return "closing"
    return "open" if _is_open(plain) else "complete"


def lacks_only_a_mark(text: str) -> bool:
    """Whether the words could be the last ones, and only a comma or nothing stands behind them."""
    return read_ending(text.rstrip(" ,") + ".") == "complete"


def _is_open(text: str) -> bool:
    if not _SENTENCE_END.search(text) or _TRAILS_OFF.search(text):
        return True
    if _NEVER_LAST.search(text) or _SELDOM_LAST.search(text):
        return True
    last_sentence = re.split(r"[.?!]\s+", text)[-1]
    return bool(_SUBORDINATE_ALONE.match(last_sentence)) and not text.endswith("?")
