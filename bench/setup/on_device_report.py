"""The row of the language model of this machine, beside the rules alone."""

from collections.abc import Sequence
from statistics import median

from bench.assessment.figures import counted
from bench.samples import Sample, SampleFile


def on_device_table(kept: SampleFile | None) -> str:
    """Empty where it wasn't measured."""
    if kept is None or not kept.samples:
        return ""
    held = kept.samples
    answers: list[float] = [sec for one in held for sec in one.details["answers_sec"]]
    took = f"{len(answers)} answers, median {median(answers):.1f} s" if answers else "never asked"
    beside = counted(held, lambda one: one.value == 1.0)
    alone = counted(held, lambda one: one.details["by_rules_alone"])
    return "\n".join(
        [
            f"Commit {kept.about['commit']}, {kept.about['started']}, {kept.about['machine']}.",
            "",
            "| all of the final set as text, hard ones too | n | all five fields right | read back, and agreed to |",
            "|---|---|---|---|",
            f"| the rules alone | {alone.n} | {alone.shown} | |",
            f"| with the language model of this machine ({took}) | {beside.n} | {beside.shown} | {_safe(held)} |",
        ]
    )


def _safe(held: Sequence[Sample]) -> str:
    return counted(held, lambda one: one.details["read_back"] and one.details["agreed"]).shown
