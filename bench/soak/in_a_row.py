"""Many interviews in a row in one worker, and what it holds after each. It shows leaks.

Each is begun, joined with a silent microphone, greeted, and ended by the page. A run that was stopped goes on where it
was, in a fresh worker: samples say in which process they were taken, and growth is counted within one.
"""

import time

from bench.samples import SampleFile
from bench.soak.held import Held
from tests.support.candidate import Candidate
from tests.support.client import Caller
from tests.support.processes import worker_pid
from tests.support.stack import Stack

NAME = "soak"
INTERVIEWS, QUICK_INTERVIEWS = 100, 10
INTERVIEW_SEC = 15.0


async def _one(caller: Caller, interview_id: str) -> None:
    started = await caller.start_attempt(interview_id)
    async with Candidate.joined(started.connection.server_url, started.connection.participant_token) as candidate:
        await candidate.interviewer_speaking(0.3)
        await caller.end(started.attempt.id)
        await candidate.ended()
    await caller.over(started.attempt.id)


async def hold_in_a_row(stack: Stack, samples: SampleFile, interviews: int, until: float) -> None:
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
            pid = worker_pid(stack)
            worker, server = Held.by(pid), Held.by(stack.embedded.supervisor.states()["token-server"].pid)
            samples.add(
                str(number),
                worker.memory_mb,
                worker_pid=pid,
                worker_files=worker.open_files,
                worker_threads=worker.threads,
                token_server_mb=server.memory_mb,
                token_server_files=server.open_files,
                took_sec=round(took_sec, 1),
            )
