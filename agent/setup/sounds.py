"""How alike two phrases sound: for what a recogniser makes of a name that it doesn't know.

A key in the manner of Metaphone, of the words joined, since recognisers part names anywhere ("cooper nettys"). Sounds
that they mix up (b and p, d and t, g and k, v and f, z and s, j and ch and sh) are one sound in it, and vowels count
only at the beginning, an r at the end after one not at all.
"""

import re
from functools import lru_cache

_SPELLINGS = (
    (re.compile(r"^(?:kn|gn|pn)"), "n"),
    (re.compile(r"^wr"), "r"),
    (re.compile(r"^x"), "s"),
    (re.compile(r"(?<=[aeiou])r$"), ""),
    (re.compile(r"sch"), "sk"),
    (re.compile(r"(?:t?ch|sh|dj|dg(?=[eiy])|[tsc]ia|[ts]ion|g(?=[eiy])|j)"), "x"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?<=[aeiou])gh"), ""),
    (re.compile(r"th"), "t"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"(?<!^)x(?=s)"), "ks"),
    (re.compile(r"ck|qu?|c"), "k"),
)
_ONE_SOUND = str.maketrans("bdgvz", "ptkfs")
_SILENT = re.compile(r"(?<!^)[aeiouwhy]")
_DOUBLE = re.compile(r"(.)\1+")
_KEY_WEIGHT = 0.65
"""Of the closeness; the rest is the spelling's."""


@lru_cache(maxsize=4096)
def sound_key(phrase: str) -> str:
    """The consonants of a phrase as they sound; a vowel at the beginning is `a`."""
    letters = re.sub(r"[^a-z]", "", phrase.lower())
    for spelling, sound in _SPELLINGS:
        letters = spelling.sub(sound, letters)
    letters = re.sub(r"^[aeiouy]", "a", letters)
    return _DOUBLE.sub(r"\1", _SILENT.sub("", letters).translate(_ONE_SOUND))


def closeness(one: str, other: str) -> float:
    """0 to 1: how alike two phrases sound, and are spelled."""
    sounds = _likeness(sound_key(one), sound_key(other))
    return _KEY_WEIGHT * sounds + (1 - _KEY_WEIGHT) * spelled_alike(one, other)


def spelled_alike(one: str, other: str) -> float:
    """0 to 1, without regard to spaces."""
    return _likeness(one.replace(" ", ""), other.replace(" ", ""))


def _likeness(one: str, other: str) -> float:
    longest = max(len(one), len(other))
    return 1.0 if not longest else 1.0 - _distance(one, other) / longest


@lru_cache(maxsize=16_384)
def _distance(one: str, other: str) -> int:
    """Levenshtein's: letters to put in, take out or exchange."""
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, start=1):
        before, row[0] = row[0], n
        for m, wanted in enumerate(other, start=1):
            before, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, before + (letter != wanted))
    return row[-1]
