"""One row of the table: a figure on the development set and on the final set, against its target."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar

from bench.assessment.sets import Part
from bench.conversation.intervals import share

T = TypeVar("T")


@dataclass(frozen=True)
class Value:
    n: int
    value: float | None
    shown: str


@dataclass(frozen=True)
class Figure:
    name: str
    measured: Callable[[Part], Value]
    is_split: bool = True
    """False where the sets aren't told apart, as where nothing was tuned: `dev` then has all."""
    target: float | None = None
    at: Literal["least", "most"] = "least"

    @cached_property
    def dev(self) -> Value:
        return self.measured("dev")

    @cached_property
    def final(self) -> Value | None:
        """Measured when it is asked for: while developing nobody asks."""
        return self.measured("final") if self.is_split else None

    @property
    def target_shown(self) -> str:
        return "" if self.target is None else f"{'≥' if self.at == 'least' else '≤'} {self.target:g}"

    @property
    def is_met(self) -> bool | None:
        """By the final set, where there is one."""
        value = (self.final or self.dev).value
        if self.target is None or value is None:
            return None
        return value >= self.target if self.at == "least" else value <= self.target


def number(n: int, value: float | None, *, digits: int = 2) -> Value:
    return Value(n, value, "–" if value is None else f"{value:.{digits}f}")


def counted(items: Sequence[T], is_so: Callable[[T], bool]) -> Value:
    """A share with its 95 % interval."""
    found = share(sum(map(is_so, items)), len(items))
    if found is None:
        return Value(0, None, "–")
    shown = f"{found.value:.1%} [{found.low or 0:.0%}, {found.high or 0:.0%}]"
    return Value(len(items), found.value, shown)


def whole(
    name: str,
    measured: Callable[[], Value],
    *,
    target: float | None = None,
    at: Literal["least", "most"] = "least",
) -> Figure:
    """Of everything there is."""
    return Figure(name, lambda _: measured(), is_split=False, target=target, at=at)


def table(figures: Sequence[Figure], about: dict[str, str]) -> str:
    """Development and final set beside each other, under the circumstances of the run."""
    rows = [
        f"Commit {about['commit']}, {about['started']}, {about['machine']}.",
        "",
        "| figure | n | development | n | final | target | met |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in figures:
        met = {True: "yes", False: "**no**", None: ""}[one.is_met]
        rows.append(f"| {one.name} | {cells(one.dev)} | {cells(one.final)} | {one.target_shown} | {met} |")
    return "\n".join(rows)


def cells(value: Value | None) -> str:
    return f"{value.n} | {value.shown}" if value else " | "
