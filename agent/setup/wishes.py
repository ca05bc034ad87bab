"""What a turn wants from the assistant: yes or no, an explanation, a choice made for them, an end."""

import re
from typing import Literal

from agent.holds import asks_for_time
from agent.intents import read_intent
from agent.setup.heard import Answer, Question, Wish
from agent.setup.mentions import Asked
from agent.setup.phrases import (
    ABOUT,
    ALL,
    ASKING,
    ASKS_FOR_ADVICE,
    CLEAR_YES,
    DOUBT,
    EXPLAIN,
    FILLERS,
    GREETS,
    NO,
    NO_CHANGES,
    PROCESS,
    PROPOSES,
    REPEAT_ALONE,
    RIGHT_ALONE,
    SO_FAR,
    SOFT_YES,
    STOP,
    STOP_ALONE,
    THANKS,
    THIS,
    TYPE_WORDS,
    USUAL,
    WONDERS,
)
from agent.setup.tokens import words_of

_MOST_STOP_WORDS = 12


def is_filler(text: str) -> bool:
    words = words_of(text)
    return bool(words) and all(word in FILLERS for word in words)


def read_answer(text: str) -> Answer | None:
    """Yes or no to what was asked. Doubt of any kind makes a yes a maybe."""
    words = " ".join(words_of(text))
    clear, soft = bool(CLEAR_YES.search(words)), bool(SOFT_YES.search(words))
    if NO_CHANGES.search(words):
        return "maybe"
    if NO.search(words):
        return "maybe" if clear and not words.startswith(("wait", "stop")) and _agrees_after_no(words) else "no"
    if not clear and not soft:
        return None
    if DOUBT.search(words) or "?" in text:
        return "maybe"
    return "soft_yes" if not clear or RIGHT_ALONE.match(words) else "yes"


def _agrees_after_no(words: str) -> bool:
    """ "No, that's fine" means yes as a rule, and isn't clear."""
    return (
        bool(re.search(r"^no (?:no )?(?:that(?:'s| is)|it(?:'s| is)|all|looks|sounds)", words)) and " not " not in words
    )


def read_wish(text: str, asked: Asked) -> Wish | None:
    words = " ".join(words_of(text))
    if ALL.search(words):
        return "choose_all"
    if USUAL.search(words):
        return "usual"
    if _wants_to_stop(words, asked):
        return "stop"
    if asks_for_time(text):
        return "wait"
    if REPEAT_ALONE.match(words) or read_intent(text) == "repeat":
        return "repeat"
    return "choose_this" if THIS.search(words) or ASKS_FOR_ADVICE.search(words) else None


def _wants_to_stop(words: str, asked: Asked) -> bool:
    if len(words.split()) > _MOST_STOP_WORDS:
        return False
    if STOP_ALONE.match(words) or read_intent(words) == "stop":
        return True
    return asked != "stop" and bool(STOP.search(words))


def read_question(sentence: str, asked: Asked) -> Question | None:
    """What a sentence asks to be told. Asking for a change ("can we do eight?") is no such question."""
    words = " ".join(words_of(sentence))
    asks = "?" in sentence or ASKING.match(words) or WONDERS.search(words)
    if not asks or not EXPLAIN.search(words) or PROPOSES.match(words) or ASKS_FOR_ADVICE.search(words):
        return None
    if SO_FAR.search(words):
        return "so_far"
    if not TYPE_WORDS.search(words) and PROCESS.search(words):
        return "process"
    for topic, pattern in ABOUT:
        if pattern.search(words):
            return topic
    if re.search(r"\b(?:mean|options?|choices?|choose|explain|which|possible|available|else|that)\b", words):
        return "process" if asked == "anything" or asked == "confirm" or asked == "stop" else asked
    return "other" if "?" in sentence or words.startswith(("what", "who", "how", "is", "are")) else None


def read_small_talk(text: str) -> Literal["greeting", "thanks"] | None:
    words = " ".join(words_of(text))
    if GREETS.search(words):
        return "greeting"
    return "thanks" if THANKS.search(words) else None
