"""What says nothing about the interview: "um", a greeting, thanks."""

from typing import Literal

from agent.setup.phrasing import any_of
from agent.setup.tokens import words_of

_FILLERS = frozenset("um uh hmm hm mm mmm ah oh so well like right okay ok mhm and".split())  # noqa: SIM905
_GREETS = any_of(
    "hello",
    "hi",
    "hey",
    "good (?:morning|afternoon|evening)",
    "how are you(?: doing)?",
    "how's it going",
    "nice to meet you",
    "what's up",
    "howdy",
)
_THANKS = any_of("thanks", "thank you", "cheers")


def is_filler(text: str) -> bool:
    words = words_of(text)
    return bool(words) and all(word in _FILLERS for word in words)


def read_small_talk(text: str) -> Literal["greeting", "thanks"] | None:
    words = " ".join(words_of(text))
    if _GREETS.search(words):
        return "greeting"
    return "thanks" if _THANKS.search(words) else None
