"""What counts as right, apart from the product's own reading."""

import re
from typing import Any

from bench.setup.sets import Script
from prompts.lines import spoken_count
from storage.models.setup import NEEDED_FIELDS, SetupDraft

_YES = (
    "yes|yeah|yep|yup|affirmative|absolutely|precisely|exactly|correct|right|perfect|accurate|confirm|confirmed|agree|"
    "agreed|satisfied|matches|proceed|start|create|do it|ship it|go ahead|go for it|good to go|ready to go|fine to go|"
    "green light|off we go|let's do that|let's get going|bang on|spot on|just so|no mistakes|all good|very good|"
    "looks good|looks fine|sounds good|sounds fine|it's good|that's good|that's fine|that's all fine|that's it|"
    "this is it|that's the one|that's all of it|that's complete|that works|it fits|suits me|fine by me|good by me|"
    "fine with me|happy with|what i want|what i need|got it|got everything|understood me"
)
_SAYS_YES = re.compile(rf"\b(?:{_YES})\b", re.IGNORECASE)


def wrong_fields(script: Script, draft: SetupDraft) -> list[str]:
    wanted = script.draft
    return [name for name in NEEDED_FIELDS if _plain(getattr(draft, name)) != _plain(getattr(wanted, name))]


def names_every_field(draft: SetupDraft, words: str) -> bool:
    """Whether every field of a draft, as it is, is among the words."""
    read = words.casefold()
    named = [draft.role, draft.interview_type, draft.level, spoken_count(draft.question_count or 0, "question")]
    return all(word.casefold() in read for word in (*named, *(draft.technologies or [])) if word)


def says_yes(words: str) -> bool:
    return bool(_SAYS_YES.search(words))


def _plain(value: Any) -> Any:
    """Capitals and the order of technologies don't matter."""
    if isinstance(value, list):
        return sorted(name.casefold() for name in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType, reportUnknownArgumentType]
    return value.casefold() if isinstance(value, str) else value
