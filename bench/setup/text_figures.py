"""The figures of the conversations as text: the rules alone, without a recogniser."""

import asyncio
from collections.abc import Callable
from functools import lru_cache
from statistics import median

from agent.setup.understanding import RuleUnderstanding
from bench.assessment.figures import Figure, Value, counted, number
from bench.assessment.sets import Part
from bench.setup.sets import scripts
from bench.setup.talking import Talk, talk


@lru_cache
def talks(part: Part) -> tuple[Talk, ...]:
    async def run() -> tuple[Talk, ...]:
        return tuple([await talk(script, RuleUnderstanding()) for script in scripts() if script.set == part])

    return asyncio.run(run())


def figures() -> list[Figure]:
    return [
        _share("all five fields right, text", lambda one: one.is_right, _is_ordinary, target=0.98),
        _share("the same where something was corrected", lambda one: one.is_right, _corrected, target=0.98),
        _share("the same of those that are meant to be hard", lambda one: one.is_right, _is_hard),
        Figure("median candidate turns, text", _median_turns, target=6, at="most"),
        _share("read back before it was created", lambda one: one.was_read_back, _created, target=1),
        _share("created with a yes", lambda one: one.was_agreed, _created, target=1),
        _share("left without creating where that was asked", lambda one: one.end == "left", _wants_to_leave, target=1),
    ]


def _share(
    name: str,
    is_so: Callable[[Talk], bool],
    among: Callable[[Talk], bool] = lambda one: True,
    *,
    target: float | None = None,
) -> Figure:
    return Figure(name, lambda part: counted([one for one in talks(part) if among(one)], is_so), target=target)


def _is_hard(one: Talk) -> bool:
    return "hard" in one.script.kinds


def _is_ordinary(one: Talk) -> bool:
    return not _is_hard(one)


def _created(one: Talk) -> bool:
    return one.end == "confirmed"


def _corrected(one: Talk) -> bool:
    return "correction" in one.script.kinds


def _wants_to_leave(one: Talk) -> bool:
    return one.script.end == "left"


def _median_turns(part: Part) -> Value:
    turns = [one.turns for one in talks(part) if one.end == "confirmed"]
    return number(len(turns), median(turns) if turns else None, digits=1)
