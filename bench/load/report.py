"""bench/load.md: the tables."""

from pathlib import Path

from bench.samples import Sample, SampleFile
from tests.support.candidate.measure import Summary

PRESSURE, BEYOND, ROOMS = "load", "load-beyond", "load-rooms"
REPORT = Path(__file__).resolve().parent.parent / "load.md"
INTRODUCTION = """# Last results of `make bench-load`

Token server, embedded Supabase and livekit-server on this machine, and the callers beside them. Each caller asks again
as soon as it is answered. Sign-up and sign-in hash a password. Every person has one interview.
"""
PRESSURE_HEAD = """## Calls

*Mixed*: of seven calls three write a turn, two list interviews, one reads a transcript, one asks for a room token.

| call | callers at once | calls/s | p50 (ms) | p95 | p99 | n | failed |
|---|---|---|---|---|---|---|---|"""
BEYOND_HEAD = """## Beyond the limit

*Clearly*: 429 or 503 with a problem code and Retry-After. *Found*: of what was taken, what is there afterwards:
accounts that can sign in (a hundred are tried), turns, each once and in order; for interviews, what a refused one left
behind.

| too many | calls | refused | clearly | with | largest Retry-After (s) | taken | found | slowest answer (s) |
|---|---|---|---|---|---|---|---|---|"""
ROOMS_HEAD = """## Two interviews at once, on this machine alone

Recogniser, turn detector, language model and voice of both on two cores, with the settings of `make run`.

| | n | first sound heard after an answer, p50 (s) | p95 | cut into |
|---|---|---|---|---|"""


def write_report() -> str:
    pressure, beyond, rooms = (SampleFile.stored(name) for name in (PRESSURE, BEYOND, ROOMS))
    if pressure is None:
        return "nothing was measured yet"
    parts = [INTRODUCTION, _table(PRESSURE_HEAD, [_pressure_row(sample) for sample in pressure.samples])]
    if beyond is not None:
        parts.append(_table(BEYOND_HEAD, [_beyond_row(sample) for sample in beyond.samples]))
    if rooms is not None:
        parts.append(_rooms(rooms.samples))
    about = pressure.about
    parts.append(f"Measured at commit {about['commit']} on {about['machine']}, {about['started']}.\n")
    text = "\n".join(parts)
    REPORT.write_text(text, encoding="utf-8")
    return text


def _table(head: str, rows: list[str]) -> str:
    return "\n".join([head, *rows, ""])


def _pressure_row(sample: Sample) -> str:
    name, _, callers = sample.key.rpartition("/")
    found = sample.details
    times = " | ".join(_ms(found[figure]) for figure in ("p50_sec", "p95_sec", "p99_sec"))
    return f"| {name} | {callers} | {sample.value:.0f} | {times} | {found['calls']} | {found['failed']} |"


def _beyond_row(sample: Sample) -> str:
    found = sample.details
    answers = ", ".join(f"{answer} × {count}" for answer, count in found["answers"].items()) or "-"
    after = "-" if found["retry_after_sec"] is None else f"{found['retry_after_sec']:g}"
    order = "" if found.get("in_order", True) else ", **not in order**"
    return (
        f"| {sample.key} | {found['calls']} | {found['refused']} | {found['clearly']} | {answers} | {after} "
        f"| {found['taken']} | {found['found']}{order} | {sample.value:.1f} |"
    )


def _rooms(samples: list[Sample]) -> str:
    replies = [sample for sample in samples if sample.key.startswith("response/")]
    rows: list[str] = []
    for number in sorted({sample.key.split("/")[1].split(".")[0] for sample in replies}):
        own = [sample for sample in replies if sample.key.startswith(f"response/{number}.")]
        summary = Summary.of([sample.value for sample in own if sample.value is not None])
        cut = sum(bool(sample.details["cut_into"]) for sample in own)
        rows.append(f"| interview {int(number) + 1} | {len(own)} | {_sec(summary.p50)} | {_sec(summary.p95)} | {cut} |")
    text = _table(ROOMS_HEAD, rows)
    for third in (sample for sample in samples if sample.key == "third"):
        found = third.details
        text += (
            f"\nA third that asked meanwhile got {found['status']} `{found['code']}` with Retry-After "
            f"{found['retry_after_sec']:g} s, after {third.value:.2f} s.\n"
            if found["code"]
            else f"\nA third that asked meanwhile was **taken** ({found['status']}).\n"
        )
    return text


def _ms(sec: float | None) -> str:
    return "-" if sec is None else f"{sec * 1000:.0f}"


def _sec(sec: float | None) -> str:
    return "-" if sec is None else f"{sec:.2f}"
