"""One interview that lasts: what its process holds, minute by minute. Sound that piles up would show."""

import asyncio
from collections.abc import Iterator
from itertools import cycle

from bench.samples import SampleFile
from bench.soak.held import Held, own_share_mb
from tests.support.candidate import Candidate, ClipLibrary
from tests.support.candidate.interviewee import Answer, take_interview
from tests.support.client import Caller, eventually
from tests.support.processes import interview_pids, worker_pid
from tests.support.stack import Stack

NAME = "soak-hour"
MINUTES, QUICK_MINUTES = 60, 3
MINUTE_SEC = 60.0
QUESTIONS = 15
VOICE = "am_fenrir"
STORIES_AN_ANSWER = 7
"""Two minutes each: with five, fifteen questions and their follow-ups were once over after 49 minutes."""
PAUSE_SEC = 0.4
LINKED_WITHIN_SEC = 30.0


async def hold_one(stack: Stack, samples: SampleFile, minutes: int) -> None:
    """It can't be gone on with: where a minute is there, nothing is done."""
    if samples.samples:
        return
    library = ClipLibrary()
    async with Caller.signed_up(stack.base_url) as caller:
        interview = await caller.create_interview(QUESTIONS)
        started = await caller.start_attempt(interview.id)
        connection, attempt_id = started.connection, started.attempt.id
        async with Candidate.joined(connection.server_url, connection.participant_token) as candidate:
            talking = asyncio.create_task(_talk(candidate, library))
            try:
                await _watch(stack, samples, candidate, attempt_id, minutes)
            finally:
                talking.cancel()
                await asyncio.gather(talking, return_exceptions=True)
            await caller.refresh()
            if not candidate.has_ended:
                await caller.end(attempt_id)
                await candidate.ended()
        await caller.over(attempt_id)


async def _talk(candidate: Candidate, library: ClipLibrary) -> None:
    async for _ in take_interview(candidate, library.get("ready", VOICE), _long_answers(library)):
        pass


def _long_answers(library: ClipLibrary) -> Iterator[Answer]:
    stories = cycle(clip for clip in library.of_kind("long", "test") if clip.voice == VOICE)
    while True:
        yield Answer(tuple(next(stories) for _ in range(STORIES_AN_ANSWER)), PAUSE_SEC)


async def _watch(stack: Stack, samples: SampleFile, candidate: Candidate, attempt_id: str, minutes: int) -> None:
    async def pids() -> list[int]:
        return interview_pids(stack, attempt_id)

    pid = (await eventually(pids, bool, LINKED_WITHIN_SEC))[-1]
    for minute in range(minutes + 1):
        if candidate.has_ended:
            return
        held = Held.by(pid)
        samples.add(
            str(minute),
            own_share_mb(pid),
            resident_mb=held.memory_mb,
            files=held.open_files,
            threads=held.threads,
            answers=len(candidate.played),
            worker_mb=Held.by(worker_pid(stack)).memory_mb,
        )
        await asyncio.sleep(MINUTE_SEC)
