"""What the assistant says, in one of the variants of its lines, never the same twice running."""

from collections.abc import Sequence
from random import Random

from agent.setup.heard import Question
from agent.setup.suggestions import default_for, suggested_role, suggested_technologies
from agent.setup.wording import listed, noted
from prompts.lines import Lines
from prompts.setup.lines import SetupLineName
from storage.models.setup import SetupDraft, SetupField

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
_EXPLAIN: dict[Question, SetupLineName] = {
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


class Sayings:
    def __init__(self, lines: Lines[SetupLineName], rng: Random) -> None:
        self._lines = lines
        self._rng = rng
        self._said: dict[SetupLineName, str] = {}

    def line(self, name: SetupLineName, /, **variables: str) -> str:
        text = self._lines.pick(name, self._rng, avoid=self._said.get(name), **variables)
        self._said[name] = text
        return text[:1].upper() + text[1:]

    def offer(self, name: SetupField) -> str:
        """The choices for a field."""
        return self.line(_OFFER[name])

    def ask(self, name: SetupField, draft: SetupDraft) -> tuple[str, SetupDraft | None]:
        """A question for a field, and the draft that a yes to it makes; None where it suggests nothing."""
        if name == "role":
            role = suggested_role(draft)
            if role is None:
                return self.line("ask_role"), None
            return self.line("ask_role_suggested", suggestion=role), draft.model_copy(update={"role": role})
        if name == "technologies" and draft.technologies:
            return self.line("ask_technologies_besides", known=listed(draft.technologies)), None
        if name == "technologies":
            usual = suggested_technologies(draft)
            if not usual:
                return self.line("ask_technologies"), None
            words = self.line("ask_technologies_suggested", suggestion=listed(usual))
            return words, draft.model_copy(update={"technologies": usual})
        # the question about the type offers the mix, whatever the role
        value = "mixed" if name == "interview_type" else default_for(name, draft)
        return self.line(_ASK[name]), draft.model_copy(update={name: value})

    def explain(self, question: Question) -> str:
        return self.line(_EXPLAIN.get(question, "cannot_say"))

    def note(self, changed: Sequence[SetupField], draft: SetupDraft, *, chosen: bool = False) -> str:
        """What was just understood, or chosen for them; empty where there is nothing to say about it."""
        words = noted(changed, draft)
        return self.line("chosen" if chosen else "noted", noted=words) if words else ""
