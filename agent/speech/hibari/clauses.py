"""Cuts running text into the pieces that are synthesised one by one. Pure.

A sentence is the natural piece. The very first is said from its first clause on, since the listener waits for it.
"""

import re
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"""[.!?…]+["”’)\]]*(?=\s)""")
_CLAUSE_END = re.compile(r"[,;:—](?=\s)")
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "e.g", "i.e"})
_SHORTEST_CLAUSE = 12
_WHOLE_UP_TO = 60


@dataclass(frozen=True)
class Piece:
    """Text to say at once, with the blanks around it: all pieces joined are the text that came in."""

    text: str
    ends_sentence: bool


class ClauseCutter:
    """Takes text as it arrives and gives pieces as soon as they are complete."""

    def __init__(self) -> None:
        self._pending = ""
        self._first = True

    def push(self, text: str) -> list[Piece]:
        self._pending += text
        return self._cut()

    def flush(self) -> list[Piece]:
        """Give what is left, complete or not."""
        pieces = self._cut(at_end=True)
        if self._pending.strip():
            pieces.append(Piece(self._pending, ends_sentence=True))
            self._pending = ""
        return pieces

    def _cut(self, *, at_end: bool = False) -> list[Piece]:
        pieces: list[Piece] = []
        while True:
            sentence_end = self._sentence_end()
            if self._first and (clause_end := self._first_clause_end(sentence_end, at_end=at_end)) is not None:
                pieces.append(self._take(clause_end, ends_sentence=False))
            elif sentence_end is not None:
                pieces.append(self._take(sentence_end, ends_sentence=True))
            else:
                return pieces

    def _take(self, end: int, *, ends_sentence: bool) -> Piece:
        while end < len(self._pending) and self._pending[end].isspace():
            end += 1
        piece, self._pending = Piece(self._pending[:end], ends_sentence), self._pending[end:]
        self._first = False
        return piece

    def _sentence_end(self) -> int | None:
        for match in _SENTENCE_END.finditer(self._pending):
            after = self._pending[match.end() :].lstrip()
            words_before = self._pending[: match.start()].split()
            last = words_before[-1].lstrip("(\"“'‘") if words_before else ""
            abbreviated = match.group() == "." and (last.lower() in _TITLES or (len(last) == 1 and last.isupper()))
            if not abbreviated and not after[:1].islower():
                return match.end()
        return None

    def _first_clause_end(self, sentence_end: int | None, *, at_end: bool) -> int | None:
        sentence_length = sentence_end if sentence_end is not None else len(self._pending)
        if (sentence_end is not None or at_end) and sentence_length <= _WHOLE_UP_TO:
            return None
        for match in _CLAUSE_END.finditer(self._pending, 0, sentence_length):
            if match.end() >= _SHORTEST_CLAUSE:
                return match.end()
        return None
