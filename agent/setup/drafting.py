"""The draft of one conversation: what turns, suggestions and defaults make of it."""

from collections.abc import Iterable

from agent.setup.found import Asked
from agent.setup.heard import Heard, apply, changed_fields
from agent.setup.suggestions import default_for
from storage.models.setup import NEEDED_FIELDS, SetupDraft, SetupField

_MOST_UNEXPLAINED_IN_A_WISH = 1


class Drafting:
    def __init__(self, draft: SetupDraft) -> None:
        self.draft = draft
        self._assumed: set[SetupField] = set()
        """Fields that nobody named: technologies where none are to be expected."""
        self._are_others_open = False
        """The only technologies are those of the role's name: whether there are others wasn't asked."""
        self._before_correction: SetupDraft | None = None
        """The draft before the last turn that corrected what was read back."""

    def adopt(self, draft: SetupDraft) -> list[SetupField]:
        """What was changed by hand. Returns those fields."""
        changed = changed_fields(self.draft, draft)
        self.draft = draft
        self._before_correction = None
        self._assumed -= set(changed)
        self._are_others_open = self._are_others_open and "technologies" not in changed
        return changed

    def clear(self) -> None:
        """All but what was pasted on the page."""
        kept = self.draft.model_dump(include={"job_description", "use_resume"})
        self.draft = SetupDraft.model_validate(kept)
        self._assumed = set()
        self._are_others_open = False
        self._before_correction = None

    @property
    def asks_for_others(self) -> bool:
        """ "Python developer" names one technology; who interviews wants to know of others."""
        return self._are_others_open and self.draft.interview_type != "behavioral" and bool(self.draft.technologies)

    def missing(self) -> list[SetupField]:
        """What is still to be asked for, in the order of the questions."""
        missing = self.draft.missing()
        return [*missing, "technologies"] if self.asks_for_others else missing

    def take(self, heard: Heard, asked: Asked, suggestion: SetupDraft | None) -> list[SetupField]:
        """What a turn says, and what it leaves to the assistant. Returns the fields that changed.

        Args:
            suggestion: the draft as it were if the last suggestion were taken.
        """
        before, others_asked_for = self.draft, self.asks_for_others and asked == "technologies"
        self.draft = self._undone(heard, asked) or apply(heard, before)
        self._assumed -= heard.slots.fields()
        if others_asked_for:
            self._are_others_open = heard.question is not None
            named = [*(before.technologies or []), *(heard.slots.technologies or ())]
            if not heard.removed:
                self._set("technologies", list(dict.fromkeys(named)))
        elif heard.slots.technologies is not None:
            self._are_others_open = not before.technologies and _are_in_the_role(self.draft)
        missing = self.draft.missing()
        # "I'm not sure that you do this, but can I practise for …" leaves nothing to anybody
        is_all = asked == "anything" and self.draft == before and heard.unexplained <= _MOST_UNEXPLAINED_IN_A_WISH
        if heard.wish == "choose_all" or (heard.wish == "choose_this" and is_all):
            self.fill(missing)
        elif heard.wish == "usual":
            # nobody's usual role is known here
            self.fill(name for name in missing if name != "role" or asked == "role")
        elif asked in missing and asked in NEEDED_FIELDS:
            self._answer(heard, asked, suggestion)
        elif asked == "technologies" and _takes_suggestion_and_more(heard) and suggestion is not None:
            named = [*(suggestion.technologies or []), *(self.draft.technologies or [])]
            self._set(asked, list(dict.fromkeys(named)))
        self._assume()
        changed = changed_fields(before, self.draft)
        if changed:
            self._before_correction = before if asked == "confirm" else None
        return changed

    def _undone(self, heard: Heard, asked: Asked) -> SetupDraft | None:
        """The draft before the last correction, where a turn takes that back and says nothing else."""
        before = self._before_correction
        if asked != "confirm" or heard.undoes is None or heard.changes or before is None:
            return None
        if heard.undoes == "all":
            return before
        is_removal = not set(before.technologies or ()) <= set(self.draft.technologies or ())
        return self.draft.model_copy(update={"technologies": before.technologies}) if is_removal else None

    def propose(self, name: SetupField, suggestion: SetupDraft | None) -> None:
        """The suggestion for a field, or its default."""
        value = getattr(suggestion, name) if suggestion is not None else default_for(name, self.draft)
        self._set(name, value)
        self._assume()

    def fill(self, names: Iterable[SetupField]) -> None:
        for name in list(names):
            self._set(name, default_for(name, self.draft))

    def forget(self, name: SetupField) -> None:
        self._set(name, None)

    def _answer(self, heard: Heard, asked: SetupField, suggestion: SetupDraft | None) -> None:
        """To a question whose field the turn named no value for."""
        agrees = heard.agrees and not heard.changes
        if heard.wish == "choose_this" or (agrees and suggestion is not None):
            self.propose(asked, suggestion)
        elif asked == "technologies" and suggestion is None and heard.answer == "no" and not heard.changes:
            self._set(asked, [])

    def _assume(self) -> None:
        """No technologies where nobody would expect any, until that changes."""
        draft = self.draft
        needs_none = draft.interview_type == "behavioral"
        if needs_none and draft.technologies is None:
            self._assumed.add("technologies")
            self._set("technologies", [])
        elif not needs_none and "technologies" in self._assumed and draft.technologies == []:
            self._assumed.discard("technologies")
            self.forget("technologies")

    def _set(self, name: SetupField, value: object) -> None:
        self.draft = self.draft.model_copy(update={name: value})


def _are_in_the_role(draft: SetupDraft) -> bool:
    role = (draft.role or "").casefold()
    return all(name.casefold() in role for name in draft.technologies or [])


def _takes_suggestion_and_more(heard: Heard) -> bool:
    """ "Yes, plus GraphQL"."""
    return bool(heard.slots.technologies) and heard.adds and heard.agrees
