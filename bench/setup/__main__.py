"""`make bench-setup`: what comes of scripted set-up conversations. Writes bench/setup.md.

`--dev` leaves the final set out and shows each conversation that went wrong: use it while developing.
"""

import argparse
import asyncio
import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from statistics import median

from agent.setup.understanding import RuleUnderstanding
from bench.assessment.figures import Figure, Value, counted, number, table
from bench.assessment.sets import Part
from bench.samples import RESULTS_DIR, circumstances
from bench.setup.sets import scripts
from bench.setup.talking import Talk, talk

REPORT = Path(__file__).resolve().parent.parent / "setup.md"
RESULTS = RESULTS_DIR / "setup.json"
BEGIN, END = "<!-- made by make bench-setup -->", "<!-- end of what is made -->"


@lru_cache
def talks(part: Part) -> tuple[Talk, ...]:
    async def run() -> tuple[Talk, ...]:
        return tuple([await talk(script, RuleUnderstanding()) for script in scripts() if script.set == part])

    return asyncio.run(run())


def figures() -> list[Figure]:
    return [
        _share("all five fields right, text", lambda one: one.is_right, target=0.98),
        _share("the same where something was corrected", lambda one: one.is_right, _corrected, target=0.98),
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
    target: float,
) -> Figure:
    return Figure(name, lambda part: counted([one for one in talks(part) if among(one)], is_so), target=target)


def _created(one: Talk) -> bool:
    return one.end == "confirmed"


def _corrected(one: Talk) -> bool:
    return "correction" in one.script.kinds


def _wants_to_leave(one: Talk) -> bool:
    return one.script.end == "left"


def _median_turns(part: Part) -> Value:
    turns = [one.turns for one in talks(part) if one.end == "confirmed"]
    return number(len(turns), median(turns) if turns else None, digits=1)


def write_report(measured: Sequence[Figure]) -> str:
    about = circumstances()
    made = table(measured, about)
    rows = [{"name": one.name, "dev": one.dev.shown, "final": one.final.shown if one.final else ""} for one in measured]
    RESULTS.write_text(json.dumps({"about": about, "figures": rows}, indent=1, ensure_ascii=False) + "\n", "utf-8")
    before, _, rest = REPORT.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    REPORT.write_text(f"{before}{BEGIN}\n{made}\n{END}{after}", encoding="utf-8")
    return made


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.setup", description=__doc__)
    parser.add_argument("--dev", action="store_true", help="print the development set only, write nothing")
    options = parser.parse_args()
    measured = figures()
    if not options.dev:
        print(write_report(measured))
        return
    for one in talks("dev"):
        if not one.is_right:
            print(f"\n{one.script.id}: {one.end}, wrong: {one.wrong_fields}")
            print("\n".join(f"  {who}: {words}" for who, words in one.said))
            print(f"  {one.draft.model_dump_json(exclude_none=True)}")
    for one in measured:
        print(f"{one.name}: {one.dev.n}, {one.dev.shown} (target {one.target_shown})")


if __name__ == "__main__":
    main()
