"""What the worker costs with one, two and three interviews at once, and what that does to the response time."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass

import psutil

from bench.conversation.results import Results
from tests.support.candidate import Candidate, ClipLibrary, WaitedInVain
from tests.support.candidate.interviewee import Answer, take_interview
from tests.support.client import Caller, Refused, Started, eventually
from tests.support.stack import Stack

QUESTIONS = 8
MEGABYTE = 1_000_000
SPEAKING_WITHIN_SEC = 60.0
PLACE_WITHIN_SEC = 30.0


@dataclass(frozen=True)
class _Process:
    program: str
    process: psutil.Process
    cpu_sec: float


async def measure_cost(stack: Stack, results: Results, library: ClipLibrary, at_once: int, seconds: float) -> None:
    """So many interviews, each in its third sentence or later when the window opens."""
    if f"{at_once}/0" in results["cost"]:
        return
    under_way = [asyncio.Event() for _ in range(at_once)]
    enough = asyncio.Event()
    interviews = [
        asyncio.create_task(_one_interview(stack, results, library, f"{at_once}/{number}", under_way[number], enough))
        for number in range(at_once)
    ]
    try:
        await asyncio.wait_for(asyncio.gather(*(one.wait() for one in under_way)), SPEAKING_WITHIN_SEC)
        before = _processes(stack)
        await asyncio.sleep(seconds)
        _keep(results, before, at_once, seconds)
    finally:
        enough.set()
        await asyncio.gather(*interviews)


async def _one_interview(
    stack: Stack, results: Results, library: ClipLibrary, name: str, under_way: asyncio.Event, enough: asyncio.Event
) -> None:
    number = int(name.split("/")[1])
    voice = library.index.voices["test"][number]
    clips = [clip for clip in library.of_kind("answer", "test") if clip.voice == voice]
    async with Caller.signed_up(stack.base_url) as caller:
        interview = await caller.create_interview(QUESTIONS)
        started = await _started(caller, interview.id)
        connection = started.connection
        async with Candidate.joined(connection.server_url, connection.participant_token) as candidate:
            answers = [Answer((clip,)) for clip in clips * 4]
            try:
                async for answered in take_interview(candidate, library.get("ready", voice), answers):
                    under_way.set()
                    sec = answered.measure.response_sec
                    results.keep("cost-response", f"{name}/{len(candidate.played)}", sec, at_once=int(name[0]))
                    if enough.is_set():
                        break
            except WaitedInVain as error:
                results.keep("unanswered", started.attempt.id, 1.0, problem=str(error)[:300])
            if not candidate.has_ended:
                await caller.end(started.attempt.id)
                await candidate.ended()
        await caller.over(started.attempt.id)
        await caller.settled_feedback(started.attempt.id, 240)


async def _started(caller: Caller, interview_id: str) -> Started:
    """As soon as there is a place: the jobs of the round before hold theirs for a moment after their reports."""

    async def tried() -> Started | None:
        try:
            return await caller.start_attempt(interview_id)
        except Refused as refused:
            if refused.code != "at_capacity":
                raise
            return None

    started = await eventually(tried, lambda one: one is not None, PLACE_WITHIN_SEC)
    assert started is not None
    return started


def _processes(stack: Stack) -> dict[int, _Process]:
    """All processes of the stack, by id."""
    found: dict[int, _Process] = {}
    for program in stack.embedded.supervisor.states().values():
        if program.pid:
            main = psutil.Process(program.pid)
            for process in (main, *main.children(recursive=True)):
                times = process.cpu_times()
                found[process.pid] = _Process(program.name, process, times.user + times.system)
    return found


def _keep(results: Results, before: dict[int, _Process], at_once: int, seconds: float) -> None:
    """The busiest processes of the worker are the jobs: those that wait do nothing."""
    shares: dict[int, float] = {}
    for pid, one in before.items():
        times = one.process.cpu_times()
        shares[pid] = (times.user + times.system - one.cpu_sec) / seconds
    of_worker = sorted((pid for pid, one in before.items() if one.program == "worker"), key=lambda pid: -shares[pid])
    jobs, rest = of_worker[:at_once], of_worker[at_once:]
    others: dict[str, list[int]] = defaultdict(list)
    for pid, one in before.items():
        if pid not in jobs:
            others["worker without its jobs" if pid in rest else one.program].append(pid)
    for number, pid in enumerate(jobs):
        results.keep(
            "cost", f"{at_once}/{number}", shares[pid], what="interview", at_once=at_once, pss_mb=_pss(before[pid])
        )
    for name, pids in others.items():
        pss_mb = round(sum(_pss(before[pid]) for pid in pids), 1)
        share = sum(shares[pid] for pid in pids)
        results.keep("cost", f"{at_once}/{name}", share, what=name, at_once=at_once, pss_mb=pss_mb)


def _pss(process: _Process) -> float:
    return round(process.process.memory_full_info().pss / MEGABYTE, 1)
