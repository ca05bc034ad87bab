"""Two interviews at once with everything on this machine, and a third that asks for a place."""

import asyncio
from itertools import islice
from pathlib import Path

from bench.load.people import timed
from bench.samples import SampleFile
from tests.support.candidate import Candidate, ClipLibrary
from tests.support.candidate.interviewee import Answer, take_interview
from tests.support.client import Caller
from tests.support.stack import Stack, running_stack

VOICES = ("bf_emma", "bm_george")
ASK_AFTER_ANSWERS = 1
"""The third asks when both interviews are well under way."""


async def measure_rooms(samples: SampleFile, stack: Stack, answers: int) -> None:
    """With the settings that `make run` has."""
    library = ClipLibrary()
    under_way = asyncio.Semaphore(0)

    async def interview(number: int) -> None:
        voice = VOICES[number]
        clips = [
            library.get(spec.id, voice)
            for spec in library.index.clips
            if spec.kind == "answer" and voice in library.index.voices_of(spec)
        ]
        async with Caller.signed_up(stack.base_url) as caller:
            created = await caller.create_interview(3)
            started = await caller.start_attempt(created.id)
            connection = started.connection
            async with Candidate.joined(connection.server_url, connection.participant_token) as candidate:
                wanted = (Answer((clip,)) for clip in islice(clips, answers))
                given = 0
                async for answered in take_interview(candidate, library.get("ready", voice), wanted):
                    measure = answered.measure
                    samples.add(
                        f"response/{number}.{given}",
                        measure.response_sec,
                        cut_into=bool(measure.cut_ins),
                    )
                    given += 1
                    if given == ASK_AFTER_ANSWERS:
                        under_way.release()
                if given < ASK_AFTER_ANSWERS:
                    raise RuntimeError(f"interview {number} was over before its first answer")
                await caller.end(started.attempt.id)
                await candidate.ended()

    async def third() -> None:
        for _ in VOICES:
            await under_way.acquire()
        async with Caller.signed_up(stack.base_url) as caller:
            created = await caller.create_interview(3)
            path = f"/api/interviews/{created.id}/attempts"
            call = await timed(lambda: caller.ask("POST", path, json={}))
            samples.add(
                "third", call.took_sec, status=call.status, code=call.code, retry_after_sec=call.retry_after_sec
            )

    await asyncio.gather(*(interview(number) for number in range(len(VOICES))), third())


def run_rooms(samples: SampleFile, folder: Path, answers: int) -> None:
    if "third" in samples:
        return
    with running_stack(folder, {"LLM_PROVIDER": "on_device"}) as stack:
        asyncio.run(measure_rooms(samples, stack, answers))
