"""From the end of a turn to its row, seen through the API.

The interviewer's turn ends with its sound. The candidate's ends when it is taken: the silence before that is how the
interviewer listens, and is measured as response time. What both take together is kept as well.
"""

import asyncio
import json
import time
from datetime import datetime
from pathlib import Path

from bench.samples import SampleFile
from tests.support.candidate import Candidate, ClipLibrary
from tests.support.candidate.interviewee import Answer, take_interview
from tests.support.client import Caller, TurnSeen
from tests.support.stack import Stack

POLL_SEC = 0.05
"""The figure may be too large by this and the time of one read."""
LAST_TURN_SEC = 2.0
QUESTIONS = 2
ANSWERS = 6
_SAME_TURN_SEC = 0.5


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


async def measure_storing(stack: Stack, stored: SampleFile, from_last_word: SampleFile, interviews: int) -> None:
    """
    Args:
        stored: from the end of each turn.
        from_last_word: of the candidate's turns, the wait for their end included.
    """
    library = ClipLibrary()
    clips = library.of_kind("answer", "test")
    async with Caller.signed_up(stack.base_url) as caller:
        interview = await caller.create_interview(QUESTIONS)
        for number in range(interviews):
            if any(sample.key.startswith(f"{number}-") for sample in stored.samples):
                continue
            answers = [Answer((clip,)) for clip in clips[number * ANSWERS : (number + 1) * ANSWERS]]
            found = await _watch_one(caller, interview.id, library, answers)
            taken = _turns_taken(stack.embedded.logs_dir / "worker.log")
            for turn, spoken, seen in found:
                key = f"{number}-{turn.seq}-{turn.speaker}"
                if turn.speaker == "candidate":
                    from_last_word.add(key, None if seen is None else seen - spoken, intent=turn.intent)
                    spoken = _taken_at(spoken, taken)
                stored.add(key, None if seen is None else seen - spoken, act=turn.act, intent=turn.intent)


def _turns_taken(worker_log: Path) -> list[tuple[float, float]]:
    """Of each candidate turn in the worker's log: its last sound, and when it was taken; in seconds since 1970."""
    found: list[tuple[float, float]] = []
    for line in worker_log.read_text(encoding="utf-8").splitlines():
        if '"turn_ended"' in line:
            event = json.loads(line)
            taken_at = datetime.fromisoformat(event["timestamp"]).timestamp()
            found.append((taken_at - event["silence_ms"] / 1000, taken_at))
    return found


def _taken_at(spoken: float, taken: list[tuple[float, float]]) -> float:
    last_sound, taken_at = min(taken, key=lambda turn: abs(turn[0] - spoken))
    if abs(last_sound - spoken) > _SAME_TURN_SEC:
        raise RuntimeError("a stored turn is not in the worker's log")
    return taken_at


async def _watch_one(
    caller: Caller, interview_id: str, library: ClipLibrary, answers: list[Answer]
) -> list[tuple[TurnSeen, float, float | None]]:
    """Each turn, when it was spoken to its end, and when its row was there to be read."""
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
    began_at = attempt.started_at.timestamp()
    return [
        (turn, began_at + turn.ended_ms / 1000, watch.first_seen.get(turn.seq))
        for turn in await caller.turns(attempt.id)
    ]
