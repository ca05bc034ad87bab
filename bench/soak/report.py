"""bench/soak.md."""

from itertools import groupby
from pathlib import Path
from statistics import fmean

from bench.samples import Sample, SampleFile
from bench.soak import hour, in_a_row

REPORT = Path(__file__).resolve().parents[1] / "soak.md"
SETTLE_AFTER = 5
"""Growth is counted from the so-manieth interview of a worker: the first ones fill caches."""
EVERY_MIN = 5
QUARTER_MIN = 15


def write_report() -> str:
    parts = [part for part in (_rows_part(), _hour_part()) if part]
    if not parts:
        return "nothing was measured yet"
    text = "\n".join(["# Last results of `make bench-soak`\n", *parts])
    REPORT.write_text(text, encoding="utf-8")
    return text


def _rows_part() -> str:
    file = SampleFile.stored(in_a_row.NAME)
    if file is None or not file.samples:
        return ""
    return (
        f"## Interviews in a row\n\n{len(file.samples)}, one after the other; *first* is after the first "
        f"{SETTLE_AFTER + 1} of a worker. Each interview has a process of its own that ends with it: what could leak "
        f"is in the worker's main process and in the token server.\n\n{_in_a_row(file.samples)}\n\n{_where(file)}\n"
    )


def _hour_part() -> str:
    file = SampleFile.stored(hour.NAME)
    if file is None or not file.samples:
        return ""
    shown = [one for one in file.samples if int(one.key) % EVERY_MIN == 0 or one in (file.samples[0], file.samples[-1])]
    lines = [
        "| minute | interview's process, its share (MB) | all it has in memory (MB) | open files | threads "
        "| answers so far | worker's main process (MB) |",
        "|---|---|---|---|---|---|---|",
    ]
    for sample in shown:
        about = sample.details
        resident = about.get("resident_mb", "")
        figures = (sample.key, sample.value, resident, *(about[name] for name in ("files", "threads", "answers")))
        lines.append(f"| {' | '.join(str(figure) for figure in (*figures, about['worker_mb']))} |")
    table = "\n".join(lines)
    return (
        "## One long interview\n\nA candidate who speaks for two minutes each time. Of the process that holds "
        "the interview: its proportional set size, which also grows when it writes to a page that it shared with its "
        "siblings, or a sibling ends; and its resident set, which only grows with what it keeps.\n\n"
        f"{table}\n\n{_quarters(file.samples)}\n\n{_where(file)}\n"
    )


def _quarters(samples: list[Sample]) -> str:
    quarters = [
        taken
        for _, group in groupby(samples, key=lambda sample: int(sample.key) // QUARTER_MIN)
        if len(taken := list(group)) == QUARTER_MIN
    ]
    if not quarters:
        return ""
    shares = [fmean(one.value or 0.0 for one in taken) for taken in quarters]
    resident = [fmean(one.details["resident_mb"] for one in taken) for taken in quarters]
    return f"Mean of each quarter of an hour: its share {_listed(shares)}; all it has in memory {_listed(resident)}."


def _listed(means: list[float]) -> str:
    return ", ".join(f"{mean:.0f} MB" for mean in means)


def _where(file: SampleFile) -> str:
    return f"Measured at commit {file.about['commit']} on {file.about['machine']}, {file.about['started']}."


def _in_a_row(samples: list[Sample]) -> str:
    lines = [
        "| worker | interviews | worker, first (MB) | worker, last | token server, first | last "
        "| open files of the worker, first | last | threads, first | last |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for number, (_, taken) in enumerate(groupby(samples, key=lambda sample: sample.details["worker_pid"]), 1):
        run = list(taken)
        settled = run[min(SETTLE_AFTER, len(run) - 1) :]
        first, last = settled[0], settled[-1]
        figures = [
            *(number, len(run), first.value, last.value),
            *(first.details["token_server_mb"], last.details["token_server_mb"]),
            *(first.details["worker_files"], last.details["worker_files"]),
            *(first.details["worker_threads"], last.details["worker_threads"]),
        ]
        lines.append(f"| {' | '.join(str(figure) for figure in figures)} |")
    return "\n".join(lines)
