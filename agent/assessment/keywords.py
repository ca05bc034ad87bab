"""Whether the words of a point were said, by stems and synonyms."""

from collections.abc import Sequence, Set

from agent.assessment.words import content_stems, stems, words_of
from storage.models.interview import ExpectedPoint

SHORTEST_JOINED = 6
"""`fail over` is `failover`; shorter joins would match by accident."""


class SpokenStems:
    """Stems of an answer, ready to be searched. Turns are kept apart, so that nothing matches across them."""

    def __init__(self, turns: Sequence[Sequence[str]]) -> None:
        self._text = " | ".join(f" {' '.join(stems(words))} " for words in turns)
        self._joined = {
            "".join(pair)
            for words in turns
            for size in (1, 2, 3)
            for pair in zip(*(stems(words)[offset:] for offset in range(size)), strict=False)
        }

    def has(self, phrase: str) -> bool:
        wanted = stems(words_of(phrase))
        if not wanted:
            return False
        if f" {' '.join(wanted)} " in self._text:
            return True
        joined = "".join(wanted)
        return len(joined) >= SHORTEST_JOINED and joined in self._joined


def keyword_share(point: ExpectedPoint, spoken: SpokenStems, question_stems: Set[str]) -> float:
    """Share of the point's keyword groups that were said. Words of the question prove nothing and don't count.

    A point without keywords is searched for the meaningful words of its claim.
    """
    said, groups = keyword_groups_said(point, spoken, question_stems)
    return said / groups if groups else 0.0


def keyword_groups_said(point: ExpectedPoint, spoken: SpokenStems, question_stems: Set[str]) -> tuple[int, int]:
    """How many of the point's groups were said, and of how many."""
    groups = [
        [keyword for keyword in group if not set(stems(words_of(keyword))) <= question_stems]
        for group in point.keywords
    ]
    groups = [group for group in groups if group] or [[word] for word in _claim_words(point, question_stems)]
    return sum(any(spoken.has(keyword) for keyword in group) for group in groups), len(groups)


def _claim_words(point: ExpectedPoint, question_stems: Set[str]) -> list[str]:
    return sorted(content_stems(point.claim) - question_stems)
