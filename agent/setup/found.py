"""What was named, and where: the mentions of a turn and the words that they account for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from agent.setup.lexicon import Meaning, Slot
from agent.setup.tokens import Token
from storage.models.setup import SetupField

Asked = SetupField | Literal["anything", "confirm", "stop"]
"""What the last question was about: a field, everything at the beginning, whether to create, whether to stop."""

FIELD_OF: dict[Slot, SetupField] = {
    "role": "role",
    "interview_type": "interview_type",
    "level": "level",
    "technology": "technologies",
    "nothing": "technologies",
    "tone": "tone",
    "count": "question_count",
}
JOINING = frozenset(
    (  # noqa: SIM905  # a list of words reads better as a line of them
        "and or with plus also maybe then as well um uh nor perhaps to for by into instead of rather than not "
        "a lot lots bit little some plenty loads tons mostly mainly"
    ).split()
)
_MOST_JOINING = 4


@dataclass(frozen=True, slots=True)
class Mention:
    slot: Slot
    value: str
    start: int
    end: int
    meaning: Meaning


@dataclass(slots=True)
class Found:
    """The mentions in order, and which words they account for."""

    tokens: Sequence[Token]
    mentions: list[Mention] = field(default_factory=list[Mention])
    used: set[int] = field(default_factory=set[int])

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)
        self.mentions.sort(key=lambda one: one.start)
        self.use(mention.start, mention.end)

    def use(self, start: int, end: int) -> None:
        self.used.update(range(start, end))

    def of(self, slot: Slot) -> list[Mention]:
        return [mention for mention in self.mentions if mention.slot == slot]

    def at(self, place: int) -> Mention | None:
        return next((mention for mention in self.mentions if mention.start <= place < mention.end), None)

    def word(self, place: int) -> str:
        return self.tokens[place].word if 0 <= place < len(self.tokens) else ""

    def words(self, start: int, end: int) -> tuple[str, ...]:
        return tuple(self.word(place) for place in range(start, end))

    def is_break(self, place: int) -> bool:
        """Whether a part ends right before this place: with a mark, or with the turn."""
        return place >= len(self.tokens) or bool(self.tokens[place].before)

    def sentence_begins(self, place: int) -> int:
        """Where the sentence begins in which a word stands."""
        return max((at for at in range(1, place + 1) if self.tokens[at].before == "."), default=0)

    def in_a_list(self, start: int, end: int, slot: Slot, *, said: bool = False) -> bool:
        """Whether what stands there is joined to a mention of that slot.

        Args:
            said: only by a word such as "and", and not by a mark.
        """
        return any(
            self._joined(mention.end, start, said=said) or self._joined(end, mention.start, said=said)
            for mention in self.of(slot)
        )

    def _joined(self, end: int, start: int, *, said: bool) -> bool:
        between = [self.word(place) for place in range(end, start)]
        is_near = end <= start and len(between) <= _MOST_JOINING and (bool(between) or not said)
        return is_near and all(word in JOINING for word in between)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known phrase, and what it may mean."""

    start: int
    end: int
    meanings: list[Meaning]

    def may_be(self, slot: Slot) -> bool:
        return any(meaning.slot == slot for meaning in self.meanings)
