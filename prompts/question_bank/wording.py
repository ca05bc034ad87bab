"""How questions and their keys are compared: lower case, no punctuation, rough stems.

The bank's tests and the checks of questions that a model wrote go by the same measures.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9#+]+")
_ENDINGS = ("ing", "ed", "es", "s", "e")
_FUNCTION_WORDS = frozenset(
    _WORD.findall(
        "a an and are as at be by can could did do does for from had has have how i if in into is it its me of on one "
        "or our  so tell than that the their them they this time to was we were what when where which who why will "
        "with would you your  about between explain walk through describe happens give"
    )
)


def stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


def stems(text: str) -> list[str]:
    return [stem(word) for word in _WORD.findall(text.lower().replace("'", "").replace("’", ""))]


def says(text: str, phrase: str) -> bool:
    """Whether the words of the phrase stand in the text, one after the other."""
    words, wanted = stems(text), stems(phrase)
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


def says_any(text: str, phrases: Iterable[str]) -> bool:
    return any(says(text, phrase) for phrase in phrases)


@lru_cache(maxsize=4096)
def content_words(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in _WORD.findall(text.lower()) if word not in _FUNCTION_WORDS)


def overlap(first: str, second: str) -> float:
    """Shared content words over all content words of the two texts, 0 to 1."""
    one, other = content_words(first), content_words(second)
    return len(one & other) / len(one | other) if one | other else 0.0


def word_count(text: str) -> int:
    return len(text.split())


EVERYDAY_WORDS = frozenset(
    _WORD.findall(
        "a about after again all also always an and any as ask at back bad because before between big both bring "
        "but by  can change changed could did different do does down each even every few first for from get give "
        "go good had has  have he help her here him his how i if in into is it its just know last less let like "
        "look made make many may me  more most much must my need new no not now of off on one only or other our "
        "out over own people put right said  same saw say see she should since so some still such take tell than "
        "that the their them then there these they  thing think this those three time to too try two up us use "
        "used very want wanted was way we well went were what when  where which while who why will with work would "
        "you your"
    )
)
"""Heard in any answer, so they tell nothing about a point."""
