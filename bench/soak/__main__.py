"""`make bench-soak`: a hundred interviews in a row in one worker, and one of an hour. QUICK=1: few, and three minutes.

Samples are written one by one. Names of parts (`row`, `hour`) measure only these.
"""

import argparse
import asyncio
import os
import time

from bench.samples import SampleFile
from bench.soak import hour, in_a_row
from bench.soak.report import write_report
from tests.fakes.llm_server import scripted_llm
from tests.support.stack import ROOT, running_stack, scripted_model

WORK_DIR = ROOT / "artifacts" / "bench" / "soak"
SETTINGS = {"WORKER_CAPACITY": "4"}
"""A job that has ended takes a moment to be gone."""
PARTS = ("row", "hour")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all")
    parser.add_argument("--fresh", action="store_true", help="forget the samples of an earlier run")
    parser.add_argument("--minutes", type=int, help="of the long interview")
    parser.add_argument("--within-sec", type=float, default=float("inf"), help="of those in a row, begin none too late")
    parser.add_argument("--table", action="store_true", help="only write the report of the samples that are there")
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    if not arguments.table:
        measure(arguments)
    print(write_report())


def measure(arguments: argparse.Namespace) -> None:
    is_quick = os.environ.get("QUICK") == "1"
    parts = arguments.parts or PARTS
    with (
        scripted_llm() as llm,
        running_stack(WORK_DIR / "data", {**SETTINGS, **scripted_model(llm.base_url)}) as stack,
    ):
        if "row" in parts:
            interviews = in_a_row.QUICK_INTERVIEWS if is_quick else in_a_row.INTERVIEWS
            samples = SampleFile.open(in_a_row.NAME, fresh=arguments.fresh)
            until = time.monotonic() + arguments.within_sec
            asyncio.run(in_a_row.hold_in_a_row(stack, samples, interviews, until))
        if "hour" in parts:
            minutes = arguments.minutes or (hour.QUICK_MINUTES if is_quick else hour.MINUTES)
            asyncio.run(hour.hold_one(stack, SampleFile.open(hour.NAME, fresh=arguments.fresh), minutes))


if __name__ == "__main__":
    main()
