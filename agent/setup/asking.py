"""What is said next: the question for what is missing, the read-back, or whether it is right."""

from typing import Literal

from agent.delivery.choice import Situation
from agent.setup.drafting import Drafting
from agent.setup.found import Asked
from agent.setup.heard import changed_fields
from agent.setup.read_back import ReadBack
from agent.setup.reply import Reply
from agent.setup.sayings import Sayings
from agent.setup.wording import change, summary
from storage.models.setup import SetupDraft, SetupField
from storage.models.transcript import Act

_MOST_CHANGES_READ = 2
"""More changes at once, and all of it is read again."""


class Asking:
    """`asked` is what the last question was about."""

    def __init__(self, drafting: Drafting, sayings: Sayings, read_back: ReadBack) -> None:
        self.asked: Asked = "anything"
        self.suggestion: SetupDraft | None = None
        """The draft as it were if the suggestion of the last question were taken."""
        self.misses = 0
        """Times in a row that the question wasn't answered."""
        self._drafting = drafting
        self._sayings = sayings
        self._read_back = read_back

    def begin(self) -> None:
        """As if nothing had been asked."""
        self.asked = "anything"
        self.suggestion = None
        self.misses = 0

    def next(self, lead: str, *, situation: Situation = "question", act: Act = "question") -> Reply:
        """The first thing that is missing, or the read-back."""
        missing = self._drafting.missing()
        if missing:
            if missing[0] != self.asked:
                self.misses = 0
            return self.ask(missing[0], lead, situation=situation, act=act)
        read = self._read_back.last
        if read is None:
            return self.read_all("read_back", lead=lead)
        if read == self._drafting.draft and self.asked == "confirm" and act != "repeat":
            return self.ask_to_confirm(lead)
        if read == self._drafting.draft or self.asked != "confirm":
            return self.read_all("read_again", lead=lead)
        return self.read_change("read_change", lead=lead)

    def ask(
        self,
        name: SetupField,
        lead: str,
        *,
        offering: bool = False,
        situation: Situation = "question",
        act: Act = "question",
    ) -> Reply:
        self.asked = name
        words, self.suggestion = (
            (self._sayings.offer(name), None) if offering else self._sayings.ask(name, self._drafting.draft)
        )
        return Reply(f"{lead} {words}".strip(), situation, act)

    def read_all(self, name: Literal["read_back", "read_again"], *, lead: str = "") -> Reply:
        return self._reading_out(self._sayings.line(name, summary=summary(self._drafting.draft)), lead)

    def read_change(self, name: Literal["read_change", "edited"], *, lead: str = "") -> Reply:
        """What is different from what was read; all of it where that is much."""
        changed = changed_fields(self._read_back.last or SetupDraft(), self._drafting.draft)
        if not changed:
            return self.ask_to_confirm(lead)
        if len(changed) > _MOST_CHANGES_READ:
            return self.read_all("read_again", lead=lead)
        return self._reading_out(self._sayings.line(name, change=change(changed, self._drafting.draft)), lead)

    def _reading_out(self, words: str, lead: str) -> Reply:
        self.asked = "confirm"
        self.misses = 0
        self._read_back.begin(self._drafting.draft)
        return Reply(f"{lead} {words} {self._sayings.line('ask_confirm')}".strip(), reads_back=words)

    def ask_to_confirm(self, lead: str, *, closed: bool = False) -> Reply:
        if not self._read_back.covers(self._drafting.draft):
            return self.read_all("read_back", lead=lead)
        # also where something else was asked for meanwhile, and is again as it was read
        self.asked = "confirm"
        asks = self._sayings.line("ask_yes_or_no" if closed else "ask_confirm")
        return Reply(f"{lead} {asks}".strip())
