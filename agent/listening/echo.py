"""The interviewer's own voice, come back through the candidate's loudspeaker and microphone."""

import re

_LEAST_WORDS = 3
"""Fewer are also said by people: "a hash map?"."""
_ECHO_SHARE = 0.8
_MOST_SKIPPED = 2
"""Words that a recogniser may miss between two of an echo."""


def is_echo(heard: str, being_said: str) -> bool:
    """Whether nearly all of the words that were heard are being said by the interviewer, in that order."""
    words, source = _words(heard), _words(being_said)
    if len(words) < _LEAST_WORDS:
        return False
    best = max((_found(words, source[start:]) for start in range(len(source))), default=0)
    return best >= _ECHO_SHARE * len(words)


def _found(words: list[str], source: list[str]) -> int:
    """How many of the words follow in the source, which begins where the first should."""
    found = position = 0
    for word in words:
        within = source[position : position + 1 + _MOST_SKIPPED]
        if word in within:
            found += 1
            position += within.index(word) + 1
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())
