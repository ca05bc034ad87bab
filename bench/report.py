"""The table of figures against their targets."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.samples import RESULTS_DIR, Sample, SampleFile
from tests.support.candidate.measure import Summary

REPORT = Path(__file__).resolve().parent / "results.md"
Check = Callable[[list[Sample], Summary], bool]


@dataclass(frozen=True)
class Row:
    """One figure: which samples it is made of, and what it must reach."""

    figure: str
    samples: str
    target: str
    is_met: Check
    chosen: Callable[[Sample], bool] = lambda _: True
    """Of the file's samples, those that count."""
    shown: Callable[[list[Sample], Summary], str] | None = None
    """Instead of p50, p95 and largest."""


def _at_most(p95: float, p50: float = float("inf")) -> Check:
    def is_met(_: list[Sample], summary: Summary) -> bool:
        return summary.p50 is not None and summary.p95 is not None and summary.p50 <= p50 and summary.p95 <= p95

    return is_met


def _cut_answers(samples: list[Sample]) -> int:
    return sum(bool(sample.value) for sample in samples)


def _count_shown(samples: list[Sample], _: Summary) -> str:
    return f"{_cut_answers(samples)} of {len(samples)}"


def _spoken_by(speaker: str) -> Callable[[Sample], bool]:
    return lambda sample: sample.key.endswith(speaker)


def _conversation(name: str, models: str, response: Check, target: str) -> list[Row]:
    return [
        Row(f"heard response, complete answers, {models} (s)", f"{name}-response", target, response),
        Row(
            f"complete answers cut into, {models}",
            f"{name}-response",
            "0",
            lambda samples, _: not any(sample.details.get("into_pause_sec") for sample in samples),
            shown=lambda samples, _: f"{sum(bool(s.details.get('into_pause_sec')) for s in samples)} of {len(samples)}",
        ),
        Row(
            f"long answers cut into at 0.4-0.6 s pauses, {models}",
            f"{name}-long-answers",
            "<= 5 of 18",
            lambda samples, _: _cut_answers(samples) <= 5 / 18 * len(samples),
            shown=_count_shown,
        ),
        Row(
            f"answers that lost words at their end, {models}",
            f"{name}-ends",
            "0",
            lambda samples, _: _cut_answers(samples) == 0,
            shown=_count_shown,
        ),
        Row(
            f"content words in the transcript, {models} (share, p50 and least)",
            f"{name}-words",
            ">= 0.8",
            lambda samples, summary: summary.p50 is not None and summary.p50 >= 0.8,
            shown=lambda samples, summary: f"{summary.p50} · {min((s.value or 0 for s in samples), default=None)}",
        ),
        Row(
            f"interviews in which the interviewer fell silent, {models}",
            f"{name}-unanswered",
            "0",
            lambda samples, _: not samples,
            shown=lambda samples, _: str(len(samples)),
        ),
        Row(f"joined to first word of the greeting, {models} (s)", f"{name}-greeting", "p95 <= 2.0", _at_most(2.0)),
        Row(f"end of an attempt to its report, {models} (s)", f"{name}-report", "<= 30", _at_most(30.0)),
    ]


ROWS = [
    Row("ready screen, everything cached (s)", "ready-screen", "<= 25", _at_most(25.0)),
    *_conversation("scripted", "scripted model", _at_most(2.5, 0.9), "p50 <= 0.9, p95 <= 2.5"),
    *_conversation("on-device", "on-device model", _at_most(3.0, 1.8), "p50 <= 1.8, p95 <= 3.0"),
    Row("end of a turn to its row (s)", "storing", "p95 <= 1.0", _at_most(1.0)),
    Row("… of the interviewer's turns (s)", "storing", "", _at_most(1.0), _spoken_by("interviewer")),
    Row("… of the candidate's turns (s)", "storing", "", _at_most(1.0), _spoken_by("candidate")),
    Row("a candidate's last word to its row, the wait for the end of the turn included (s)", "storing-from-last-word",
        "", lambda samples, _: bool(samples)),
    Row("API reads with 500 interviews (s)", "api-reads", "p95 <= 0.15", _at_most(0.15)),
    Row("token_server import, without livekit.agents (s)", "import", "<= 1.5", _at_most(1.5)),
]  # fmt: skip


def table(folder: Path = RESULTS_DIR) -> str:
    """Markdown: every figure that was measured, with its number of samples."""
    lines = ["| figure | n | p50 | p95 | largest | target | met | load |", "|---|---|---|---|---|---|---|---|"]
    commits: set[str] = set()
    for row in ROWS:
        file = SampleFile.stored(row.samples, folder)
        if file is None or not (file.samples or row.shown):
            lines.append(f"| {row.figure} | 0 | | | | {row.target} | not measured | |")
            continue
        commits.add(f"{file.about['commit']} on {file.about['machine']}, {file.about['started']}")
        samples = [sample for sample in file.samples if row.chosen(sample)]
        summary = Summary.of([sample.value for sample in samples if sample.value is not None])
        if row.shown:
            figures = f"{row.shown(samples, summary)} | |"
        else:
            figures = f"{summary.p50} | {summary.p95} | {summary.largest}"
        met = "yes" if row.is_met(samples, summary) else "**no**"
        load = Summary.of([sample.load for sample in samples if sample.load is not None])
        lines.append(f"| {row.figure} | {summary.n} | {figures} | {row.target} | {met} | {load.p50} |")
    measured = "\n".join(f"- {commit}" for commit in sorted(commits))
    return (
        "\n".join(lines) + f"\n\nLoad: median load average while it was measured.\n\nMeasured at commit\n{measured}\n"
    )


def write_report(folder: Path = RESULTS_DIR, report: Path = REPORT) -> str:
    text = table(folder)
    report.write_text(f"# Last results of `make bench`\n\n{text}", encoding="utf-8")
    return text
