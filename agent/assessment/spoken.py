"""One candidate turn with what a judge needs: its words, when each was said, and how sure the recogniser was."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from agent.assessment.words import Span, Token, fluent, tokens_of
from storage.models.feedback import Evidence
from storage.models.transcript import Turn, Word

DOUBTFUL_CONFIDENCE = 0.5
"""A word below this may well have been another one."""


@dataclass(frozen=True)
class SpokenTurn:
    turn: Turn

    @cached_property
    def fluent(self) -> str:
        """The text without its fillers, every other word at its place."""
        return fluent(self.turn.text)

    @cached_property
    def tokens(self) -> list[Token]:
        """Words without fillers: they must not decide what was said, nor where a phrase ends."""
        return tokens_of(self.fluent)

    @cached_property
    def _heard(self) -> list[Word | None]:
        """For each token, the recognised word it stands in; None where text and words differ."""
        return _align(self.tokens, self.turn.words or [])

    def text_of(self, span: Span) -> str:
        return self.turn.text[self.tokens[span.first].start : self.tokens[span.last - 1].end]

    def said_in(self, span: Span) -> str:
        """The same without fillers."""
        return self.fluent[self.tokens[span.first].start : self.tokens[span.last - 1].end]

    def started_ms(self, token_index: int) -> int:
        """When a token was said; without word times, by its place in the turn."""
        word = self._heard[token_index]
        if word is not None:
            return word.started_ms
        share = token_index / max(1, len(self.tokens))
        return round(self.turn.started_ms + share * (self.turn.ended_ms - self.turn.started_ms))

    def is_doubtful(self, token_index: int) -> bool:
        word = self._heard[token_index]
        return word is not None and word.confidence < DOUBTFUL_CONFIDENCE

    def has_doubt(self, span: Span) -> bool:
        return any(self.is_doubtful(i) for i in range(span.first, span.last))

    @property
    def doubtful_count(self) -> int:
        return sum(self.is_doubtful(i) for i in range(len(self.tokens)))

    def evidence(self, span: Span) -> Evidence:
        return Evidence(turn_seq=self.turn.seq, quote=self.text_of(span), started_ms=self.started_ms(span.first))


def _align(tokens: Sequence[Token], words: Sequence[Word]) -> list[Word | None]:
    heard = [(token.word, word) for word in words for token in tokens_of(word.text)]
    if [text for text, _ in heard] == [token.word for token in tokens]:
        return [word for _, word in heard]
    aligned: list[Word | None] = [None] * len(tokens)
    matcher = SequenceMatcher(a=[token.word for token in tokens], b=[text for text, _ in heard], autojunk=False)
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            aligned[block.a + offset] = heard[block.b + offset][1]
    return aligned
