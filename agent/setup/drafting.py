"""The draft of one conversation: what turns, suggestions and defaults make of it."""

from collections.abc import Iterable

from agent.setup.found import Asked
from agent.setup.heard import Heard, apply, changed_fields
from agent.setup.suggestions import default_for
from storage.models.setup import NEEDED_FIELDS, SetupDraft, SetupField


class Drafting:
    def __init__(self, draft: SetupDraft) -> None:
        self.draft = draft
        self._assumed: set[SetupField] = set()
        """Fields that nobody named: technologies where none are to be expected."""

    def adopt(self, draft: SetupDraft) -> list[SetupField]:
        """What was changed by hand. Returns those fields."""
        changed = changed_fields(self.draft, draft)
        self.draft = draft
        self._assumed -= set(changed)
        return changed

    def take(self, heard: Heard, asked: Asked, suggestion: SetupDraft | None) -> list[SetupField]:
        """What a turn says, and what it leaves to the assistant. Returns the fields that changed.

        Args:
            suggestion: the draft as it were if the last suggestion were taken.
        """
        before = self.draft
        self.draft = apply(heard, before)
        self._assumed -= heard.slots.fields()
        missing = self.draft.missing()
        if heard.wish == "choose_all" or (heard.wish == "choose_this" and asked == "anything" and self.draft == before):
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
        return changed_fields(before, self.draft)

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


def _takes_suggestion_and_more(heard: Heard) -> bool:
    """ "Yes, plus GraphQL"."""
    return bool(heard.slots.technologies) and heard.adds and heard.agrees
