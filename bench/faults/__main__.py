"""`make bench-faults`: kills of every process at random moments of interviews with sound. QUICK=1: one round of each.

It writes after every round. A run that was stopped goes on where it was, as long as the commit is the same; --fresh
starts over; --most-rounds takes a slice; --table only writes the report. Nothing else should run on the machine
meanwhile.
"""

import argparse
import asyncio
import os
import shutil
import time
from dataclasses import dataclass

from bench.faults.kinds import KINDS, Kind
from bench.faults.report import NAME, write_report
from bench.faults.sample import Round
from bench.samples import SampleFile
from tests.fakes.llm_server import scripted_llm
from tests.support.candidate import ClipLibrary
from tests.support.stack import ROOT, Stack, running_stack, scripted_model

WORK_DIR = ROOT / "artifacts" / "bench" / "faults"
"""Data, logs, and the recordings of interviews with something to explain."""
SETTINGS = {"WORKER_CAPACITY": "4"}
"""More places than interviews: a job that has ended takes a moment to be gone."""
AT_ONCE = 2
"""Interviews of a round."""
ROUNDS_OF_EACH = 3
ROUND_SEC = 75.0


@dataclass(frozen=True)
class PlannedRound:
    kind: Kind
    keys: tuple[str, ...]
    """Of its samples."""


def plan(*, quick: bool, only: list[str]) -> list[PlannedRound]:
    """Every kind once before any comes twice."""
    rooms = range(1 if quick else AT_ONCE)
    return [
        PlannedRound(kind, tuple(f"{kind}/{number}.{room}" for room in rooms))
        for number in range(1 if quick else ROUNDS_OF_EACH)
        for kind in KINDS
        if not only or kind in only
    ]


def run(samples: SampleFile, rounds: list[PlannedRound], *, within_sec: float) -> None:
    """With a model that answers at once; the one on this machine only where it is what is killed."""
    library = ClipLibrary()
    until = time.monotonic() + within_sec
    scripted = [one for one in rounds if one.kind != "LLM server"]
    on_device = [one for one in rounds if one.kind == "LLM server"]
    if scripted:
        with (
            scripted_llm() as llm,
            running_stack(WORK_DIR / "data", {**SETTINGS, **scripted_model(llm.base_url)}) as stack,
        ):
            _play(stack, library, samples, scripted, until)
    if on_device and time.monotonic() + ROUND_SEC < until:
        with running_stack(WORK_DIR / "data", {**SETTINGS, "LLM_PROVIDER": "on_device"}) as stack:
            _play(stack, library, samples, on_device, until)


def _play(stack: Stack, library: ClipLibrary, samples: SampleFile, rounds: list[PlannedRound], until: float) -> None:
    for one in rounds:
        if time.monotonic() + ROUND_SEC > until:
            return
        stack.embedded.wait_until_ready()
        played = asyncio.run(Round(stack, library, one.kind, one.keys, WORK_DIR / "recordings").play())
        for key, silence_sec, details in played:
            samples.add(key, silence_sec, **details)
        write_report()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("kinds", nargs="*", help=f"of {', '.join(KINDS)}; all")
    parser.add_argument("--fresh", action="store_true", help="forget the samples of an earlier run")
    parser.add_argument("--within-sec", type=float, default=float("inf"), help="begin no round that would end later")
    parser.add_argument("--table", action="store_true", help="only write the report of the samples that are there")
    arguments = parser.parse_args()
    if not arguments.table:
        if arguments.fresh:
            shutil.rmtree(WORK_DIR, ignore_errors=True)
        samples = SampleFile.open(NAME, fresh=arguments.fresh)
        planned = plan(quick=os.environ.get("QUICK") == "1", only=arguments.kinds)
        waiting = [one for one in planned if not all(key in samples for key in one.keys)]
        print(f"about {len(waiting) * ROUND_SEC / 60:.0f} minutes", flush=True)
        run(samples, waiting, within_sec=arguments.within_sec)
    print(write_report())


if __name__ == "__main__":
    main()
