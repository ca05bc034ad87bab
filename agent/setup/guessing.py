"""What only sounds like something known: names that a recogniser doesn't know, in the parts that it makes of them."""

from itertools import pairwise

from agent.setup.found import FIELD_OF, Asked, Found, Mention
from agent.setup.lexicon import Slot, load_lexicon

_LONGEST_GUESS = 3
_OF_FEW: tuple[Slot, ...] = ("level", "interview_type", "tone")
_FEWEST_LETTERS = 5
_TAKES_AWAY = frozenset({"drop", "remove", "delete", "without"})
_ALIKE = 0.9
"""Closeness from which two known names are one."""


def add_guesses(found: Found, asked: Asked) -> None:
    """Adds the mentions that the words which mean nothing by themselves sound like."""
    guessing = _Guessing(found, asked)
    guessing.join_parts()
    guessing.guess()
    guessing.guess_of_few()


class _Guessing:
    def __init__(self, found: Found, asked: Asked) -> None:
        self._found = found
        self._asked = asked
        self._lexicon = load_lexicon()

    def join_parts(self) -> None:
        """ "Post gray sequel": two names in a row are one where they sound like one."""
        for one, other in pairwise(self._found.of("technology")):
            if one.end != other.start or self._found.tokens[other.start].before or one not in self._found.mentions:
                continue
            words = tuple(self._found.word(place) for place in range(one.start, other.end))
            meaning = self._lexicon.closest(words, "technology", least=_ALIKE)
            if meaning is not None and meaning.value != other.value and other.value in meaning.value:
                self._found.mentions.remove(one)
                self._found.mentions.remove(other)
                self._found.add(Mention("technology", meaning.value, one.start, other.end, meaning))

    def guess(self) -> None:
        at = 0
        while at < len(self._found.tokens):
            at = self._guess_at(at) or at + 1

    def guess_of_few(self) -> None:
        """ "Junief.": the whole answer to a question with three answers, and nothing that is known."""
        slot: Slot | None = next((slot for slot in _OF_FEW if FIELD_OF[slot] == self._asked), None)
        words = tuple(token.word for token in self._found.tokens)
        if slot is None or self._found.mentions or not 0 < len(words) <= _LONGEST_GUESS:
            return
        if self._is_everyday(words, 0) or len("".join(words)) < _FEWEST_LETTERS:
            return
        if (meaning := self._lexicon.closest_of_few(words, slot)) is not None:
            self._found.add(Mention(slot, meaning.value, 0, len(words), meaning))

    def _guess_at(self, at: int) -> int | None:
        """The end of what was taken for something known."""
        if (longer := self._guess_longer(at)) is not None:
            return longer
        for length in range(min(_LONGEST_GUESS, len(self._found.tokens) - at), 0, -1):
            places = range(at, at + length)
            words = tuple(self._found.word(place) for place in places)
            if any(place in self._found.used for place in places) or self._is_everyday(words, at):
                continue
            for slot in self._guessable(at, at + length):
                is_expected = slot == "technology" and self._is_expected(at, at + length)
                if (meaning := self._lexicon.closest(words, slot, is_expected=is_expected)) is not None:
                    self._found.add(Mention(slot, meaning.value, at, at + length, meaning))
                    return at + length
        return None

    def _guess_longer(self, at: int) -> int | None:
        """ "React naitive": a known name is only the beginning of the one that was said."""
        before = self._found.at(at - 1)
        is_rest = before is not None and before.slot == "technology" and at not in self._found.used
        if (
            before is None
            or not is_rest
            or self._is_everyday((self._found.word(at),), at)
            or self._found.tokens[at].before
        ):
            return None
        words = tuple(self._found.word(place) for place in range(before.start, at + 1))
        meaning = self._lexicon.closest(words, "technology")
        if meaning is None or meaning.value == before.value:
            return None
        self._found.mentions.remove(before)
        self._found.add(Mention("technology", meaning.value, before.start, at + 1, meaning))
        return at + 1

    def _is_everyday(self, words: tuple[str, ...], at: int) -> bool:
        everyday, titles = self._lexicon.gazetteer.everyday, self._lexicon.is_title
        edge = words[0] in everyday or words[-1] in everyday
        broken = any(self._found.tokens[at + n].before for n in range(1, len(words)))
        return edge or broken or any(titles(word) or word.isdigit() for word in words)

    def _guessable(self, start: int, end: int) -> list[Slot]:
        if self._asked == "role" and self._found.word(start - 1) in ("in", "at", "from"):
            # "zookeeper in Canada"
            return []
        if self._asked in ("role", "level", "interview_type", "tone"):
            # what was named plainly needs no guess: of "mid, I have to catch a train" nobody is a trainee
            return [slot for slot, name in FIELD_OF.items() if name == self._asked and not self._found.of(slot)]
        before = self._found.word(start - 1)
        cued = before in self._lexicon.gazetteer.beside["technology"] or before in _TAKES_AWAY
        return ["technology"] if cued or self._is_expected(start, end) else []

    def _is_expected(self, start: int, end: int) -> bool:
        """Whether a technology must stand there."""
        return self._asked == "technologies" or self._found.in_a_list(start, end, "technology")
