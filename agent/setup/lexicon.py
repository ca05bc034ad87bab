"""The gazetteer's phrases by their words, for finding them in what was said."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from agent.setup.sounds import closeness, sound_key, spelled_alike
from agent.setup.tokens import words_of
from prompts.setup.gazetteer import Gazetteer, Named, RoleName, load_gazetteer

Slot = Literal["role", "interview_type", "level", "technology", "tone", "count", "nothing", "idiom"]
Phrase = tuple[str, ...]
_CLOSE = 0.78
"""Closeness from which an unknown phrase is taken for a known one."""
_CLOSE_IF_SHORT = 0.88
"""The same for the shortest keys: "monkey" has the consonants of "Mongo"."""
_CLOSE_IF_WEAK = 0.9
"""The same for words that mean something else elsewhere: "Sparky" in a list of technologies."""
_CLOSE_OF_FEW = 0.6
"""The same by spelling, where it must be one of three."""
_APART = 0.1
_SHORTEST_KEY = 3
"""Shorter keys are shared by too many words."""
_MOST_LENGTH_DIFFERENCE = 3


@dataclass(frozen=True, slots=True)
class Meaning:
    slot: Slot
    value: str
    weak: bool = False
    role: RoleName | None = None


class Lexicon:
    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._meanings: dict[Phrase, list[Meaning]] = {}
        for role in gazetteer.roles:
            name = role.label or role.name or ""
            self._add(role.strong(), Meaning("role", name, role=role))
            self._add(role.weak, Meaning("role", name, weak=True, role=role))
        for slot, named in self._named().items():
            for one in named:
                self._add(_spelled(one.strong()), Meaning(slot, one.name))
                self._add(one.weak, Meaning(slot, one.name, weak=True))
        self._add(gazetteer.nothing_in_particular, Meaning("nothing", ""))
        self._add(gazetteer.idioms, Meaning("idiom", ""))
        self.longest = max(len(phrase) for phrase in self._meanings)
        self._sounding = self._by_sound()

    def _named(self) -> dict[Slot, tuple[Named, ...]]:
        known = self.gazetteer
        return {
            "technology": known.technologies,
            "level": known.levels,
            "interview_type": known.types,
            "tone": known.tones,
        }

    def meanings(self, phrase: Phrase) -> list[Meaning]:
        return self._meanings.get(phrase, [])

    def is_title(self, word: str) -> bool:
        """Whether it ends a job title ("developer")."""
        return word in self.gazetteer.titles or word in self.gazetteer.title_words

    def closest(self, words: Phrase, slot: Slot, *, least: float = _CLOSE, is_expected: bool = False) -> Meaning | None:
        """What an unknown phrase sounds like; None where nothing comes close.

        Args:
            is_expected: something of this slot must stand there, so that weak words count as well.
        """
        said, key = " ".join(words), sound_key("".join(words))
        if len(key) < _SHORTEST_KEY:
            return None
        best, found = max(least, _CLOSE_IF_SHORT) if len(key) == _SHORTEST_KEY else least, None
        for known, known_key, meaning in self._sounding.get((slot, key[0]), ()):
            if abs(len(known_key) - len(key)) > _MOST_LENGTH_DIFFERENCE or (meaning.weak and not is_expected):
                continue
            close = closeness(said, known)
            if close >= (max(best, _CLOSE_IF_WEAK) if meaning.weak else best):
                best, found = close, meaning
        return found

    def closest_of_few(self, words: Phrase, slot: Slot) -> Meaning | None:
        """What an unknown phrase is, where only a few things can be meant; None where two of them are as close."""
        said = "".join(words)
        close: dict[str, tuple[float, Meaning]] = {}
        for one in self._named()[slot]:
            least = max(spelled_alike(said, "".join(words_of(name))) for name in (one.name, *one.also))
            close[one.name] = (least, Meaning(slot, one.name))
        best, *others = sorted(close.values(), key=lambda found: -found[0])
        return best[1] if best[0] >= _CLOSE_OF_FEW and best[0] - others[0][0] >= _APART else None

    def _add(self, phrases: Iterable[str], meaning: Meaning) -> None:
        """A phrase keeps the first meaning of each slot; joined up it means the same."""
        for phrase in phrases:
            words = words_of(phrase)
            for form in dict.fromkeys((words, ("".join(words),))):
                held = self._meanings.setdefault(form, [])
                if form and not any(one.slot == meaning.slot for one in held):
                    held.append(meaning)

    def _by_sound(self) -> dict[tuple[Slot, str], list[tuple[str, str, Meaning]]]:
        found: dict[tuple[Slot, str], list[tuple[str, str, Meaning]]] = {}
        for phrase, meanings in self._meanings.items():
            key = sound_key("".join(phrase))
            for meaning in meanings:
                if len(key) >= _SHORTEST_KEY:
                    found.setdefault((meaning.slot, key[0]), []).append((" ".join(phrase), key, meaning))
        return found


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    return Lexicon(load_gazetteer())


def _spelled(phrases: Iterable[str]) -> list[str]:
    """Names in capitals can be said letter by letter."""
    found: list[str] = []
    for phrase in phrases:
        found.append(phrase)
        if phrase.isalpha() and phrase.isupper() and 2 <= len(phrase) <= 4:
            found.append(" ".join(phrase))
    return found
