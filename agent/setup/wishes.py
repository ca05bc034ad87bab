"""What a turn wants from the assistant: a choice made for them, an end, a moment, the same again."""

import re

from agent.holds import asks_for_time
from agent.intents import read_intent
from agent.setup.found import Asked
from agent.setup.heard import Wish
from agent.setup.phrasing import any_of
from agent.setup.questions import ASKS_FOR_ADVICE
from agent.setup.tokens import words_of

_ALL = any_of(
    r"(?:up to you|your (?:choice|call)|whatever|you (?:choose|decide|pick)|anything) for (?:the rest|everything|all)",
    "surprise me",
    r"you (?:just )?(?:can )?(?:choose|decide|pick)(?: (?:it|them))? (?:everything|all|the rest|for me|all of it)",
    r"(?:fill in|choose|decide|pick) (?:the rest|everything|all)",
    r"(?:the rest|everything(?: else)?) (?:is|can be) (?:up to "
    r"you|whatever|your choice)",
    "whatever for the rest",
    "anything for the rest",
    r"the rest (?:doesn't matter|i don't care)",
    "just (?:start|make|create|give me) (?:something|anything|one|any interview)",
    "something random",
    r"(?:pick|choose|take|suggest) (?:something|anything|one|whatever)(?: for me)?",
    "i don't care about the rest",
    "leave (?:it all|everything|the rest) to you",
)
_USUAL = any_of(
    "the usual",
    "usual one",
    "as usual",
    "as always",
    r"(?:the )?same (?:as|like) (?:last time|always|before|usual|the last)",
    "like last time",
    "like always",
    "same again",
    "same thing again",
    r"the standard(?: one| interview| thing)?",
    "defaults?",
    r"(?:a|the) (?:normal|typical|regular|classic|average) (?:one|interview|thing)",
    "just the basics",
)
_THIS = any_of(
    r"you (?:just )?(?:can )?(?:choose|decide|pick)",
    "up to you",
    r"leave (?:that|it|this|them) (?:up )?to you",
    "your (?:choice|call|pick)",
    "whatever",
    r"(?:doesn't|does not|don't|do not) (?:really )?(?:matter|mind|care)",
    "no preferences?",
    "either",
    r"any(?:thing)?(?: one)?(?: (?:is|would be))? (?:fine|will do|works|goes|okay|ok|good)",
    "anything",
    "any",
    r"i (?:really |honestly )?(?:don't|do not) know",
    r"(?:i'm )?not (?:really )?sure",
    "no idea",
    "dunno",
    "skip(?: (?:it|this|that))?",
    "pass",
    "i'm (?:easy|flexible|open)",
    "dealer's choice",
    "random",
    "you tell me",
    "whichever",
    r"(?:a (?:bit|little) of )?everything",
    "however many",
    "what you think",
    "no clue",
    "as you like",
    "same to me",
    "next question",
    "i have no preference",
    "suggest something",
    "no strong feelings",
)
_STOP = any_of(
    "cancel",
    r"never ?mind(?! (?:the|my|your|about|that|this|how|what)\b)",
    r"forget (?:it|about it|this|the whole thing)",
    r"(?:want|need|have|got|like) to (?:go|leave|stop|quit|end)(?: now| here| this| it)?",
    "(?:gotta|got to) go",
    "good ?bye",
    "bye",
    "quit",
    "another time",
    "maybe later",
    r"(?:let's|can we|could we|let us) (?:stop|leave it|do (?:this|it) later|end)(?: here| now| it| this)?",
    "abort",
    "not (?:now|today)",
    "i'm (?:done|out)",
    "see you",
    "stop (?:it|this|here|now|please|the setup|the set up|talking)",
)
_AFRESH = any_of(
    r"(?:start|begin)(?: (?:it|this|everything))?(?: all)? over",
    r"(?:start|begin)(?: (?:it|this|everything))? again(?: from .+)?$",
    r"(?:start|begin|go)(?: (?:it|this|everything))?(?: back)? (?:from|to) (?:scratch|the (?:beginning|start|top))",
    r"(?:reset|clear|forget) (?:it all|everything|all of (?:it|that|this))(?! (?:except|but|apart|other))",
)
_ASKS = frozenset({"can", "could", "may", "shall", "should"})
_STOP_ALONE = re.compile(r"^(?:please )?(?:stop|end|exit|leave)(?: please| now| here)?$")
_REPEAT_ALONE = re.compile(
    r"^(?:sorry|pardon|what|huh|excuse me|come again|again please|what was that|sorry what|what did you say|say again)$"
)
_MOST_STOP_WORDS = 12


def starts_over(text: str) -> bool:
    """Whether all that was said before is to count no more."""
    words = " ".join(words_of(text))
    afresh = _AFRESH.search(words)
    before = [] if afresh is None else words[: afresh.start()].split()
    # "here I begin again from zero, so write junior"
    tells = before[-1:] == ["i"] and _ASKS.isdisjoint(before[-2:-1])
    return afresh is not None and not tells


def read_wish(text: str, asked: Asked) -> Wish | None:
    words = " ".join(words_of(text))
    if _ALL.search(words):
        return "choose_all"
    if _USUAL.search(words):
        return "usual"
    if starts_over(text):
        return "start_over"
    if _wants_to_stop(words, asked):
        return "stop"
    if asks_for_time(text):
        return "wait"
    if _REPEAT_ALONE.match(words) or read_intent(text) == "repeat":
        return "repeat"
    return "choose_this" if _THIS.search(words) or ASKS_FOR_ADVICE.search(words) else None


def _wants_to_stop(words: str, asked: Asked) -> bool:
    if len(words.split()) > _MOST_STOP_WORDS:
        return False
    if _STOP_ALONE.match(words) or read_intent(words) == "stop":
        return True
    return asked != "stop" and bool(_STOP.search(words))
