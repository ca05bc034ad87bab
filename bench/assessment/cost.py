"""Time and memory of an assessment, and whether it gives the same twice."""

import subprocess
import sys
import time
from functools import cache
from pathlib import Path

from bench.assessment.figures import Figure, Value, number, whole
from bench.assessment.judging import assessed_anew, fresh_grading
from bench.assessment.sets import labelled_answers
from storage.models.feedback import Feedback
from tests.support.stack import ROOT

REPEATS = 10
QUESTIONS = 10


def measure_repeats() -> list[Figure]:
    return [whole("the same transcript ten times: different reports", _different_reports, target=1, at="most")]


def _different_reports() -> Value:
    answers = [answer for answer in labelled_answers("dev") if answer.strength == "fair"][:5]
    said = tuple((answer.question_id, answer.text) for answer in answers)
    reports = {_as_json(assessed_anew(said, "mixed", fresh_grading())) for _ in range(REPEATS)}
    return number(REPEATS, len(reports), digits=0)


def measure_cost() -> list[Figure]:
    return [
        whole("ten questions assessed (s)", lambda: number(1, _spent()[0]), target=20, at="most"),
        whole("… memory of the process (MB)", lambda: number(1, _spent()[1], digits=0), target=600, at="most"),
    ]


@cache
def _spent() -> tuple[float, float]:
    """Seconds and megabytes of a process of its own: models loaded, one attempt of ten questions assessed."""
    asked = subprocess.run(
        [sys.executable, "-m", "bench.assessment.cost"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    seconds, megabytes = map(float, asked.stdout.split())
    return seconds, megabytes


def _as_json(report: object) -> str:
    return report.model_dump_json() if isinstance(report, Feedback) else repr(report)


def main() -> None:
    strong = [answer for answer in labelled_answers() if answer.strength == "strong"][:QUESTIONS]
    said = tuple((answer.question_id, answer.text) for answer in strong)
    grading = fresh_grading()
    began = time.perf_counter()
    assessed_anew(said, "mixed", grading)
    print(time.perf_counter() - began, _peak_megabytes())


def _peak_megabytes() -> float:
    """Of this program alone: getrusage also counts what the process held before it became this program."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak_kib = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(peak_kib) * 1024 / 1e6


if __name__ == "__main__":
    main()
