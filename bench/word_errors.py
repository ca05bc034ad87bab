"""How much of a text was heard differently."""

import re

_NUMBERS = {"0": "zero", "1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "100": "hundred"}


def words_of(text: str) -> list[str]:
    """Words in lower case without punctuation; digits of small numbers spelt out."""
    found: list[str] = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'").replace("-", " "))
    return [_NUMBERS.get(word, word) for word in found]


def word_error_rate(said: str, heard: str) -> float:
    """Substitutions, deletions and insertions per word said."""
    expected, got = words_of(said), words_of(heard)
    row = list(range(len(got) + 1))
    for i, word in enumerate(expected, 1):
        previous, row[0] = row[0], i
        for j, other in enumerate(got, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (word != other))
    return row[-1] / max(1, len(expected))
