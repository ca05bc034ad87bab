"""bench/faults.md: the table by kind of fault, and against the targets."""

from collections.abc import Sequence
from pathlib import Path

from bench.faults.kinds import KINDS
from bench.samples import Sample, SampleFile
from tests.support.candidate.measure import Summary

REPORT = Path(__file__).resolve().parent.parent / "faults.md"
NAME = "faults"
RESUME_P95_SEC = 8.0
INTRODUCTION = """# Last results of `make bench-faults`

Interviews of one question with sound, two at a time; in each, one process is killed with SIGKILL, or the page is
loaded again, at a random moment. *Spoken*: answers said to their end that the recogniser was seen to have heard.
*Silence*: what the candidate waits, with nobody speaking, from the fault (from the return, where the page is loaded
again) until the interviewer begins to speak; after an answer that came in between, from its end. *Feedback*: attempts
that end with a report, or without one because nothing that could be judged had been said.
"""


def table(samples: Sequence[Sample]) -> str:
    lines = [
        "| killed | n | spoken | stored | lost | doubled | out of order | second greetings "
        "| silence p50 (s) | p95 | largest | fell silent for good | feedback |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for kind in KINDS:
        lines.append(_row(kind, [sample for sample in samples if sample.key.startswith(f"{kind}/")]))
    lines.append(_row("**all**", samples))
    return "\n".join(lines)


def _row(name: str, samples: Sequence[Sample]) -> str:
    def total(figure: str) -> int:
        return sum(int(sample.details[figure]) for sample in samples)

    silence = Summary.of([sample.value for sample in samples if sample.value is not None])
    figures = (
        *(len(samples), total("spoken"), total("stored"), sum(len(sample.details["lost"]) for sample in samples)),
        *(total("doubled"), total("out_of_order"), total("second_greetings")),
        *(_shown(silence.p50), _shown(silence.p95), _shown(silence.largest)),
        *(total("fell_silent"), sum(has_feedback(sample) for sample in samples)),
    )
    return f"| {name} | {' | '.join(str(figure) for figure in figures)} |"


def has_feedback(sample: Sample) -> bool:
    """Made, or honestly none: nothing was said that could be judged."""
    return sample.details["feedback"] in ("ready", "not_assessable")


def _shown(sec: float | None) -> str:
    return "-" if sec is None else f"{sec:.1f}"


def targets(samples: Sequence[Sample]) -> str:
    lost = sum(len(sample.details["lost"]) for sample in samples)
    doubled, disorder, greetings = (
        sum(int(sample.details[figure]) for sample in samples)
        for figure in ("doubled", "out_of_order", "second_greetings")
    )
    p95 = Summary.of([sample.value for sample in samples if sample.value is not None]).p95
    rows = [
        ("lost", "0", lost, lost == 0),
        ("doubled", "0", doubled, doubled == 0),
        ("out of order", "0", disorder, disorder == 0),
        ("silence p95 (s)", f"<= {RESUME_P95_SEC:g}", _shown(p95), p95 is not None and p95 <= RESUME_P95_SEC),
        ("second greetings", "0", greetings, greetings == 0),
        (
            "attempts with feedback",
            "all",
            f"{sum(map(has_feedback, samples))} of {len(samples)}",
            all(map(has_feedback, samples)),
        ),
    ]
    lines = ["| figure | target | measured | met |", "|---|---|---|---|"]
    lines += [f"| {name} | {aim} | {found} | {'yes' if met else '**no**'} |" for name, aim, found, met in rows]
    return "\n".join(lines)


def _other_commits(samples: Sequence[Sample]) -> str:
    """Of samples that were taken again after a change, which say so themselves."""
    again = {(str(commit), sample.key.split("/")[0]) for sample in samples if (commit := sample.details.get("commit"))}
    return "".join(f' Those of "{kind}" are from commit {commit}.' for commit, kind in sorted(again))


def write_report() -> str:
    file = SampleFile.stored(NAME)
    if file is None or not file.samples:
        return "nothing was measured yet"
    load = Summary.of([sample.load for sample in file.samples if sample.load is not None])
    text = (
        f"{INTRODUCTION}\n{targets(file.samples)}\n\n{table(file.samples)}\n\n"
        f"Measured at commit {file.about['commit']} on {file.about['machine']}, {file.about['started']}; median load "
        f"average {load.p50}.{_other_commits(file.samples)} Each sample is in `bench/results/{NAME}.json`.\n"
    )
    REPORT.write_text(text, encoding="utf-8")
    return text
