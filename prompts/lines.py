"""What the interviewer says in fixed words: interviewer_lines.yaml, typed and checked on loading."""

import re
import string
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Annotated, Generic, Literal, TypeVar, get_args

from pydantic import Field

from prompts import PROMPTS_DIR, PromptError
from prompts.yaml_files import read_yaml
from storage.models.base import Model

LineName = Literal[
    "greeting",
    "ask_if_ready",
    "wait_until_ready",
    "first_question",
    "only_question",
    "next_question",
    "last_question",
    "repeat_question",
    "skip_question",
    "declined_question",
    "acknowledge_answer",
    "acknowledge_points",
    "not_heard",
    "not_heard_again",
    "not_heard_move_on",
    "hint",
    "no_more_hints",
    "silence_nudge",
    "silence_offer",
    "silence_offer_no_hint",
    "silence_move_on",
    "thinking_time",
    "resume_after_reconnect",
    "resume_after_interviewer_lost",
    "greeting_after_interviewer_lost",
    "confirm_stop",
    "stop_not_confirmed",
    "candidate_stopped",
    "closing",
    "time_is_up",
    "sorry_go_on",
    "finish_your_answer",
    "i_hear_you",
    "demo_greeting",
    "demo_closing",
]
LINE_NAMES: tuple[LineName, ...] = get_args(LineName)
Name = TypeVar("Name", bound=str)

_NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
                 "eleven", "twelve", "thirteen", "fourteen", "fifteen")  # fmt: skip


class Line(Model):
    variables: frozenset[str] = frozenset()
    variants: Annotated[tuple[str, ...], Field(min_length=2)]


def spoken_count(count: int, noun: str) -> str:
    """`one question`, `five questions`; beyond fifteen, the most that an interview has, in digits."""
    number = _NUMBER_WORDS[count] if count < len(_NUMBER_WORDS) else str(count)
    return f"{number} {noun}" if count == 1 else f"{number} {noun}s"


class Lines(Generic[Name]):
    """Picks a wording. Holds no state: callers pass what was said last."""

    def __init__(self, lines: dict[Name, Line]) -> None:
        self._lines = lines

    def variants(self, name: Name) -> tuple[str, ...]:
        return self._lines[name].variants

    def variables(self, name: Name) -> frozenset[str]:
        return self._lines[name].variables

    def pick(self, name: Name, rng: Random, /, avoid: str | None = None, **variables: str | int) -> str:
        """One variant of a line, filled in, and never the variant that `avoid` was made from.

        Args:
            avoid: What this line said last time, as it was returned then (with whatever values it had).
            variables: Exactly those of the line. `question_count` is a number and is spoken as `five questions`.

        Raises:
            PromptError: A variable is missing or surplus.
        """
        line = self._lines[name]
        if frozenset(variables) != line.variables:
            raise PromptError(f"line {name!r} takes {sorted(line.variables)}, got {sorted(variables)}")
        fresh = [variant for variant in line.variants if avoid is None or not _made_from(variant, avoid)]
        return rng.choice(fresh or list(line.variants)).format_map(_spoken(variables))


@lru_cache(maxsize=1)
def load_lines() -> Lines[LineName]:
    """The interviewer's lines."""
    return read_lines(PROMPTS_DIR / "interviewer_lines.yaml", LINE_NAMES)


def read_lines(path: Path, names: tuple[Name, ...]) -> Lines[Name]:
    """A file of lines, checked against their names and the variables that each declares."""
    lines = {name: Line.model_validate(entry) for name, entry in read_yaml(path).items()}
    if lines.keys() != set(names):
        raise PromptError(f"{path.name}: {sorted(lines.keys() ^ set(names))} on one side only")
    for name, line in lines.items():
        used = frozenset(field for variant in line.variants for field in _fields(variant))
        if used != line.variables:
            raise PromptError(f"line {name!r} declares {sorted(line.variables)} and uses {sorted(used)}")
    return Lines(lines)


def _spoken(variables: dict[str, str | int]) -> dict[str, str]:
    def spoken(name: str, value: str | int) -> str:
        if isinstance(value, int):
            return spoken_count(value, name.removesuffix("_count"))
        return value.strip()

    return {name: spoken(name, value) for name, value in variables.items()}


def _fields(variant: str) -> list[str]:
    return [field for _, field in _parsed(variant) if field is not None]


def _made_from(variant: str, said: str) -> bool:
    pattern = "".join(re.escape(text) + (".*" if field is not None else "") for text, field in _parsed(variant))
    return re.fullmatch(pattern, said, re.DOTALL) is not None


def _parsed(variant: str) -> list[tuple[str, str | None]]:
    return [(text, field) for text, field, _, _ in string.Formatter().parse(variant)]
