"""`make bench-load`: what the server bears, what it says beyond that, and two interviews at once. QUICK=1: 3 minutes.

Each cell is written at once. A run that was stopped goes on where it was, as long as the commit is the same; --fresh
starts over; --table only writes the report. Nothing else should run on the machine meanwhile.
"""

import argparse
import asyncio
import os
import shutil
from dataclasses import dataclass

from bench.load.beyond import measure_beyond
from bench.load.people import people
from bench.load.pressure import measure_pressure
from bench.load.report import BEYOND, PRESSURE, ROOMS, write_report
from bench.load.rooms import run_rooms
from bench.load.server import UNLIMITED, api_under_load
from bench.samples import SampleFile
from tests.support.stack import ROOT

WORK_DIR = ROOT / "artifacts" / "bench" / "load"
SERVERS = ("pressure", "sign-ups", "turns", "overload", "interviews")
"""A folder for each."""


@dataclass(frozen=True)
class Amounts:
    callers: tuple[int, ...]
    cell_sec: float
    answers: int
    """Of each of the two interviews."""

    @classmethod
    def chosen(cls, *, quick: bool) -> "Amounts":
        return cls((1, 16), 2.0, 2) if quick else cls((1, 4, 16, 64), 5.0, 8)


async def _pressure(samples: SampleFile, amounts: Amounts) -> None:
    crowd = max(amounts.callers)
    async with (
        api_under_load(WORK_DIR / "pressure", places=crowd, **UNLIMITED) as url,
        people(url, crowd) as everybody,
    ):
        await measure_pressure(samples, everybody, amounts.callers, amounts.cell_sec)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--fresh", action="store_true", help="forget the samples of an earlier run")
    parser.add_argument("--table", action="store_true", help="only write the report of the samples that are there")
    arguments = parser.parse_args()
    if not arguments.table:
        amounts = Amounts.chosen(quick=os.environ.get("QUICK") == "1")
        shutil.rmtree(WORK_DIR, ignore_errors=True)
        for name in SERVERS:
            (WORK_DIR / name).mkdir(parents=True)
        pressure, beyond, rooms = (
            SampleFile.open(name, fresh=arguments.fresh, settings=str(amounts)) for name in (PRESSURE, BEYOND, ROOMS)
        )
        asyncio.run(_pressure(pressure, amounts))
        write_report()
        asyncio.run(measure_beyond(beyond, WORK_DIR))
        write_report()
        run_rooms(rooms, WORK_DIR / "rooms", amounts.answers)
    print(write_report())


if __name__ == "__main__":
    main()
