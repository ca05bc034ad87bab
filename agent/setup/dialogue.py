"""The conversation about the wanted interview: what is asked next, and when something is created.

A state machine without a clock and without a voice. It asks for one missing field at a time, reads everything back, and
lets an interview be created only when the draft as it stands was read out to the end and a clear yes came after that.
"""

from dataclasses import replace
from random import Random

from agent.setup.asking import Asking
from agent.setup.drafting import Drafting
from agent.setup.found import Asked
from agent.setup.heard import Heard
from agent.setup.read_back import ReadBack
from agent.setup.reply import Reply
from agent.setup.sayings import Sayings
from agent.setup.wording import noted, so_far
from prompts.lines import Lines
from prompts.setup.lines import SetupLineName
from storage.models.setup import NEEDED_FIELDS, SetupDraft, SetupField

_MOST_SILENCES = 3
_MOST_UNEXPLAINED_IN_A_YES = 1
"""Who says yes and much that nobody understood may have wanted something else, too."""


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
        self._drafting = Drafting(draft)
        self._sayings = Sayings(lines, rng or Random())
        self._name = name
        self._resumed = resumed
        self._silences = 0
        self._read_back = ReadBack()
        self._asking = Asking(self._drafting, self._sayings, self._read_back)
        self._before_stop: Asked = "anything"
        self._last = Reply()

    @property
    def draft(self) -> SetupDraft:
        return self._drafting.draft

    @property
    def asked(self) -> Asked:
        """What the last question was about."""
        return self._asking.asked

    @property
    def may_create(self) -> bool:
        """The draft as it stands was read out."""
        return self._read_back.covers(self.draft)

    # -- what happens

    def open(self) -> Reply:
        line = self._sayings.line
        if self._resumed:
            return self._keep(self._asking.next(line("go_on")))
        if self.draft == SetupDraft():
            return self._keep(Reply(line("greeting", name=self._name), "greeting", "greeting"))
        return self._keep(self._asking.next(line("taken_up", name=self._name), situation="greeting", act="greeting"))

    def heard(self, heard: Heard) -> Reply:
        """The candidate's turn."""
        self._silences = 0
        if self.asked == "stop":
            return self._keep(self._after_stop_question(heard))
        if heard.wish == "stop":
            return self._keep(self._ask_whether_to_stop())
        if heard.wish == "wait" or (heard.filler and not heard.agrees):
            return Reply()
        if heard.wish == "repeat":
            self._read_back.again()
            return self._keep(replace(self._last, situation="repeat", act="repeat"))
        if heard.wish == "start_over":
            self._forget_all()
            if not heard.changes:
                return self._keep(Reply(self._sayings.line("start_over")))
        others_asked_for = self.asked == "technologies" and self._drafting.asks_for_others
        changed = self._drafting.take(heard, self.asked, self._asking.suggestion)
        if others_asked_for and not self._drafting.asks_for_others:
            # "no", "just that" and what nobody understood are the same: it is all read back anyway
            return self._keep(self._asking.next(self._sayings.note(changed, self.draft)))
        if heard.question is not None:
            return self._keep(self._explain(heard, changed))
        if self.asked == "confirm" and not changed and heard.count_outside is None:
            return self._keep(self._after_read_back(heard))
        return self._keep(self._go_on(heard, changed))

    def adopt(self, draft: SetupDraft) -> list[SetupField]:
        """Takes over what was changed by hand, and says which fields those are. The next reply heeds it."""
        return self._drafting.adopt(draft)

    def edited(self, draft: SetupDraft) -> Reply | None:
        """Somebody changed the draft by hand, and says nothing. None: there is nothing to say about it now."""
        if not self.adopt(draft):
            return None
        if self.asked == "confirm":
            if not self._is_complete:
                return self._keep(self._asking.next(""))
            if self._read_back.last is None or self._read_back.last == self.draft:
                return self._keep(self._asking.ask_to_confirm(""))
            return self._keep(self._asking.read_change("edited"))
        is_open = self.asked == "anything" and not self._is_complete
        if self.asked == "stop" or is_open or self.asked in self._drafting.missing():
            return None
        return self._keep(self._asking.next(""))

    def silent(self) -> Reply:
        """Nobody said anything for a while."""
        self._silences += 1
        if self.asked == "stop" or self._silences >= _MOST_SILENCES:
            return self._keep(self._leave())
        if self.asked == "confirm":
            return self._keep(self._asking.ask_to_confirm(self._sayings.line("still_there"), closed=True))
        if self.asked == "anything":
            return self._keep(self._asking.next(""))
        lead = self._sayings.line("still_there") if self._silences == 1 else ""
        return self._keep(self._asking.ask(self.asked, lead, offering=self._silences > 1, situation="silence"))

    def unclear(self) -> Reply:
        """Somebody spoke, and the recogniser made nothing of it."""
        self._silences = 0
        return Reply(self._sayings.line("not_heard"), "not_heard", "nudge")

    def returned(self, cut_off: Heard | None = None) -> Reply:
        """The candidate was away and is back.

        Args:
            cut_off: what they were saying when they left. What it names is kept, since all of it is read back; it
                agrees to nothing and takes nothing back.
        """
        if cut_off is not None and self.asked not in ("stop", "confirm"):
            self._drafting.take(Heard(slots=cut_off.slots), self.asked, self._asking.suggestion)
        if self.asked == "stop":
            self._asking.asked = self._before_stop
        lead = self._sayings.line("resume_after_reconnect")
        return self._keep(self._asking.next(lead, situation="welcome_back", act="repeat"))

    def spoken(self, heard_text: str, *, interrupted: bool) -> None:
        """How much of the last reply was heard: what wasn't read to the end isn't read."""
        self._read_back.spoken(self._last, heard_text, interrupted=interrupted)

    def created(self) -> Reply:
        return Reply(self._sayings.line("created", name=self._name), "closing", "closing", "leave")

    def not_created(self) -> Reply:
        """It couldn't be stored now. The next yes tries again."""
        return self._keep(Reply(self._sayings.line("not_created"), "not_heard", "nudge"))

    # -- after a turn

    def _go_on(self, heard: Heard, changed: list[SetupField]) -> Reply:
        """It was an answer, or wasn't understood."""
        line = self._sayings.line
        if heard.count_outside is not None and "question_count" not in changed:
            self._drafting.forget("question_count")
            return self._asking.ask(
                "question_count", f"{line('count_limit')} {self._sayings.note(changed, self.draft)}".strip()
            )
        if changed or heard.taken_back:
            self._asking.misses = 0
            if self._read_back.last is not None and self._is_complete:
                return self._asking.read_change("read_change")
            chosen = heard.wish in ("choose_this", "choose_all", "usual")
            lead = self._sayings.note(changed, self.draft, chosen=chosen)
            return self._asking.next(f"{lead} {line('remark_noted')}".strip() if heard.remark else lead)
        if heard.small_talk is not None and not heard.unexplained:
            return self._asking.next(line("hello" if heard.small_talk == "greeting" else "thanks"))
        if heard.slots.fields():
            # what was known already
            return self._asking.next("")
        return self._missed(heard)

    def _missed(self, heard: Heard) -> Reply:
        """The question wasn't answered: choices the second time, and a proposal the third."""
        self._asking.misses += 1
        name = self.asked
        if name not in NEEDED_FIELDS:
            return self._asking.next("" if heard.answer else self._sayings.line("not_understood"))
        if heard.answer == "no":
            return self._asking.ask(name, "", offering=True)
        if self._asking.misses <= 2:
            lead = self._sayings.line("not_understood")
            return self._asking.ask(name, lead, offering=self._asking.misses == 2, situation="not_heard")
        self._drafting.propose(name, self._asking.suggestion)
        self._asking.misses = 0
        return self._asking.next(self._sayings.line("proposed", noted=noted([name], self.draft)))

    def _after_read_back(self, heard: Heard) -> Reply:
        """Nothing changed: it is right, or isn't, or nobody knows."""
        if not self.may_create:
            return self._asking.next("")
        is_plain = heard.unexplained <= _MOST_UNEXPLAINED_IN_A_YES and not heard.removed and not heard.taken_back
        if heard.answer == "yes" and is_plain:
            return Reply(step="create")
        if heard.answer == "no":
            return Reply(self._sayings.line("ask_what_to_change"))
        if heard.agrees or heard.small_talk == "thanks":
            return self._asking.ask_to_confirm("", closed=True)
        if heard.says_something:
            return self._asking.ask_to_confirm("")
        return self._asking.ask_to_confirm(self._sayings.line("not_understood"), closed=True)

    def _explain(self, heard: Heard, changed: list[SetupField]) -> Reply:
        self._asking.misses = 0
        question = heard.question or "other"
        if question == "so_far":
            if self._is_complete:
                return self._asking.read_all("read_back")
            known = so_far(self.draft)
            lead = self._sayings.line("so_far", summary=known) if known else self._sayings.line("so_far_nothing")
        else:
            lead = self._sayings.explain(question)
        if self._is_complete and self._read_back.last not in (None, self.draft):
            return self._asking.read_change("read_change", lead=lead)
        if self.asked == "confirm" and self.may_create:
            return self._asking.ask_to_confirm(lead)
        return self._asking.next(f"{self._sayings.note(changed, self.draft)} {lead}".strip())

    def _forget_all(self) -> None:
        """What was said, and not what was pasted."""
        self._drafting.clear()
        self._read_back.forget()
        self._asking.begin()

    def _ask_whether_to_stop(self) -> Reply:
        self._before_stop = self.asked
        self._asking.asked = "stop"
        return Reply(self._sayings.line("confirm_stop"), "confirm_stop", "transition")

    def _after_stop_question(self, heard: Heard) -> Reply:
        if not heard.changes and (heard.agrees or heard.wish == "stop" or heard.filler):
            return self._leave()
        self._asking.asked = self._before_stop
        changed = self._drafting.take(heard, self.asked, self._asking.suggestion)
        lead = self._sayings.line("stop_not_confirmed")
        return self._asking.next(f"{lead} {self._sayings.note(changed, self.draft)}".strip())

    def _leave(self) -> Reply:
        return Reply(self._sayings.line("stopped", name=self._name), "closing", "closing", "leave")

    @property
    def _is_complete(self) -> bool:
        return not self._drafting.missing()

    def _keep(self, reply: Reply) -> Reply:
        """Remembers what was said last, for a repeat."""
        if reply.text:
            self._last = reply
        return reply
