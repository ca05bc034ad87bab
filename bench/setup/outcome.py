"""What came of one conversation by voice, judged from what was said and what is stored."""

from dataclasses import dataclass, field
from typing import Any, Literal

from bench.setup.judging import names_every_field, says_yes, wrong_fields
from bench.setup.sets import Script
from storage.models.setup import NEEDED_FIELDS, SetupDraft


@dataclass
class Said:
    who: Literal["assistant", "candidate"]
    words: str
    heard: str = ""
    """Of the candidate's words, what the recogniser made of them."""
    heard_from: int = 0
    """How many captions of the candidate's were there before."""


@dataclass
class Outcome:
    script: Script
    voice: str
    draft: SetupDraft
    end: str
    said: list[Said] = field(default_factory=list[Said])
    interview: dict[str, Any] | None = None
    """As the API gives it."""
    problem: str = ""

    @property
    def turns(self) -> int:
        """Of the candidate."""
        return sum(one.who == "candidate" for one in self.said)

    @property
    def wrong(self) -> list[str]:
        return wrong_fields(self.script, self.draft)

    @property
    def is_right(self) -> bool:
        tone = self.script.tone is None or self.script.tone == self.draft.tone
        return self.end == self.script.end and not self.wrong and tone

    @property
    def was_read_back(self) -> bool:
        """Whether the assistant had said every field of what was created before the candidate's last words."""
        last = max((place for place, one in enumerate(self.said) if one.who == "candidate"), default=0)
        return names_every_field(self.draft, " ".join(one.words for one in self.said[:last] if one.who == "assistant"))

    @property
    def was_agreed(self) -> bool:
        """Whether the candidate's last words say yes."""
        last = next((one for one in reversed(self.said) if one.who == "candidate"), None)
        return last is not None and says_yes(self.script, last.words)

    @property
    def is_stored(self) -> bool:
        """Whether the interview that was made is the one of the draft."""
        if self.interview is None:
            return False
        made = {name: self.interview[name] for name in NEEDED_FIELDS}
        return made == self.draft.model_dump(include=set(NEEDED_FIELDS))

    def details(self) -> dict[str, Any]:
        """For the samples on disk."""
        return {
            "voice": self.voice,
            "end": self.end,
            "wrong": self.wrong,
            "turns": self.turns,
            "read_back": self.was_read_back,
            "agreed": self.was_agreed,
            "stored": self.is_stored,
            "created": self.interview is not None,
            "problem": self.problem,
            "draft": self.draft.model_dump(exclude_none=True),
            "said": [[one.who, one.words, *([one.heard] if one.who == "candidate" else [])] for one in self.said],
        }
