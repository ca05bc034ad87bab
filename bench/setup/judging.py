"""What counts as right, apart from the product's own reading."""

import re
from typing import Any

from bench.setup.sets import Script
from prompts.lines import spoken_count
from storage.models.setup import NEEDED_FIELDS, SetupDraft

_SAYS_YES = re.compile(
    r"\b(?:yes|yeah|yep|yup|affirmative|right|correct|perfect|exactly|go ahead|create|do it|that's it|that's fine|"
    r"sounds good|looks good|spot on)\b",
    re.IGNORECASE,
)


def wrong_fields(script: Script, draft: SetupDraft) -> list[str]:
    wanted = script.draft
    return [name for name in NEEDED_FIELDS if _plain(getattr(draft, name)) != _plain(getattr(wanted, name))]


def names_every_field(draft: SetupDraft, words: str) -> bool:
    """Whether every field of a draft, as it is, is among the words."""
    read = words.casefold()
    named = [draft.role, draft.interview_type, draft.level, spoken_count(draft.question_count or 0, "question")]
    return all(word.casefold() in read for word in (*named, *(draft.technologies or [])) if word)


def says_yes(script: Script, words: str) -> bool:
    """What its writer put last where it is asked whether to create it, or a plain yes."""
    return words in script.at.get("confirm", ())[-1:] or bool(_SAYS_YES.search(words))


def _plain(value: Any) -> Any:
    """Capitals and the order of technologies don't matter."""
    if isinstance(value, list):
        return sorted(name.casefold() for name in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType, reportUnknownArgumentType]
    return value.casefold() if isinstance(value, str) else value
