"""What a turn says about the wanted interview, and what it makes of the draft."""

from dataclasses import dataclass, field
from typing import Any, Literal

from agent.setup.numbers import FEWEST, MOST
from storage.models.interview import InterviewType, Level, Tone
from storage.models.setup import MOST_REMARK_CHARACTERS, SETUP_FIELDS, SetupDraft, SetupField

Answer = Literal["yes", "soft_yes", "maybe", "no"]
"""Only a yes creates anything. soft_yes: "okay", which may only mean "I heard you" · maybe: with doubt."""
Wish = Literal["choose_this", "choose_all", "usual", "start_over", "stop", "repeat", "wait"]
Question = Literal["behavioral", "technical", "mixed", "so_far", "process", "other"] | SetupField
"""What somebody asks to be told: what a word means, what may be chosen for a field, what is known so far."""
Undo = Literal["all", "removal"]
"""The last correction is taken back. removal: only what it took away comes again."""
_MOST_TECHNOLOGIES = 20


@dataclass(frozen=True, slots=True)
class Slots:
    """What was said to be wanted. None: nothing was said about it."""

    role: str | None = None
    interview_type: InterviewType | None = None
    level: Level | None = None
    question_count: int | None = None
    technologies: tuple[str, ...] | None = None
    """Empty: none in particular."""
    tone: Tone | None = None

    def fields(self) -> frozenset[SetupField]:
        named: dict[SetupField, object] = {
            "role": self.role,
            "interview_type": self.interview_type,
            "level": self.level,
            "question_count": self.question_count,
            "technologies": self.technologies,
            "tone": self.tone,
        }
        return frozenset(name for name, value in named.items() if value is not None)


@dataclass(frozen=True, slots=True)
class Heard:
    text: str = ""
    slots: Slots = field(default_factory=Slots)
    taken_back: frozenset[SetupField] = frozenset()
    """No longer wanted as it is, with nothing in its place."""
    removed: tuple[str, ...] = ()
    """Technologies."""
    replaces: bool = False
    """The technologies named are all that are wanted."""
    adds: bool = False
    """What is named comes on top of something ("also", "plus")."""
    count_change: int = 0
    """So many more questions, or fewer."""
    count_outside: int | None = None
    """A number of questions that no interview has."""
    remark: str | None = None
    """Something to keep that no field is for: a company, a worry."""
    answer: Answer | None = None
    question: Question | None = None
    wish: Wish | None = None
    undoes: Undo | None = None
    small_talk: Literal["greeting", "thanks"] | None = None
    filler: bool = False
    """Only "um" and the like."""
    unexplained: int = 0
    """Words that mean something and were not understood."""

    @property
    def agrees(self) -> bool:
        """Enough to take a suggestion."""
        return self.answer in ("yes", "soft_yes", "maybe")

    @property
    def says_something(self) -> bool:
        """Whether anything in it was understood."""
        return bool(self.changes or self.answer or self.question or self.wish or self.small_talk or self.undoes)

    @property
    def changes(self) -> bool:
        """Whether it is about the draft."""
        return bool(
            self.slots.fields()
            or self.taken_back
            or self.removed
            or self.count_change
            or self.count_outside is not None
            or self.remark
        )


def apply(heard: Heard, draft: SetupDraft) -> SetupDraft:
    """The draft with everything that the turn says about it."""
    slots = heard.slots
    values: dict[str, Any] = draft.model_dump()
    for name in heard.taken_back:
        values[name] = None
    for name in slots.fields() - {"technologies"}:
        values[name] = getattr(slots, name)
    if heard.count_change and draft.question_count is not None:
        values["question_count"] = max(FEWEST, min(MOST, draft.question_count + heard.count_change))
    values["technologies"] = _technologies(heard, values["technologies"])
    if heard.remark:
        values["remarks"] = with_remark(draft.remarks, heard.remark)
    return SetupDraft.model_validate(values)


def with_remark(known: str | None, remark: str) -> str:
    return (f"{known}\n{remark}" if known else remark)[:MOST_REMARK_CHARACTERS]


def _technologies(heard: Heard, known: list[str] | None) -> list[str] | None:
    named, removed = heard.slots.technologies, {name.casefold() for name in heard.removed}
    if named == ():
        return []
    kept = [name for name in known or [] if name.casefold() not in removed]
    if named is None:
        # what was taken away without anything in its place is asked for again
        return None if known is None or (known and not kept) else kept
    base = [] if heard.replaces else kept
    both: dict[str, str] = {}
    for name in (*base, *named):
        both.setdefault(name.casefold(), name)
    return list(both.values())[:_MOST_TECHNOLOGIES]


def changed_fields(before: SetupDraft, after: SetupDraft) -> list[SetupField]:
    """The fields in which two drafts differ, in the order of the model."""
    return [name for name in SETUP_FIELDS if getattr(before, name) != getattr(after, name)]
