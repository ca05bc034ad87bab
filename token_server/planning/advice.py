"""What somebody wants to get better at, in their own reports' words, and which questions of the bank are about it."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from prompts.question_bank import BankQuestion

SHORTEST_WORD = 4
"""Letters: shorter words say little about what a text is about."""
_WORD = re.compile(r"[a-z]+")


class AdviceNearness:
    """Nearness by shared words, rare ones above all.

    Advice from the judge on the device names points of the bank word for word; advice in a model's words shares its
    nouns with the question that it came from.
    """

    def __init__(self, texts: Sequence[str], bank: Iterable[BankQuestion]) -> None:
        words = {question.question_id: _words_of(question) for question in bank} if texts else {}
        found_in = Counter(word for known in words.values() for word in known)
        self._words = words
        self._weights = {word: math.log(1 + len(words) / count) for word, count in found_in.items()}
        self._texts = [known for text in texts if (known := _words(text) & self._weights.keys())]

    def nearness(self, question: BankQuestion) -> float:
        """From 0, which is nothing in common, to 1, to the advice that it is nearest to."""
        known = self._words.get(question.question_id, frozenset())
        return max((self._weight(text & known) / self._weight(text) for text in self._texts), default=0.0)

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self._weights[word] for word in words)


def _words_of(question: BankQuestion) -> frozenset[str]:
    claims = (point.claim for point in question.expected_points)
    return _words(" ".join([question.text, *claims]))


def _words(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in _WORD.findall(text.lower()) if len(word) >= SHORTEST_WORD)
