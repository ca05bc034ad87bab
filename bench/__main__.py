"""`python -m bench`: measure what the product must reach, print the table, keep every sample.

QUICK=1 takes few samples. A run that was stopped goes on where it was, as long as the commit is the same; --fresh
starts over. Nothing else should run on the machine meanwhile.
"""

import argparse
import asyncio
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from bench import delivery
from bench.api_reads import INTERVIEWS, measure_api_reads
from bench.interviews import Figures, keyed, measure_conversations, measure_greetings, plan_answers
from bench.report import write_report
from bench.samples import SampleFile
from bench.startup import measure_import, measure_ready_screen
from bench.storing import measure_storing
from tests.fakes.llm_server import scripted_llm
from tests.support.candidate import ClipLibrary
from tests.support.stack import ROOT, running_stack, scripted_model

WORK_DIR = ROOT / "artifacts" / "bench"
"""Data, logs and recordings of the last run."""
_NEVER_FULL = {"WORKER_CAPACITY": "6"}
"""Greetings follow each other faster than a job lets go of its place after its end."""


class Benchmark:
    def __init__(self, *, quick: bool, fresh: bool) -> None:
        self._quick = quick
        self._fresh = fresh
        self._library = ClipLibrary()

    def startup(self) -> None:
        measure_import(self._samples("import"), self._number(9, 3))
        measure_ready_screen(self._samples("ready-screen"), self._data_dir("startup"), self._number(5, 1))

    def api(self) -> None:
        reads = self._samples("api-reads")
        with running_stack(self._data_dir("api"), {}) as stack:
            asyncio.run(measure_api_reads(stack, reads, self._number(20, 3), self._number(INTERVIEWS, 50)))

    def conversation(self) -> None:
        """With a model that answers at once: what remains is ours."""
        answers = keyed(plan_answers(self._library, self._number(42, 8), self._number(18, 4)))
        figures = Figures("scripted", self._fresh)
        with (
            scripted_llm() as llm,
            running_stack(self._data_dir("scripted"), scripted_model(llm.base_url) | _NEVER_FULL) as stack,
        ):
            asyncio.run(measure_conversations(stack, figures, answers, WORK_DIR / "recordings" / "scripted"))
            asyncio.run(measure_greetings(stack, figures.greeting, self._number(12, 2)))

    @staticmethod
    def delivery() -> None:
        """Without a room; `python -m bench.delivery --received` measures in rooms."""
        delivery.main()

    def storing(self) -> None:
        stored, from_last_word = self._samples("storing"), self._samples("storing-from-last-word")
        with scripted_llm() as llm, running_stack(self._data_dir("storing"), scripted_model(llm.base_url)) as stack:
            asyncio.run(measure_storing(stack, stored, from_last_word, self._number(4, 1)))

    def on_device(self) -> None:
        answers = keyed(plan_answers(self._library, self._number(21, 4), self._number(6, 2)))
        figures = Figures("on-device", self._fresh)
        with running_stack(self._data_dir("on-device"), {"LLM_PROVIDER": "auto"}) as stack:
            asyncio.run(measure_conversations(stack, figures, answers, WORK_DIR / "recordings" / "on-device"))

    def _samples(self, name: str) -> SampleFile:
        return SampleFile.open(name, fresh=self._fresh)

    def _number(self, full: int, quick: int) -> int:
        return quick if self._quick else full

    @staticmethod
    def _data_dir(name: str) -> Path:
        folder = WORK_DIR / "data" / name
        shutil.rmtree(folder, ignore_errors=True)
        return folder


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("groups", nargs="*", help="startup, api, conversation, delivery, storing or on_device; all")
    parser.add_argument("--fresh", action="store_true", help="forget the samples of an earlier run")
    parser.add_argument("--table", action="store_true", help="only print the table of the last results")
    arguments = parser.parse_args()
    benchmark = Benchmark(quick=os.environ.get("QUICK") == "1", fresh=arguments.fresh)
    groups: dict[str, Callable[[], None]] = {
        "startup": benchmark.startup,
        "api": benchmark.api,
        "conversation": benchmark.conversation,
        "delivery": benchmark.delivery,
        "storing": benchmark.storing,
        "on_device": benchmark.on_device,
    }
    unknown = set(arguments.groups) - set(groups)
    if unknown:
        parser.error(f"no such group: {', '.join(sorted(unknown))}")
    if not arguments.table:
        for name, measure in groups.items():
            if not arguments.groups or name in arguments.groups:
                print(f"== {name}", flush=True)
                measure()
    print(write_report())


if __name__ == "__main__":
    main()
