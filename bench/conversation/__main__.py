"""`make bench-conversation`: what a candidate hears of turn taking. QUICK=1 takes at most eight minutes.

Everything comes from one setting. A run that was stopped goes on where it was, as long as commit and settings are the
same; --fresh starts over; --table only writes the report. Nothing else should run on the machine meanwhile.
"""

import argparse
import asyncio
import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from bench.conversation.cost import measure_cost
from bench.conversation.report import write_report
from bench.conversation.results import Results
from bench.conversation.runs import converse
from bench.conversation.scripts import SEED, Exchange, plan_exchanges
from tests.fakes.llm_server import scripted_llm
from tests.support.candidate import ClipLibrary
from tests.support.client import Caller
from tests.support.stack import ROOT, Stack, running_stack, scripted_model

WORK_DIR = ROOT / "artifacts" / "bench" / "conversation"
"""Data, logs, recordings and pictures of the last run."""
SETTINGS = {"WORKER_CAPACITY": "4", "WORKER_LOG_LEVEL": "debug"}
"""Of all runs. The cost of three at once is measured, and a job that has ended takes a moment to be gone. The log says
why a listener's sound was withheld."""
LEAD = "That gives me a picture of how you went about it, and I would like to stay there for a moment."
"""Before each scripted follow-up: time to say "mhm" into it and then to interrupt it."""
LONG_SEC, SHORT_SEC, HOLD_SEC, AROUND_SEC = 32.0, 14.0, 12.0, 30.0
"""For the estimate: an exchange of each kind, time asked for, and the beginning and end of a conversation."""
MOST_TRIES = 3
"""Of a conversation that ends before its exchanges are done."""


@dataclass(frozen=True)
class Amounts:
    conversations: int
    exchanges: int
    """Of each conversation."""
    on_device_conversations: int
    on_device_exchanges: int
    at_once: int
    cost_sec: float

    @classmethod
    def chosen(cls, *, quick: bool) -> "Amounts":
        return cls(2, 4, 1, 2, 2, 15.0) if quick else cls(15, 12, 2, 7, 3, 30.0)


class Bench:
    def __init__(self, amounts: Amounts, *, fresh: bool, rooms: int = 1) -> None:
        self._amounts = amounts
        self._rooms = rooms
        self._library = ClipLibrary()
        settings = ", ".join(
            [f"seed {SEED}", f"rooms {rooms}", *(f"{name}={value}" for name, value in SETTINGS.items())]
        )
        self._scripted = Results("scripted", settings=settings, fresh=fresh)
        self._on_device = Results("on-device", settings=settings, fresh=fresh)
        index = self._library.index
        self._exchanges = plan_exchanges(index, conversations=amounts.conversations, exchanges=amounts.exchanges)
        self._on_device_exchanges = plan_exchanges(
            index, conversations=amounts.on_device_conversations, exchanges=amounts.on_device_exchanges
        )

    def run(self) -> None:
        """Some of every row first, then the rest."""
        print(f"about {self.estimate_sec() / 60:.0f} minutes", flush=True)
        with self._scripted_stack() as stack:
            asyncio.run(self._converse(stack, self._scripted, self._exchanges, conversations=2))
        with self._on_device_stack() as stack:
            for at_once in range(1, self._amounts.at_once + 1):
                asyncio.run(measure_cost(stack, self._on_device, self._library, at_once, self._amounts.cost_sec))
            asyncio.run(self._converse(stack, self._on_device, self._on_device_exchanges))
        if _remaining(self._scripted, self._exchanges):
            with self._scripted_stack() as stack:
                asyncio.run(self._converse(stack, self._scripted, self._exchanges))

    def estimate_sec(self) -> float:
        scripted = _remaining(self._scripted, self._exchanges)
        on_device = _remaining(self._on_device, self._on_device_exchanges)
        seconds = sum(
            (LONG_SEC if one.is_long else SHORT_SEC) + (HOLD_SEC if one.hold else 0.0)
            for one in [*scripted, *on_device]
        )
        conversations = len({one.conversation for one in scripted}) + len({one.conversation for one in on_device})
        cost = sum(
            self._amounts.cost_sec + AROUND_SEC
            for number in range(self._amounts.at_once)
            if f"{number + 1}/0" not in self._on_device["cost"]
        )
        return (seconds + conversations * AROUND_SEC) / self._rooms + cost

    async def _converse(
        self, stack: Stack, results: Results, exchanges: list[Exchange], conversations: int | None = None
    ) -> None:
        """The conversations that aren't done, at most so many."""
        for _ in range(MOST_TRIES):
            waiting = iter(_conversations(_remaining(results, exchanges), conversations))
            await asyncio.gather(*(self._one_room(stack, results, waiting) for _ in range(self._rooms)))
            if conversations is not None:
                return

    async def _one_room(self, stack: Stack, results: Results, waiting: Iterator[list[Exchange]]) -> None:
        async with Caller.signed_up(stack.base_url) as caller:
            for taken in waiting:
                await converse(caller, self._library, results, taken, WORK_DIR / results.table)
                write_report()

    @contextmanager
    def _scripted_stack(self) -> Generator[Stack]:
        with (
            scripted_llm(lead=LEAD) as llm,
            running_stack(_empty("scripted"), {**SETTINGS, **scripted_model(llm.base_url)}) as one,
        ):
            yield one

    @contextmanager
    def _on_device_stack(self) -> Generator[Stack]:
        with running_stack(_empty("on-device"), {**SETTINGS, "LLM_PROVIDER": "auto"}) as stack:
            yield stack


def _remaining(results: Results, exchanges: list[Exchange]) -> list[Exchange]:
    return [one for one in exchanges if not results.is_done(one.key)]


def _conversations(exchanges: list[Exchange], most: int | None) -> list[list[Exchange]]:
    grouped = [list(group) for _, group in groupby(exchanges, key=lambda one: one.conversation)]
    return grouped[:most]


def _empty(name: str) -> Path:
    """A data folder. The logs of the stack that had it before are kept: they explain samples of the same run."""
    folder = WORK_DIR / "data" / name
    if (folder / "logs").is_dir():
        kept = WORK_DIR / "logs"
        kept.mkdir(exist_ok=True)
        shutil.move(folder / "logs", kept / f"{name}-{len(list(kept.iterdir())) + 1}")
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.conversation", description=__doc__)
    parser.add_argument("--fresh", action="store_true", help="forget the samples of an earlier run")
    parser.add_argument("--table", action="store_true", help="only write the report of the samples that are there")
    parser.add_argument("--rooms", type=int, default=1, help="conversations at a time; the report says how many")
    arguments = parser.parse_args()
    if not arguments.table:
        amounts = Amounts.chosen(quick=os.environ.get("QUICK") == "1")
        Bench(amounts, fresh=arguments.fresh, rooms=arguments.rooms).run()
    print(write_report())


if __name__ == "__main__":
    main()
