"""What was said as words, with the marks that a recogniser put between them."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Break = Literal["", ",", "."]

_SYMBOLS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\bc\s?#"), "csharp"),
    (re.compile(r"\bf\s?#"), "fsharp"),
    (re.compile(r"\bc\s?\+\+"), "cpp"),
    (re.compile(r"(?<=\w)\.(?=(?:js|ts|io)\b)"), " "),
    (re.compile(r"\bdot (?=(?:js|jay)\b)"), ""),
    (re.compile(r"(?<!\w)\.net\b"), " dotnet"),
    (re.compile(r"\b(\w+)\.net\b"), r"\1 dotnet"),
    (re.compile(r"\b(?:[a-z]\.){2,}"), lambda found: found.group().replace(".", "")),
    (re.compile(r"&"), " and "),
)
_HESITATIONS = frozenset({"umm", "uhm", "em", "ehm", "erm", "er"})
"""All written as one."""
_SAYS_IS = frozenset({"it", "that", "what", "let", "who", "where", "how", "there", "here", "he", "she", "everything"})
"""Before `'s`."""
_PEOPLE = frozenset({"i", "you", "he", "she", "it", "we", "they", "that", "there", "this", "what", "who"})
"""Before `'ll`; behind anything else ("three'll do") it says nothing."""
_PIECE = re.compile(r"[a-z0-9]+(?:'[a-z]+)*|[.,;:!?…—–]")


@dataclass(frozen=True, slots=True)
class Token:
    word: str
    before: Break = ""
    """The mark right before it."""


@lru_cache(maxsize=64)  # rules ask for the same few sentences a dozen times each
def tokenise(text: str) -> tuple[Token, ...]:
    """The lower-case words; `C#`, `C++` and `.NET` stay words, hyphens and slashes part them."""
    found: list[Token] = []
    mark: Break = ""
    for piece in _PIECE.findall(plain(text)):
        if piece[0].isalnum():
            found.append(Token("um" if piece in _HESITATIONS else _without_genitive(piece), mark))
            mark = ""
        elif piece in ".!?…":
            mark = "."
        else:
            mark = mark or ","
    return tuple(found)


def _without_genitive(word: str) -> str:
    """ "Kafka's": what recognisers make of a name before a vowel, too."""
    name = word.removesuffix("'s")
    if name in _SAYS_IS:
        return word
    shall = name.removesuffix("'ll")
    return name if shall in _PEOPLE else shall


def words_of(text: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokenise(text))


def plain(text: str) -> str:
    """Lower case, straight apostrophes, and symbols that are part of a name as letters."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    for pattern, replacement in _SYMBOLS:
        folded = pattern.sub(replacement, folded)
    return folded


def sentences(text: str) -> list[str]:
    """The sentences by the recogniser's marks, with their marks."""
    return [part for part in re.split(r"(?<=[.?!])\s+", text.strip()) if part]
