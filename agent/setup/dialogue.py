"""The conversation about the wanted interview: what is asked next, and when something is created.

A state machine without a clock and without a voice. It asks for one missing field at a time, reads everything back, and
lets an interview be created only when the draft as it stands was read out to the end and a clear yes came after that.
"""

from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from agent.delivery.choice import Situation
from agent.setup.heard import Heard, apply, changed_fields
from agent.setup.mentions import Asked
from agent.setup.suggestions import (
    default_for,
    is_technical,
    suggested_role,
    suggested_technologies,
    with_default,
)
from agent.setup.wording import change, listed, noted, so_far, summary
from prompts.lines import Lines
from prompts.setup.lines import SetupLineName
from storage.models.setup import NEEDED_FIELDS, SetupDraft, SetupField
from storage.models.transcript import Act

Step = Literal["listen", "create", "leave"]
_MOST_CHANGES_READ = 2
"""More changes at once, and all of it is read again."""
_MOST_SILENCES = 3
_HEARD_SHARE = 0.95
"""Of a read-back's words: then it counts as read, though somebody spoke into its last one."""
_MOST_UNEXPLAINED_IN_A_YES = 1
"""Who says yes and much that nobody understood may have wanted something else, too."""
_ASK: dict[SetupField, SetupLineName] = {
    "role": "ask_role",
    "interview_type": "ask_interview_type",
    "level": "ask_level",
    "question_count": "ask_question_count",
    "technologies": "ask_technologies",
}
_OFFER: dict[SetupField, SetupLineName] = {
    "role": "offer_role",
    "interview_type": "offer_interview_type",
    "level": "offer_level",
    "question_count": "offer_question_count",
    "technologies": "offer_technologies",
}
_EXPLAIN: dict[str, SetupLineName] = {
    "behavioral": "explain_behavioral",
    "technical": "explain_technical",
    "mixed": "explain_mixed",
    "interview_type": "explain_interview_type",
    "level": "explain_level",
    "question_count": "explain_question_count",
    "technologies": "explain_technologies",
    "tone": "explain_tone",
    "role": "explain_role",
    "process": "explain_process",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What the assistant does next. No text: it says nothing and goes on listening."""

    text: str = ""
    situation: Situation = "question"
    act: Act = "question"
    step: Step = "listen"
    reads_back: str = ""
    """The part of `text` that tells what is to be created."""


class SetupDialogue:
    """One conversation. `draft` is what is known; whoever runs it stores each change.

    Args:
        resumed: an earlier job has greeted already.
    """

    def __init__(
        self,
        draft: SetupDraft,
        *,
        name: str,
        lines: Lines[SetupLineName],
        rng: Random | None = None,
        resumed: bool = False,
    ) -> None:
        self.draft = draft
        self.asked: Asked = "anything"
        self._name = name
        self._lines = lines
        self._rng = rng or Random()
        self._resumed = resumed
        self._said: dict[SetupLineName, str] = {}
        self._suggestion: SetupDraft | None = None
        """The draft as it were if the suggestion of the last question were taken."""
        self._assumed: set[SetupField] = set()
        """Fields that nobody named: technologies where none are to be expected."""
        self._misses = 0
        """Times in a row that the question wasn't answered."""
        self._silences = 0
        self._is_closed = False
        """The last question was the one that only yes or no answers."""
        self._read: SetupDraft | None = None
        """What was read out to the end."""
        self._reading: SetupDraft | None = None
        """What is being read out."""
        self._before_stop: Asked = "anything"
        self._last = Reply()

    # -- what happens

    def open(self) -> Reply:
        if self._resumed:
            return self._keep(self._next(self._line("go_on")))
        if self.draft == SetupDraft():
            return self._keep(Reply(self._line("greeting", name=self._name), "greeting", "greeting"))
        return self._keep(self._next(self._line("taken_up", name=self._name), situation="greeting", act="greeting"))

    def heard(self, heard: Heard) -> Reply:
        """The candidate's turn."""
        self._silences = 0
        if self.asked == "stop":
            return self._keep(self._after_stop_question(heard))
        if heard.wish == "stop":
            return self._keep(self._ask_whether_to_stop())
        if heard.wish == "wait" or (heard.filler and not self._agrees(heard)):
            return Reply()
        if heard.wish == "repeat":
            self._reading = self.draft if self._last.reads_back else None
            return self._keep(replace(self._last, situation="repeat", act="repeat"))
        before = self.draft
        self._understand(heard)
        changed = changed_fields(before, self.draft)
        if heard.question is not None:
            return self._keep(self._explain(heard, changed))
        if self.asked == "confirm" and not changed and heard.count_outside is None:
            return self._keep(self._after_read_back(heard))
        return self._keep(self._go_on(heard, changed))

    def adopt(self, draft: SetupDraft) -> list[SetupField]:
        """Takes over what was changed by hand, and says which fields those are. The next reply heeds it."""
        changed = changed_fields(self.draft, draft)
        self.draft = draft
        self._assumed -= set(changed)
        return changed

    def edited(self, draft: SetupDraft) -> Reply | None:
        """Somebody changed the draft by hand, and says nothing. None: there is nothing to say about it now."""
        changed = self.adopt(draft)
        if not changed:
            return None
        if self.asked == "confirm":
            if self.draft.missing():
                return self._keep(self._next(""))
            if self._read is None or self._read == self.draft:
                return self._keep(self._ask_to_confirm(""))
            return self._keep(self._read_change("edited"))
        if self.asked == "stop" or (self.asked in self.draft.missing()):
            return None
        if self.asked == "anything" and self.draft.missing():
            return None
        return self._keep(self._next(""))

    def silent(self) -> Reply:
        """Nobody said anything for a while."""
        self._silences += 1
        if self.asked == "stop" or self._silences >= _MOST_SILENCES:
            return self._keep(self._leave())
        if self.asked == "confirm":
            return self._keep(self._ask_to_confirm(self._line("still_there"), closed=True))
        if self.asked == "anything":
            return self._keep(self._next(""))
        lead = self._line("still_there") if self._silences == 1 else ""
        return self._keep(self._ask(self.asked, lead, offering=self._silences > 1, situation="silence"))

    def unclear(self) -> Reply:
        """Somebody spoke, and the recogniser made nothing of it."""
        self._silences = 0
        return Reply(self._line("not_heard"), "not_heard", "nudge")

    def returned(self) -> Reply:
        """The candidate was away and is back."""
        lead = self._line("resume_after_reconnect")
        if self.asked == "confirm":
            return self._keep(self._next(lead, situation="welcome_back", act="repeat"))
        if self.asked == "stop":
            self.asked = self._before_stop
        return self._keep(self._next(lead, situation="welcome_back", act="repeat"))

    def spoken(self, heard_text: str, *, interrupted: bool) -> None:
        """How much of the last reply was heard: what wasn't read to the end isn't read."""
        if self._reading is None:
            return
        wanted, got = len(self._last.reads_back.split()), len(heard_text.split())
        start = len(self._last.text.partition(self._last.reads_back)[0].split())
        if not interrupted or got - start >= wanted * _HEARD_SHARE:
            self._read = self._reading
        self._reading = None

    def created(self) -> Reply:
        return Reply(self._line("created", name=self._name), "closing", "closing", "leave")

    def not_created(self) -> Reply:
        """It couldn't be stored now. The next yes tries again."""
        self._is_closed = True
        return self._keep(Reply(self._line("not_created"), "not_heard", "nudge"))

    @property
    def may_create(self) -> bool:
        """The draft as it stands was read out."""
        return self._read is not None and self._read == self.draft and not self.draft.missing()

    # -- what a turn makes of the draft

    def _understand(self, heard: Heard) -> None:
        suggestion, asked = self._suggestion, self.asked
        before = self.draft
        self.draft = apply(heard, self.draft)
        self._assumed -= heard.slots.fields()
        if heard.wish == "choose_all":
            self._fill(self.draft.missing())
        elif heard.wish == "usual":
            self._fill([name for name in self.draft.missing() if name != "role" or asked == "role"])
        elif heard.wish == "choose_this" and asked == "anything" and self.draft == before:
            self._fill(self.draft.missing())
        elif asked in NEEDED_FIELDS and asked in self.draft.missing():
            if heard.wish == "choose_this":
                self.draft = self._suggested(asked, suggestion)
            elif suggestion is not None and self._agrees(heard) and not heard.changes:
                self.draft = self._suggested(asked, suggestion)
            elif asked == "technologies" and suggestion is None and heard.answer == "no" and not heard.changes:
                self.draft = self.draft.model_copy(update={"technologies": []})
        self._assume()

    def _suggested(self, asked: SetupField, suggestion: SetupDraft | None) -> SetupDraft:
        if suggestion is None:
            return with_default(asked, self.draft)
        return self.draft.model_copy(update={asked: getattr(suggestion, asked)})

    def _agrees(self, heard: Heard) -> bool:
        return heard.answer in ("yes", "soft_yes")

    def _fill(self, names: list[SetupField]) -> None:
        for name in names:
            self.draft = with_default(name, self.draft)

    def _assume(self) -> None:
        """No technologies where nobody would expect any, until that changes."""
        draft = self.draft
        needs_none = draft.interview_type == "behavioral" or (draft.role is not None and not is_technical(draft.role))
        if needs_none and draft.technologies is None:
            self._assumed.add("technologies")
            self.draft = draft.model_copy(update={"technologies": []})
        elif not needs_none and "technologies" in self._assumed and draft.technologies == []:
            self._assumed.discard("technologies")
            self.draft = draft.model_copy(update={"technologies": None})

    # -- what is said

    def _go_on(self, heard: Heard, changed: list[SetupField]) -> Reply:
        """After a turn that was an answer, or wasn't understood."""
        if heard.count_outside is not None and "question_count" not in changed:
            self._misses = 0
            self.draft = self.draft.model_copy(update={"question_count": None})
            return self._ask("question_count", f"{self._line('count_limit')} {self._note(changed)}".strip())
        told = [name for name in changed if name != "job_description"]
        if changed or heard.taken_back:
            self._misses = 0
            if self._read is not None and not self.draft.missing():
                return self._read_change("read_change")
            chosen = heard.wish in ("choose_this", "choose_all", "usual")
            lead = self._note(told, chosen=chosen)
            if heard.remark:
                lead = f"{lead} {self._line('remark_noted')}".strip()
            return self._next(lead)
        if heard.small_talk is not None and not heard.unexplained:
            return self._next(self._line("hello" if heard.small_talk == "greeting" else "thanks"))
        if heard.slots.fields():
            # what was known already
            return self._next("")
        return self._missed(heard)

    def _missed(self, heard: Heard) -> Reply:
        """The question wasn't answered: choices the second time, and a proposal the third."""
        self._misses += 1
        if self.asked not in NEEDED_FIELDS:
            return self._next(self._line("not_understood") if not heard.answer else "")
        if heard.answer == "no":
            return self._ask(self.asked, "", offering=True)
        if self._misses == 1:
            return self._ask(self.asked, self._line("not_understood"), situation="not_heard")
        if self._misses == 2:
            return self._ask(self.asked, self._line("not_understood"), offering=True, situation="not_heard")
        name = self.asked
        self.draft = self._suggested(name, self._suggestion)
        self._assume()
        self._misses = 0
        return self._next(self._line("proposed", noted=noted([name], self.draft)))

    def _after_read_back(self, heard: Heard) -> Reply:
        """Nothing changed: it is right, or isn't, or nobody knows."""
        if not self.may_create:
            return self._next("")
        is_plain = heard.unexplained <= _MOST_UNEXPLAINED_IN_A_YES
        agreed = (heard.answer == "yes" and is_plain) or (heard.answer == "soft_yes" and self._is_closed)
        if agreed and not heard.removed and not heard.taken_back:
            return Reply(step="create")
        if heard.answer == "no":
            self._is_closed = False
            return Reply(self._line("ask_what_to_change"), "question", "question")
        if heard.answer in ("yes", "soft_yes") or heard.small_talk == "thanks":
            return self._ask_to_confirm("", closed=True)
        if heard.says_something:
            return self._ask_to_confirm("")
        return self._ask_to_confirm(self._line("not_understood"), closed=True)

    def _explain(self, heard: Heard, changed: list[SetupField]) -> Reply:
        question = heard.question
        if question == "so_far":
            if self._is_complete():
                return self._read_all("read_back")
            known = so_far(self.draft)
            lead = self._line("so_far", summary=known) if known else self._line("so_far_nothing")
        else:
            lead = self._line(_EXPLAIN.get(question or "", "cannot_say"))
        self._misses = 0
        if self._is_complete() and self._read is not None and self._read != self.draft:
            return self._read_change("read_change", lead=lead)
        if self.asked == "confirm" and self.may_create:
            return self._ask_to_confirm(lead)
        note = self._note([name for name in changed if name != "job_description"])
        return self._next(f"{note} {lead}".strip())

    def _next(self, lead: str, *, situation: Situation = "question", act: Act = "question") -> Reply:
        """The first thing that is missing, or the read-back."""
        missing = self.draft.missing()
        if missing:
            if missing[0] != self.asked:
                self._misses = 0
            return self._ask(missing[0], lead, situation=situation, act=act)
        if self._read is None:
            return self._read_all("read_back", lead=lead)
        if self._read == self.draft and self.asked == "confirm" and act != "repeat":
            return self._ask_to_confirm(lead)
        if self._read == self.draft or self.asked != "confirm":
            return self._read_all("read_again", lead=lead)
        return self._read_change("read_change", lead=lead)

    def _ask(
        self,
        name: SetupField,
        lead: str,
        *,
        offering: bool = False,
        situation: Situation = "question",
        act: Act = "question",
    ) -> Reply:
        self.asked = name
        self._is_closed = False
        self._suggestion = None
        if offering:
            asks = self._line(_OFFER[name])
        elif (suggestion := self._suggestion_for(name)) is not None:
            self._suggestion = self.draft.model_copy(update={name: suggestion})
            asks = self._suggesting(name, suggestion)
        else:
            asks = self._line(_ASK[name])
        return Reply(f"{lead} {asks}".strip(), situation, act)

    def _suggestion_for(self, name: SetupField) -> object | None:
        """None where "yes" would be no answer."""
        if name == "role":
            return suggested_role(self.draft)
        if name == "technologies":
            return suggested_technologies(self.draft) or None
        return default_for(name, self.draft) if name != "interview_type" else "mixed"

    def _suggesting(self, name: SetupField, suggestion: object) -> str:
        if name == "role":
            return self._line("ask_role_suggested", suggestion=str(suggestion))
        if name == "technologies":
            return self._line("ask_technologies_suggested", suggestion=listed(suggested_technologies(self.draft)))
        return self._line(_ASK[name])

    def _read_all(self, name: Literal["read_back", "read_again"], *, lead: str = "") -> Reply:
        return self._reading_out(self._line(name, summary=summary(self.draft)), lead)

    def _read_change(self, name: Literal["read_change", "edited"], *, lead: str = "") -> Reply:
        """What is different from what was read; all of it where that is much."""
        changed = changed_fields(self._read or SetupDraft(), self.draft)
        if not changed:
            return self._ask_to_confirm(lead)
        if len(changed) > _MOST_CHANGES_READ:
            return self._read_all("read_again", lead=lead)
        return self._reading_out(self._line(name, change=change(changed, self.draft)), lead)

    def _reading_out(self, words: str, lead: str) -> Reply:
        self.asked = "confirm"
        self._is_closed = False
        self._misses = 0
        self._reading = self.draft
        text = f"{lead} {words} {self._line('ask_confirm')}".strip()
        return Reply(text, "question", "question", reads_back=words)

    def _ask_to_confirm(self, lead: str, *, closed: bool = False) -> Reply:
        if not self.may_create:
            return self._read_all("read_back", lead=lead)
        self._is_closed = closed
        asks = self._line("ask_yes_or_no" if closed else "ask_confirm")
        return Reply(f"{lead} {asks}".strip(), "question", "question")

    def _ask_whether_to_stop(self) -> Reply:
        self._before_stop = self.asked
        self.asked = "stop"
        return Reply(self._line("confirm_stop"), "confirm_stop", "transition")

    def _after_stop_question(self, heard: Heard) -> Reply:
        if not heard.changes and (self._agrees(heard) or heard.wish == "stop" or heard.filler):
            return self._leave()
        self.asked = self._before_stop
        before = self.draft
        self._understand(heard)
        changed = changed_fields(before, self.draft)
        lead = self._line("stop_not_confirmed")
        return self._next(f"{lead} {self._note([name for name in changed if name != 'job_description'])}".strip())

    def _leave(self) -> Reply:
        return Reply(self._line("stopped", name=self._name), "closing", "closing", "leave")

    def _note(self, changed: list[SetupField], *, chosen: bool = False) -> str:
        words = noted(changed, self.draft)
        return self._line("chosen" if chosen else "noted", noted=words) if words else ""

    def _is_complete(self) -> bool:
        return not self.draft.missing()

    def _line(self, name: SetupLineName, /, **variables: str) -> str:
        """A line in one of its variants, never the same twice running."""
        text = self._lines.pick(name, self._rng, avoid=self._said.get(name), **variables)
        self._said[name] = text
        return text[:1].upper() + text[1:]

    def _keep(self, reply: Reply) -> Reply:
        """Remembers what was said last, for a repeat."""
        if reply.text:
            self._last = reply
        return reply
