"""What the assistant has asked, told from its words alone: what a candidate in the room knows."""

import re
import string
from functools import lru_cache
from typing import Literal

from agent.setup.found import Asked
from prompts.setup.lines import SetupLineName, load_setup_lines

_ABOUT: dict[SetupLineName, Asked | Literal["again"]] = {
    "greeting": "anything",
    "ask_role": "role",
    "ask_role_suggested": "role",
    "offer_role": "role",
    "ask_interview_type": "interview_type",
    "offer_interview_type": "interview_type",
    "ask_level": "level",
    "offer_level": "level",
    "ask_question_count": "question_count",
    "offer_question_count": "question_count",
    "ask_technologies": "technologies",
    "ask_technologies_besides": "technologies",
    "ask_technologies_suggested": "technologies",
    "offer_technologies": "technologies",
    "ask_confirm": "confirm",
    "ask_yes_or_no": "confirm",
    "ask_what_to_change": "confirm",
    "confirm_stop": "stop",
    "not_heard": "again",
    "not_created": "confirm",
}


def asked_in(text: str) -> Asked | Literal["again"] | None:
    """The last question in a text; `again`: what was said wasn't heard. None where nothing was asked."""
    said = _plain(text)
    last: Asked | Literal["again"] | None = None
    end = -1
    for pattern, asked in _patterns():
        for found in pattern.finditer(said):
            if found.end() > end:
                end, last = found.end(), asked
    return last


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], Asked | Literal["again"]], ...]:
    lines = load_setup_lines()
    return tuple((_pattern(one), asked) for name, asked in _ABOUT.items() for one in lines.variants(name))


def _pattern(variant: str) -> re.Pattern[str]:
    parts = string.Formatter().parse(variant)
    return re.compile(" ?".join(_escaped(text) + (" ?.*?" if name is not None else "") for text, name, _, _ in parts))


def _escaped(text: str) -> str:
    return re.escape(_plain(text))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9']+", text.lower()))
