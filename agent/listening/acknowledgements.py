"""Telling a listener's "mhm" from a wish to speak, by its words and length, while the interviewer is speaking."""

import re

from agent.holds import asks_for_time

_LISTENING = re.compile(
    r"""(?:
      m+ (?:[-\ ]?h*m+)* | h+m+ | m+h+m*                          # mm, mhm, mm-hmm, hmm
    | u+[hm]+ (?:[-\ ]?h[ua][hm]*)? | a+h+ | o+h+ | e+h+ | a+ha+h* | u+h+[-\ ]?h?uh    # uh-huh, um-hum, ah, oh, aha
    | (?:ha|he|hah|heh|hi)+ | lol                               # a laugh
    | y(?:eah|es|ep|up|a|eh|ea)h? | yeah[-\ ]yeah
    | o\ ?k(?:ay|ey)? | right | sure | good | great | cool | nice | fine | perfect | exactly | absolutely | indeed
    | interesting | totally | definitely | correct | true | wow | yep
    | (?:i\ )?see | i\ see\ i\ see | got\ it | gotcha | of\ course | al(?:l\ ?)?right | fair\ enough | for\ sure
    | (?:okay\ |yeah\ |yes\ |right\ )?(?:that\ )?makes\ sense | sounds\ good | i\ understand | understood | thank\ you
    | thanks | no\ problem | very\ good | i\ know | that's\ (?:right|true|fair|fine|good|great)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_SOUND = re.compile(
    r"\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|♪+|\b(?:coughs?|coughing|laughs?|laughter|laughing|sighs?|clears throat)\b", re.I
)
"""How recognisers write what is no word."""

_WANTS_THE_FLOOR = re.compile(
    r"""\b(?:
      stop | wait | hold | hang\ on | sorry | excuse | pardon | pause | interrupt | hey
    | repeat | again | slow(?:er|ly)? | louder | skip | next | question
    | actually | but | however | no | not | nope
    | what | why | how | which | who | where | when(?=\W*$)
    | (?:can|could|may|shall|would|do|did|is|are)\ (?:you|i|we|it|that|this|there)
    | one\ (?:second|moment|sec|minute) | (?:a|just\ a)\ (?:second|moment|sec|minute) | let\ me | i(?:'d|\ would)\ like
    | i\ (?:have|want|need|don't|didn't|can't|couldn't)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKS_FOR_THE_FLOOR = re.compile(
    r"""^(?:(?:oh|um+|uh+|okay|yeah|yes|no|and|but)[,.\s]+)*
    (?:stop | wait | hold\ on | hang\ on | sorry | excuse\ me | pardon | hey | let\ me\ (?:stop|interrupt)
    | actually,?\ (?:i\ (?:have|would)|can|could|may|what) | (?:can|could)\ (?:you|i|we) | may\ i
    | what\ (?:do|did)\ you
    )\b(?!.*\b(?:finish(?:ed)?|done)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_REQUEST_WORDS = 12
_ANSWER_WORDS = 3
"""One or two are "Wait." or "Stop.", whatever a recogniser makes of them ("Weight.")."""
_LETTERS = re.compile(r"\bo\.\s?k\b\.?", re.IGNORECASE)
_JOINED = re.compile(r"[.,!?;:…–—]+|\s+(?:and|so|oh|yeah|okay|ok|right|yes)\s+", re.IGNORECASE)
SHORT_SOUND_SEC = 0.75
"""A shorter sound of at most three words is a back-channel whatever the recogniser calls it: Whisper tiny.en writes
"I'm home." or "It's my hand." for a recorded "mhm" of 0.4–0.7 s, or nothing at all."""
_SHORT_SOUND_WORDS = 3


def wants_the_floor(text: str) -> bool:
    """Whether the words themselves ask the interviewer to stop."""
    return bool(_WANTS_THE_FLOOR.search(text))


def only_asks_for_the_floor(text: str) -> bool:
    """Whether somebody breaks into what the interviewer says, instead of going on with what they were saying.

    "Wait, can you repeat that?" does; "Sorry, I wasn't finished." doesn't, nor do words that only contain a "but".
    """
    return len(text.split()) <= _REQUEST_WORDS and bool(_ASKS_FOR_THE_FLOOR.match(text.strip()))


def may_be_an_answer(text: str) -> bool:
    """Whether there is more in what somebody says into a reply than a wish for the floor or for time."""
    return len(text.split()) >= _ANSWER_WORDS and not only_asks_for_the_floor(text) and not asks_for_time(text)


def only_acknowledges(text: str) -> bool:
    """Whether all the words are a listener's. No words are too: a cough, a laugh."""
    text = _SOUND.sub(" ", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    text = _LETTERS.sub("ok", text)
    parts = [part.strip(" -'\"") for part in _JOINED.split(text)]
    return all(_listens(part) for part in parts if part)


def is_acknowledgement(text: str, duration_sec: float) -> bool:
    """Whether a sound made while the interviewer speaks only says "I'm listening".

    Args:
        text: what the recogniser made of it; may be empty for a cough or a laugh.
        duration_sec: of the voiced part, without hang-over.
    """
    if only_acknowledges(text):
        return True
    if wants_the_floor(text):
        return False
    return duration_sec < SHORT_SOUND_SEC and len(text.split()) <= _SHORT_SOUND_WORDS


def _listens(part: str) -> bool:
    """One word of a listener, or several in a row."""
    if _LISTENING.fullmatch(part):
        return True
    words = part.split()
    return 1 < len(words) <= 6 and all(_LISTENING.fullmatch(word) for word in words)
