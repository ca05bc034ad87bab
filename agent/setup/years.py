"""The level of somebody who tells for how long they have worked."""

import re

from agent.setup.found import Asked, Found
from agent.setup.numbers import find_numbers
from storage.models.interview import Level
from storage.models.setup import SetupDraft

_YEARS_OF_JUNIOR, _YEARS_OF_MID = 2, 5
_NOT_AT_WORK = frozenset(
    {"home", "off", "ago", "away", "break", "leave", "kids", "gap", "pause", "old", "until", "left"}
)
_LIVES = frozenset({"live", "lived", "living", "married", "home", "mom", "mum", "dad", "raised", "raising"})
_SOON = 4
_MANY_YEARS = 10
_OTHER_CAREER = re.compile(
    r"\b(?:and now|and (?:i'm |i am )?finally|but now|now i|career change|changing careers?|used to|"
    r"switching (?:careers?|from)|leaving|left|retraining|retrained|back to work|return(?:ing)? to work|"
    r"career break|after (?:[\w-]+ ){1,3}years (?:in|as|of))\b"
)
"""Years that somebody spent with something else."""


def level_by_years(plain_words: str, found: Found, draft: SetupDraft, asked: Asked) -> Level | None:
    """None where no years were told, where they were spent with something else, or where the level is known."""
    if asked != "level" and (draft.level is not None or _OTHER_CAREER.search(plain_words)):
        return None
    if (years := _years_at_work(found)) is None:
        return None
    return "junior" if years <= _YEARS_OF_JUNIOR else "mid" if years <= _YEARS_OF_MID else "senior"


def _years_at_work(found: Found) -> int | None:
    """Years of experience that were named."""
    if _LIVES.intersection(token.word for token in found.tokens):
        return None
    if _decades(found):
        return _MANY_YEARS
    if "a year" in " ".join(token.word for token in found.tokens):
        return 1
    if any(words == ["no", "experience"] for words in _parts_ends(found)):
        return 0
    for number in find_numbers(found, "anything"):
        place = number.end + (found.word(number.end) in ("plus", "or", "good", "full"))
        following = {found.word(n) for n in range(place + 1, place + 1 + _SOON)}
        if found.word(place).startswith(("year", "yrs")) and not following & _NOT_AT_WORK:
            return number.value
    return None


def _parts_ends(found: Found) -> list[list[str]]:
    """The last two words of each part: "no experience with Go" says nothing about years."""
    ends = (place for place in range(1, len(found.tokens) + 1) if found.is_break(place))
    return [[found.word(end - 2), found.word(end - 1)] for end in ends]


def _decades(found: Found) -> bool:
    return any(token.word in ("decade", "decades") for token in found.tokens)
