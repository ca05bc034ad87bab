"""`make bench-soak`: many interviews in a row in one worker, and what it holds after each. It shows leaks.

Each is begun, joined with a silent microphone, greeted, and ended by the page. Samples are written one by one. A run
that was stopped goes on where it was, in a fresh worker: samples say in which process they were taken, and growth is
counted within one.
"""

import argparse
import asyncio
import os
import time
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from bench.samples import Sample, SampleFile
from tests.fakes.llm_server import scripted_llm
from tests.support.candidate import Candidate
from tests.support.client import Caller
from tests.support.stack import ROOT, Stack, running_stack, scripted_model

NAME = "soak"
WORK_DIR = ROOT / "artifacts" / "bench" / "soak"
REPORT = Path(__file__).resolve().parent / "soak.md"
SETTINGS = {"WORKER_CAPACITY": "4"}
"""A job that has ended takes a moment to be gone."""
INTERVIEWS, QUICK_INTERVIEWS = 100, 10
INTERVIEW_SEC = 15.0
SETTLE_AFTER = 5
"""Growth is counted from the so-manieth interview of a worker: the first ones fill caches."""
PAGE_KB = os.sysconf("SC_PAGE_SIZE") // 1024


@dataclass(frozen=True)
class Held:
    """What one process holds."""

    memory_mb: float
    open_files: int
    threads: int

    @classmethod
    def by(cls, pid: int) -> "Held":
        process = Path(f"/proc/{pid}")
        resident_pages = int((process / "statm").read_text().split()[1])
        return cls(
            round(resident_pages * PAGE_KB / 1024, 1),
            len(list((process / "fd").iterdir())),
            len(list((process / "task").iterdir())),
        )


async def _one(caller: Caller, interview_id: str) -> None:
    started = await caller.start_attempt(interview_id)
    async with Candidate.joined(started.connection.server_url, started.connection.participant_token) as candidate:
        await candidate.interviewer_speaking(0.3)
        await caller.end(started.attempt.id)
        await candidate.ended()
    await caller.over(started.attempt.id)


async def soak(stack: Stack, samples: SampleFile, interviews: int, until: float) -> None:
    async with Caller.signed_up(stack.base_url) as caller:
        interview = await caller.create_interview(1)
        for number in range(interviews):
            if str(number) in samples:
                continue
            if time.monotonic() + INTERVIEW_SEC > until:
                return
            began = time.monotonic()
            await _one(caller, interview.id)
            took_sec = time.monotonic() - began
            states = stack.embedded.supervisor.states()
            worker, server = (Held.by(states[name].pid) for name in ("worker", "token-server"))
            samples.add(
                str(number),
                worker.memory_mb,
                worker_pid=states["worker"].pid,
                worker_files=worker.open_files,
                worker_threads=worker.threads,
                token_server_mb=server.memory_mb,
                token_server_files=server.open_files,
                took_sec=round(took_sec, 1),
            )


def table(samples: list[Sample]) -> str:
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


def write_report() -> str:
    file = SampleFile.stored(NAME)
    if file is None or not file.samples:
        return "nothing was measured yet"
    text = (
        f"# Last results of `make bench-soak`\n\n{len(file.samples)} interviews, one after the other; *first* is after "
        f"the first {SETTLE_AFTER + 1} of a worker. Each interview has a process of its own that ends with it: what "
        f"could leak is in the worker's main process and in the token server.\n\n{table(file.samples)}\n\n"
        f"Measured at commit {file.about['commit']} on {file.about['machine']}, {file.about['started']}.\n"
    )
    REPORT.write_text(text, encoding="utf-8")
    return text


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--fresh", action="store_true", help="forget the samples of an earlier run")
    parser.add_argument("--within-sec", type=float, default=float("inf"), help="begin none that would end later")
    parser.add_argument("--table", action="store_true", help="only write the report of the samples that are there")
    arguments = parser.parse_args()
    if not arguments.table:
        until = time.monotonic() + arguments.within_sec
        interviews = QUICK_INTERVIEWS if os.environ.get("QUICK") == "1" else INTERVIEWS
        samples = SampleFile.open(NAME, fresh=arguments.fresh)
        with (
            scripted_llm() as llm,
            running_stack(WORK_DIR / "data", {**SETTINGS, **scripted_model(llm.base_url)}) as stack,
        ):
            asyncio.run(soak(stack, samples, interviews, until))
    print(write_report())


if __name__ == "__main__":
    main()
