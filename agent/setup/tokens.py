"""What was said as words, with the marks that a recogniser put between them."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Break = Literal["", ",", ":", "."]

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
    (re.compile(r"(?:\b|(?<=\d))q(?:'?s|ns)\b|(?<=\d)\s?q\b"), " questions"),
)
_TYPED = {
    "im": "i'm", "ive": "i've", "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "isnt": "isn't",
    "arent": "aren't", "wasnt": "wasn't", "wont": "won't", "cant": "can't", "thats": "that's", "whats": "what's",
    "pls": "please", "plz": "please", "thx": "thanks", "ty": "thanks", "btw": "anyway",
}  # fmt: skip
"""What people who type make of a word."""
_HESITATIONS = frozenset({"umm", "uhm", "em", "ehm", "erm", "er"})
"""All written as one."""
_SAYS_IS = frozenset({"it", "that", "what", "let", "who", "where", "how", "there", "here", "he", "she", "everything"})
"""Before `'s`."""
_PEOPLE = frozenset(
    {"i", "you", "he", "she", "it", "we", "they", "that", "there", "this", "what", "who", "how", "where"}
)
"""Before `'ll` and `'d`; behind anything else ("three'll do") it says nothing."""
_PIECE = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.,;:!?…—–]")


@dataclass(frozen=True, slots=True)
class Token:
    word: str
    before: Break = ""
    """The mark right before it; `:` is a colon or a semicolon, which no recogniser puts by mistake."""
    is_genitive: bool = False
    """Said with `'s`."""

    @property
    def written(self) -> str:
        """As a part of a name: "children's"."""
        return f"{self.word}'s" if self.is_genitive else self.word


@lru_cache(maxsize=64)  # rules ask for the same few sentences a dozen times each
def tokenise(text: str) -> tuple[Token, ...]:
    """The lower-case words; `C#`, `C++` and `.NET` stay words, hyphens and slashes part them."""
    found: list[Token] = []
    mark: Break = ""
    for piece in _PIECE.findall(plain(text)):
        if piece[0].isalnum():
            word = "um" if piece in _HESITATIONS else _TYPED.get(piece) or _without_genitive(piece)
            found.append(Token(word, mark, is_genitive=piece == f"{word}'s"))
            mark = ""
        elif piece in ".!?…":
            mark = "."
        else:
            mark = mark or (":" if piece in ":;" else ",")
    return tuple(found)


def _without_genitive(word: str) -> str:
    """ "Kafka's": what recognisers make of a name before a vowel, too."""
    name = word.removesuffix("'s")
    if name in _SAYS_IS:
        return word
    shall = name.removesuffix("'ll").removesuffix("'d")
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
