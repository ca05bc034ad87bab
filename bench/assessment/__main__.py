"""`make bench-assessment`: how well answers are judged, against labels and grades. Writes bench/assessment.md.

`--dev` leaves the final sets out: use it while developing, and look at the final sets once.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.assessment.bank import measure_bank
from bench.assessment.cost import measure_cost, measure_repeats
from bench.assessment.figures import Figure, Value
from bench.assessment.graded import measure_graded
from bench.assessment.interviews import measure_interviews
from bench.assessment.points import measure_points
from bench.samples import RESULTS_DIR, circumstances

REPORT = Path(__file__).resolve().parent.parent / "assessment.md"
RESULTS = RESULTS_DIR / "assessment.json"
BEGIN, END = "<!-- made by make bench-assessment -->", "<!-- end of what is made -->"


def table(figures: list[Figure], about: dict[str, str]) -> str:
    rows = [
        f"Commit {about['commit']}, {about['started']}, {about['machine']}.",
        "",
        "| figure | n | development | n | final | target | met |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in figures:
        met = {True: "yes", False: "**no**", None: ""}[one.is_met]
        rows.append(f"| {one.name} | {_cells(one.dev)} | {_cells(one.final)} | {one.target_shown} | {met} |")
    return "\n".join(rows)


def write_report(figures: list[Figure]) -> str:
    about = circumstances()
    made = table(figures, about)
    RESULTS.write_text(
        json.dumps({"about": about, "figures": [_as_json(one) for one in figures]}, indent=1, ensure_ascii=False)
        + "\n",
        encoding="utf-8",
    )
    before, _, rest = REPORT.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    REPORT.write_text(f"{before}{BEGIN}\n{made}\n{END}{after}", encoding="utf-8")
    return made


def _as_json(one: Figure) -> dict[str, Any]:
    return {
        "name": one.name,
        "dev": asdict(one.dev),
        "final": asdict(one.final) if one.final else None,
        "target": one.target_shown,
        "met": one.is_met,
    }


def _cells(value: Value | None) -> str:
    return f"{value.n} | {value.shown}" if value else " | "


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.assessment", description=__doc__)
    parser.add_argument("--dev", action="store_true", help="print the development sets only, write nothing")
    parser.add_argument("groups", nargs="*", help="bank, points, interviews, saf, cost; all")
    options = parser.parse_args()
    groups = {
        "bank": measure_bank,
        "points": measure_points,
        "interviews": measure_interviews,
        "saf": measure_graded,
        "cost": lambda: [*measure_repeats(), *measure_cost()],
    }
    if unknown := set(options.groups) - set(groups):
        parser.error(f"no such group: {', '.join(sorted(unknown))}")
    figures = [
        one for name, measure in groups.items() if not options.groups or name in options.groups for one in measure()
    ]
    if options.dev:
        for one in figures:
            print(f"{one.name}: {_cells(one.dev)} (target {one.target_shown or 'none'})", flush=True)
        return
    print(write_report(figures) if not options.groups else table(figures, circumstances()))


if __name__ == "__main__":
    main()
