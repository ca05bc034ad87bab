"""One round of the fault bench: interviews at the same time, one kind of fault, and what came of each interview."""

import asyncio
import random
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from bench.faults.kinds import (
    OF_ONE_ROOM,
    TAKES_THE_INTERVIEWER,
    Kind,
    kill_program,
)
from bench.faults.outcome import Outcome, judge, silence_until_spoken
from bench.faults.talking import Talker
from tests.support.candidate import Candidate, ClipLibrary
from tests.support.client import Caller, ConnectionSeen, eventually
from tests.support.processes import interview_pids, kill_process
from tests.support.stack import Stack

STRIKE_SEC = (1.0, 32.0)
"""After the interviewer has come: from the first words of the greeting to the end of a short interview."""
ASSESSOR_STRIKE_SEC = (0.0, 2.5)
"""After the end of the attempt: an assessment on this machine takes about so long."""
INTERVIEWER_SEC = 60.0
ATTENDED_SEC = 200.0
OVER_SEC = 90.0
FEEDBACK_SEC = 150.0
VOICES = ("bf_emma", "bm_george")


@dataclass
class Sample:
    """One interview of a round."""

    key: str
    talker: Talker
    connection: ConnectionSeen
    struck_wall_sec: float | None = None
    struck_in: str | None = None
    """Phase of the interview when the fault struck; None after its end."""

    def note_strike(self, kind: Kind) -> None:
        candidate = self.talker.candidate
        self.struck_wall_sec = time.time()
        self.struck_in = None if candidate.has_ended else candidate.phase
        self.talker.fault_after = len(self.talker.said)
        if kind in TAKES_THE_INTERVIEWER:
            self.talker.interviewer_died()


class Round:
    def __init__(self, stack: Stack, library: ClipLibrary, kind: Kind, keys: Sequence[str], recordings: Path) -> None:
        self._stack = stack
        self._library = library
        self._kind: Kind = kind
        self._keys = keys
        self._recordings = recordings
        self._rng = random.Random(keys[0])

    async def play(self) -> list[tuple[str, float | None, dict[str, Any]]]:
        """Of each interview: its key, the seconds of silence, and the rest."""
        async with AsyncExitStack() as callers:
            samples: list[Sample] = []
            attending: list[asyncio.Task[None]] = []
            for number, key in enumerate(self._keys):
                caller = await callers.enter_async_context(Caller.signed_up(self._stack.base_url))
                sample = await self._open(caller, key, VOICES[number % len(VOICES)])
                attending.append(asyncio.create_task(sample.talker.attend(sample.connection)))
                samples.append(sample)
            for sample in samples:
                await self._interviewer_of(sample)
            striking = asyncio.create_task(self._strike(samples))
            done, late = await asyncio.wait(attending, timeout=ATTENDED_SEC)
            for task in (*late, striking):
                task.cancel()
            for task in done:
                task.result()
            if self._kind == "assessor":
                await asyncio.sleep(self._rng.uniform(*ASSESSOR_STRIKE_SEC))
                self._strike_program(samples)
            await asyncio.to_thread(self._stack.embedded.wait_until_ready)
            return [await self._kept(sample) for sample in samples]

    async def _open(self, caller: Caller, key: str, voice: str) -> Sample:
        clips = [
            self._library.get(spec.id, voice) for spec in self._library.index.clips if self._is_answer(spec.id, voice)
        ]
        self._rng.shuffle(clips)
        interview = await caller.create_interview(1)
        started = await caller.start_attempt(interview.id)
        talker = Talker(caller, started.attempt.id, self._library.get("ready", voice), cycle(clips))
        return Sample(key, talker, started.connection)

    def _is_answer(self, clip_id: str, voice: str) -> bool:
        spec = self._library.index[clip_id]
        return spec.kind == "answer" and voice in self._library.index.voices_of(spec)

    async def _interviewer_of(self, sample: Sample) -> list[int]:
        async def look() -> list[int]:
            return interview_pids(self._stack, sample.talker.attempt_id)

        return await eventually(look, bool, INTERVIEWER_SEC)

    async def _strike(self, samples: Sequence[Sample]) -> None:
        if self._kind == "assessor":
            return
        if self._kind in OF_ONE_ROOM:
            await asyncio.gather(*(self._strike_one(sample) for sample in samples))
            return
        await asyncio.sleep(self._rng.uniform(*STRIKE_SEC))
        self._strike_program(samples)

    async def _strike_one(self, sample: Sample) -> None:
        await asyncio.sleep(self._rng.uniform(*STRIKE_SEC))
        sample.note_strike(self._kind)
        if self._kind == "browser reload":
            sample.talker.reload_now.set()
        elif self._kind == "interview process":
            kill_process(interview_pids(self._stack, sample.talker.attempt_id)[-1])

    def _strike_program(self, samples: Sequence[Sample]) -> None:
        kill_program(self._stack, self._kind)
        for sample in samples:
            sample.note_strike(self._kind)

    async def _kept(self, sample: Sample) -> tuple[str, float | None, dict[str, Any]]:
        talker = sample.talker
        ended, feedback = await self._came_to(talker)
        turns = await talker.caller.turns(talker.attempt_id)
        outcome = judge(
            talker.said,
            " ".join(visit.captions.candidate_text for visit in talker.visits),
            [segment.text for visit in talker.visits for segment in visit.captions.segments if not segment.own],
            turns,
        )
        silence_sec = self._silence_sec(sample)
        if is_noteworthy(outcome, silence_sec) or talker.fell_silent:
            for number, visit in enumerate(talker.visits):
                visit.save(self._recordings / f"{sample.key}-{talker.attempt_id[:8]}-{number}")
        return (
            sample.key,
            silence_sec,
            {
                **asdict(outcome),
                "struck_in": sample.struck_in,
                "fell_silent": talker.fell_silent,
                "attempt": ended,
                "feedback": feedback,
            },
        )

    @staticmethod
    async def _came_to(talker: Talker) -> tuple[str, str]:
        """How the attempt ended, and what became of its feedback; as they are, where the wait was in vain."""
        caller, attempt_id = talker.caller, talker.attempt_id
        with suppress(TimeoutError):
            await caller.over(attempt_id, OVER_SEC)
            await caller.settled_feedback(attempt_id, FEEDBACK_SEC)
        attempt = await caller.attempt(attempt_id)
        return f"{attempt.status}, {attempt.end_reason}", (await caller.feedback(attempt_id)).status

    def _silence_sec(self, sample: Sample) -> float | None:
        """In the last visit: where the page was loaded again, from its return."""
        if sample.struck_wall_sec is None or self._kind == "assessor":
            return None
        visit = sample.talker.visits[-1]
        since = sample.talker.back_wall_sec if self._kind == "browser reload" else sample.struck_wall_sec
        if since is None:
            return None
        recording = visit.recording()
        fault_at = since - visit.wall_time(0.0)
        return silence_until_spoken(fault_at, recording.own_spans(), recording.voice_utterances(), _closed_at(visit))


def is_noteworthy(outcome: Outcome, silence_sec: float | None) -> bool:
    """Worth listening to afterwards."""
    faults = len(outcome.lost) + outcome.doubled + outcome.out_of_order + outcome.second_greetings
    return faults > 0 or (silence_sec is not None and silence_sec > 8.0)


def _closed_at(visit: Candidate) -> float | None:
    return next((note.at for note in visit.notes if note.what == "disconnected"), None)
