"""From the end of a turn to its row, seen through the API."""

import asyncio
import time

from bench.samples import SampleFile
from tests.support.candidate import Candidate, ClipLibrary
from tests.support.candidate.interviewee import Answer, take_interview
from tests.support.client import Caller
from tests.support.stack import Stack

POLL_SEC = 0.05
"""The figure may be too large by this and the time of one read."""
LAST_TURN_SEC = 2.0
QUESTIONS = 2
ANSWERS = 6


class TurnWatch:
    """Notes when each turn of an attempt is first there to be read."""

    def __init__(self, caller: Caller, attempt_id: str) -> None:
        self._caller = caller
        self._attempt_id = attempt_id
        self.first_seen: dict[int, float] = {}

    async def run(self) -> None:
        while True:
            turns = await self._caller.turns(self._attempt_id)
            now = time.time()
            for turn in turns:
                self.first_seen.setdefault(turn.seq, now)
            await asyncio.sleep(POLL_SEC)


async def measure_storing(stack: Stack, stored: SampleFile, interviews: int) -> None:
    library = ClipLibrary()
    clips = library.of_kind("answer", "test")
    async with Caller.signed_up(stack.base_url) as caller:
        interview = await caller.create_interview(QUESTIONS)
        for number in range(interviews):
            if any(sample.key.startswith(f"{number}-") for sample in stored.samples):
                continue
            answers = [Answer((clip,)) for clip in clips[number * ANSWERS : (number + 1) * ANSWERS]]
            await _watch_one(caller, interview.id, library, answers, stored, number)


async def _watch_one(
    caller: Caller, interview_id: str, library: ClipLibrary, answers: list[Answer], stored: SampleFile, number: int
) -> None:
    started = await caller.start_attempt(interview_id)
    connection = started.connection
    watch = TurnWatch(caller, started.attempt.id)
    watching = asyncio.create_task(watch.run())
    async with Candidate.joined(connection.server_url, connection.participant_token) as candidate:
        async for _ in take_interview(candidate, library.get("ready", "bf_emma"), answers):
            pass
        if not candidate.has_ended and candidate.phase != "closing":
            await caller.end(started.attempt.id)
        await candidate.ended()
    attempt = await caller.over(started.attempt.id)
    await asyncio.wait({watching}, timeout=LAST_TURN_SEC)
    watching.cancel()
    if attempt.started_at is None:
        raise RuntimeError("the attempt never started")
    for turn in await caller.turns(attempt.id):
        spoken = attempt.started_at.timestamp() + turn.ended_ms / 1000
        seen = watch.first_seen.get(turn.seq)
        key = f"{number}-{turn.seq}-{turn.speaker}"
        stored.add(key, None if seen is None else seen - spoken, act=turn.act, intent=turn.intent)
