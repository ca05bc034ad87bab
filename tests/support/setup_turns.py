"""One turn of somebody who sets up an interview, as the rules read it."""

from typing import Any

from agent.setup.found import Asked
from agent.setup.heard import Heard, apply
from agent.setup.parser import parse
from storage.models.setup import SetupDraft

DRAFT = SetupDraft(
    role="backend developer",
    interview_type="technical",
    level="senior",
    question_count=5,
    technologies=["Go", "PostgreSQL"],
)


def read(text: str, asked: Asked = "anything", draft: SetupDraft | None = None) -> Heard:
    return parse(text, draft or SetupDraft(), asked)


def after(text: str, asked: Asked = "confirm", **known: Any) -> SetupDraft:
    draft = DRAFT.model_copy(update=known)
    return apply(parse(text, draft, asked), draft)
