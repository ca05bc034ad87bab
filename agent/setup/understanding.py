"""From words to what they mean for the draft: by rules, and where a capable model is configured, by both.

The model only fills what the rules left open. Yes and no, wishes and questions are the rules' alone, so that no model
can confirm anything, and what it adds is read back like everything else.
"""

import asyncio
from dataclasses import fields, replace
from typing import Annotated, Any, Protocol, TypeVar

import structlog
from pydantic import BaseModel, ConfigDict, Field

from agent.setup.found import Asked
from agent.setup.heard import Heard, Slots
from agent.setup.numbers import FEWEST, MOST
from agent.setup.parser import parse
from agent.setup.wording import MOST_NAMED
from prompts import load_prompt
from prompts.wording_guard import is_a_name
from storage.models.interview import InterviewType, Level, Role, Technology, Tone
from storage.models.setup import SetupDraft

log = structlog.get_logger()

Shape = TypeVar("Shape", bound=BaseModel)
_FEWEST_UNEXPLAINED = 2
"""Words that the rules made nothing of. From here on a model is asked, and where they made nothing of the turn."""
_MOST_CHARACTERS = 1000
_MOST_TECHNOLOGY_WORDS = 4
_SLOTS = tuple(one.name for one in fields(Slots))


class Understanding(Protocol):
    async def understand(self, text: str, draft: SetupDraft, asked: Asked) -> Heard: ...


class ModelFailedError(Exception):
    """No usable answer came. The message carries no content."""


class StructuredModel(Protocol):
    async def ask(self, prompt: str, shape: type[Shape]) -> Shape:
        """One answer of this shape. Raises ModelFailedError."""
        ...


class Read(BaseModel):
    """What a model reads from a turn. Null: not said."""

    model_config = ConfigDict(extra="ignore")

    role: Role | None = None
    level: Level | None = None
    interview_type: InterviewType | None = None
    question_count: Annotated[int, Field(ge=FEWEST, le=MOST)] | None = None
    technologies: Annotated[list[Technology], Field(max_length=20)] | None = None
    tone: Tone | None = None


class RuleUnderstanding:
    """The rules alone."""

    async def understand(self, text: str, draft: SetupDraft, asked: Asked) -> Heard:
        return parse(text, draft, asked)


class ModelUnderstanding:
    """The rules, and a model for what they left open.

    Args:
        deadline_sec: after this the rules' reading stands.
    """

    def __init__(self, model: StructuredModel, *, deadline_sec: float) -> None:
        self._model = model
        self._deadline_sec = deadline_sec

    async def understand(self, text: str, draft: SetupDraft, asked: Asked) -> Heard:
        heard = parse(text, draft, asked)
        if not _leaves_something_open(heard):
            return heard
        known = draft.model_dump_json(exclude={"job_description", "remarks"}, exclude_none=True)
        prompt = load_prompt(
            "setup/understand", topic=asked.replace("_", " "), known=known, utterance=text[:_MOST_CHARACTERS]
        )
        try:
            read = await asyncio.wait_for(self._model.ask(prompt, Read), self._deadline_sec)
        except (TimeoutError, ModelFailedError) as error:
            log.warning("understood_by_rules_alone", reason=type(error).__name__)
            return heard
        return _with_what_was_read(heard, read, draft)


def _leaves_something_open(heard: Heard) -> bool:
    if heard.question is not None or heard.wish in ("start_over", "stop", "repeat", "wait") or heard.filler:
        return False
    return heard.unexplained >= _FEWEST_UNEXPLAINED or not heard.says_something


def _with_what_was_read(heard: Heard, read: Read, draft: SetupDraft) -> Heard:
    """Adds the slots that the rules found nothing for and that nobody took back."""
    slots = heard.slots
    open_fields = {name for name in _SLOTS if getattr(slots, name) is None and name not in heard.taken_back}
    if heard.removed or heard.count_outside is not None or heard.count_change:
        open_fields -= {"technologies", "question_count"}
    found: dict[str, Any] = {}
    for name in open_fields:
        value: Any = getattr(read, name)
        if name == "technologies":
            # Spoken back, stored and written into plans: what a model was talked into is no name.
            value = [one for one in read.technologies or [] if is_a_name(one, most_words=_MOST_TECHNOLOGY_WORDS)]
        if value is None or value == getattr(draft, name) or (name == "role" and not is_a_name(value)):
            continue
        found[name] = tuple(value) if name == "technologies" else value
    named = found.get("technologies")
    if named is not None and (not named or len(named) + len(draft.technologies or ()) > MOST_NAMED):
        # "none in particular" has to be said in words that the rules know, and what isn't read out by its name, too
        del found["technologies"]
    return replace(heard, slots=replace(slots, **found)) if found else heard
