"""The table of the conversations by voice, and what went wrong in which."""

from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from bench.assessment.figures import counted
from bench.samples import Sample, SampleFile
from bench.setup.sets import Script, scripts
from storage.models.setup import NEEDED_FIELDS

Judge = Callable[[Sample], bool]


def sound_table(kept: SampleFile | None, how: str) -> str:
    """Empty where none was held.

    Args:
        how: they were held, for the head of the table.
    """
    if kept is None or not kept.samples:
        return ""
    held = kept.samples
    by_id = {script.id: script for script in scripts()}
    corrected = [one for one in held if one.key in by_id and "correction" in by_id[one.key].kinds]
    created = [one for one in held if one.details["created"]]
    unwanted = [one for one in held if one.key in by_id and by_id[one.key].end == "left"]
    wanted = [one for one in held if one not in unwanted]
    turns = [one.details["turns"] for one in held if one.details["end"] == "confirmed"]
    middle = f"{median(turns):.1f}" if turns else "–"
    rows = [
        f"Commit {kept.about['commit']}, {kept.about['started']}, {kept.about['machine']}; "
        f"voices {', '.join(sorted({one.details['voice'] for one in held}))}.",
        "",
        f"| figure, {how} | n | final | target | met |",
        "|---|---|---|---|---|",
        _row("all five fields right", held, lambda one: one.value == 1.0, 0.92),
        _row("the same where something was corrected", corrected, lambda one: one.value == 1.0, 0.92),
        *(_row(f"{name.replace('_', ' ')} right", held, _has_right(name)) for name in NEEDED_FIELDS),
        f"| median candidate turns | {len(turns)} | {middle} | ≤ 6 | {_met(bool(turns) and median(turns) <= 6)} |",
        _row("read back before it was created", created, lambda one: one.details["read_back"], 1),
        _row("created with a yes", created, lambda one: one.details["agreed"], 1),
        _row("nothing created where nobody said yes", unwanted, lambda one: not one.details["created"], 1),
    ]
    if all("stored" in one.details for one in wanted):
        rows.append(_row("confirmed, and stored as confirmed", wanted, lambda one: one.details["stored"], 1))
    return "\n".join([*rows, "", *_failures(held, by_id)])


def _has_right(name: str) -> Judge:
    return lambda one: name not in one.details["wrong"]


def _row(name: str, items: Sequence[Sample], is_so: Judge, target: float | None = None) -> str:
    value = counted(items, is_so)
    met = "" if target is None or value.value is None else _met(value.value >= target)
    return f"| {name} | {value.n} | {value.shown} | {'' if target is None else f'≥ {target:g}'} | {met} |"


def _met(is_met: bool) -> str:
    return "yes" if is_met else "**no**"


def _failures(held: Sequence[Sample], by_id: dict[str, Script]) -> list[str]:
    wrong = [one for one in held if one.value != 1.0]
    if not wrong:
        return ["None went wrong."]
    lines = ["What went wrong, turn by turn (said → heard by the recogniser):", ""]
    for one in wrong:
        details = one.details
        lines.append(f"- {one.key}, {details['voice']}, {details['end']}: {_what(one, by_id)}")
        lines += [f"  - “{words}” → “{heard}”" for words, heard in _candidates(details["said"])]
    return lines


def _what(one: Sample, by_id: dict[str, Script]) -> str:
    draft: dict[str, Any] = one.details["draft"]
    wanted = by_id[one.key].draft.model_dump() if one.key in by_id else {}
    fields = [f"{name} {draft.get(name)!r}, wanted {wanted.get(name)!r}" for name in one.details["wrong"]]
    return "; ".join([*fields, *filter(None, [one.details["problem"]])]) or "ended otherwise than it should"


def _candidates(said: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    return [(words, heard[0]) for who, words, *heard in said if who == "candidate" and heard]
