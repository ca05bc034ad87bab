"""Spoken text as words, stems, clauses and windows, each with its place in the text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"c\+\+|c#|\.net\b|[^\W_]+(?:['’][^\W_]+)?", re.IGNORECASE)
_DISFLUENCY = re.compile(
    r"(?:,\s*)?\b(?:(?:um+|uh+|uhh|uhm|er|erm|ah|hm+|mm+|mhm)\b\s*,?|(?:you\s+know|i\s+mean|like)\s*,)", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?;]+(?=\s|$)")
_CLAUSE_END = re.compile(r"[.!?;,:](?=\s|$)|\s[–—-]\s")
REPEATED_WORDS = 8
SHORTEST_STRETCH_WORDS = 4
_STEMMER = snowballstemmer.stemmer("english")


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as text."""
    return frozenset(text.split())


FILLERS = word_set("um umm uh uhh uhm er erm ah hm hmm mm mhm")
FUNCTION_WORDS = word_set(
    """
    a about after again all also am an and any are as at be because been before being but by can could did do does
    doing done don for from get gets go going got had has have having he her here him his how i if in into is it its
    just like me more most my no not now of off on one only or other our out over own same she should so some such
    than that the their them then there these they thing things this those through to too up us very was way we well
    were what when where which while who why will with would yes you your yeah okay ok i'm i'd i've i'll it's that's
    don't didn't doesn't isn't aren't wasn't weren't can't couldn't won't wouldn't we're we'd we've you're you'd
    they're there's let's really actually kind sort maybe much many every each both few even still s t re ve ll d m
    """
)
CLAUSE_OPENERS = word_set("but because so which whereas while although though unless however otherwise and or")


def fluent(text: str) -> str:
    """The text with its fillers blanked, and as long as before, so that places in one are places in the other.

    "You know", "I mean" and "like" are fillers where a comma sets them off.
    """
    return _DISFLUENCY.sub(lambda found: " " * len(found.group()), text)


@dataclass(frozen=True)
class Token:
    """One word of a text: lower case, straight apostrophes, and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Span:
    """A stretch of a text by its tokens: first included, last excluded."""

    first: int
    last: int

    def overlaps(self, other: "Span") -> bool:
        return self.first < other.last and other.first < self.last

    def __len__(self) -> int:
        return self.last - self.first


def tokens_of(text: str) -> list[Token]:
    return [Token(m.group().lower().replace("’", "'"), m.start(), m.end()) for m in _WORD.finditer(text)]


def words_of(text: str) -> list[str]:
    return [token.word for token in tokens_of(text)]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    return _STEMMER.stemWord(word.removesuffix("'s"))


def stems(words: Iterable[str]) -> list[str]:
    return [stem(word) for word in words]


def content_stems(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    return frozenset(stem(word) for word in words_of(text) if word not in FUNCTION_WORDS and word not in FILLERS)


def normalised(text: str) -> str:
    """The words alone: what is left when case, space and punctuation don't count."""
    return " ".join(words_of(text))


def sentences(text: str, tokens: Sequence[Token]) -> list[Span]:
    return _spans_between(tokens, [m.end() for m in _SENTENCE_END.finditer(text)])


def clauses(text: str, tokens: Sequence[Token], *, longest: int = 24) -> list[Span]:
    """Parts of sentences. Recognisers may write no punctuation, so linking words open a clause too."""
    cuts = [m.end() for m in _CLAUSE_END.finditer(text)]
    cuts += [token.start for token in tokens if token.word in CLAUSE_OPENERS]
    pieces: list[Span] = []
    for span in _spans_between(tokens, sorted(cuts)):
        pieces += [Span(at, min(at + longest, span.last)) for at in range(span.first, span.last, longest)]
    return pieces


def windows(count: int, *, size: int, step: int) -> list[Span]:
    """Overlapping spans over `count` tokens. The last one ends at the end and is as long as the others."""
    if count <= size:
        return [Span(0, count)] if count else []
    starts = list(range(0, count - size, step))
    return [Span(at, at + size) for at in [*starts, count - size]]


def said_for_the_first_time(words: Sequence[str], said: set[tuple[str, ...]]) -> list[Span]:
    """The stretches that don't repeat what was said before, of four words or more. `said` is added to.

    Eight words in a row that stood there already are a repetition: nobody says them again by chance.
    """
    starts = range(len(words) - REPEATED_WORDS + 1)
    runs = [tuple(words[at : at + REPEATED_WORDS]) for at in starts]
    is_old = [False] * len(words)
    for at, run in enumerate(runs):
        if run in said:
            is_old[at : at + REPEATED_WORDS] = [True] * REPEATED_WORDS
        said.add(run)
    spans: list[Span] = []
    first = 0
    for at in range(len(words) + 1):
        if at == len(words) or is_old[at]:
            if at > first and (at - first >= SHORTEST_STRETCH_WORDS or len(words) < REPEATED_WORDS):
                spans.append(Span(first, at))
            first = at + 1
    return spans


def _spans_between(tokens: Sequence[Token], cuts: Sequence[int]) -> list[Span]:
    spans: list[Span] = []
    first = 0
    for cut in cuts:
        last = next((i for i in range(first, len(tokens)) if tokens[i].start >= cut), len(tokens))
        if last > first:
            spans.append(Span(first, last))
            first = last
    if first < len(tokens):
        spans.append(Span(first, len(tokens)))
    return spans
