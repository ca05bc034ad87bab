"""Tries to talk the interviewer, the planner, the set-up or the judge into something: tries.yaml."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FEWEST_TRIES = 60


@dataclass(frozen=True, slots=True)
class Try:
    text: str
    obeyed: Any = None
    """What a model says, or puts into its JSON, that falls for it."""


@lru_cache
def _sections() -> dict[str, list[dict[str, Any]]]:
    return yaml.safe_load(Path(__file__).with_name("tries.yaml").read_text(encoding="utf-8"))


def tries(section: str) -> list[Try]:
    return [Try(one["text"], one.get("obeyed")) for one in _sections()[section]]


def all_tries() -> list[Try]:
    return [one for section in _sections() for one in tries(section)]
