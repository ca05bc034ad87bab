"""Asking for time to think: "give me a second", "let me think".

Used twice: a turn that says nothing else is a hold, and an answer that ends with one isn't over yet. Nor is one that
ends by announcing more.
"""

import re

_TIME = (
    r"(?:a|an|one|another|half a|just a|a couple(?: of)?|a few|some)"
    r"(?: (?:quick|little|brief|short|single|more|bit of|bit more))?"
    r" (?:seconds?|secs?|moments?|minutes?|mins?|beat|bit|while|time|thought)"
)
_TO_THINK = (
    r"(?: (?:here|please|to (?:just )?(?:think|consider|reflect|recall|remember|collect|gather|organi[sz]e|process)"
    r"(?: (?:about|over|of|through))?(?: (?:it|that|this|(?:a|an|my|the)(?: good)? \w+))?(?: through)?))*"
)
_ASKED = re.compile(
    r"\b(?:"
    rf"(?:(?:just|please|can|could|may|might|would|will|do|you|i|i'd|i'll|let|give|gimme|allow|me|need|want|like|love|"
    rf"have|take|get|to|us|hang on|hold on|wait|mind|if) )*{_TIME}{_TO_THINK}"
    r"|(?:please )?(?:just )?let me (?:just )?(?:quickly )?(?:think|see|consider|recall|remember|reflect|"
    r"(?:gather|collect|organi[sz]e|sort)(?: my)? (?:thoughts|ideas|myself))"
    r"(?: (?:about|over|of|on|through|back|out|loud|aloud|for|it|that|this|a|an|the|one|second|sec|moment|minute|"
    r"example|bit|carefully|again|how|to|put))*"
    r"|(?:i(?:'ll| will| just)* (?:need|want|have|like) to|i must|i'm gonna|i'm going to) (?:just )?think"
    r"(?: (?:about|over|for|through|it|that|this|a|one|second|sec|moment|minute|bit))*"
    r"|(?:i'm |i am )?(?:still |just )*thinking(?: (?:about|of|it|that|this))*"
    r"|(?:please )?bear with me(?: (?:here|please|for))*|hang on(?: there)?|hold on(?: there)?|give me time|not yet"
    r"|(?:(?<![a-z0-9'] )|(?<=\boh )|(?<=\bsorry )|(?<=\bum )|(?<=\bno ))(?:wait|stop)(?: (?:wait|please))*"
    r")(?= |$)"
)
_ANNOUNCED = re.compile(
    r"\b(?:(?:i'd|i would|i) (?:just |also |still )?(?:like|love|want|need|have) to|let me|(?:can|could|may) i) "
    r"(?:just |also |quickly |briefly )*(?:say|add|mention|clarify|correct|explain)"
    r" (?:something|one (?:more )?thing|(?:a|another) (?:thing|point|detail)|a few (?:things|words))"
    r"(?: (?:about|to|on|there|here|first|quickly|else|more|that|this|it|you))*$"
)
_BARE_TIME = re.compile(_TIME)
_MEASURES = re.compile(
    r"\b(?:at|in|than|within|after|for|every|per|about|around|over|under|by|took|takes|take|lasts?|lasted|is|was|of|only|"
    r"almost|nearly) $"
)
"""Before a bare time these words say how long something took: "less than half a second"."""
_AROUND = frozenset(
    (  # noqa: SIM905  # a list of words reads better as a line of them
        "a ah alright all and er erm good great hard here hm hmm hmmm honestly i interesting is it just let me mm no "
        "now of oh ok okay one please question really right so sorry sure thanks thank that that's the this to tough "
        "tricky um uh well yeah yes you for but about on there actually"
    ).split()
)
_MOST_WORDS_AROUND = 8


def asks_for_time(text: str) -> bool:
    """Whether a turn does nothing but ask for time to think."""
    plain = _plain(text)
    rest, holds = _ASKED.subn(" ", plain)
    words = rest.split()
    return holds > 0 and len(words) <= _MOST_WORDS_AROUND and all(word in _AROUND for word in words)


def ends_asking_for_time(text: str) -> bool:
    """Whether the last words ask for time, or announce more: what was said before them goes on."""
    plain = _plain(text)
    if _ANNOUNCED.search(plain):
        return True
    holds: list[re.Match[str]] = []
    for found in _ASKED.finditer(plain):
        goes_on = bool(holds) and found.start() - holds[-1].end() <= 1
        if goes_on or not _is_duration(found, plain):
            holds.append(found)
    return bool(holds) and all(word in _AROUND for word in plain[holds[-1].end() :].split())


def announces_more(text: str) -> bool:
    """Whether the last words only say that something will be said: "I'd like to add something." """
    return _ANNOUNCED.search(_plain(text)) is not None


def _is_duration(found: re.Match[str], plain: str) -> bool:
    return bool(_BARE_TIME.fullmatch(found.group()) and _MEASURES.search(plain[: found.start()]))


def _plain(text: str) -> str:
    lowered = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return " ".join(re.sub(r"[^a-z0-9']+", " ", lowered).split())
