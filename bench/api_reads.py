"""Reads of a person who has set 500 interviews up."""

import asyncio
import time
from typing import Any

from bench.samples import SampleFile
from tests.support.client import Caller
from tests.support.stack import Stack

INTERVIEWS = 500
AT_ONCE = 8
ROLES = ("Backend developer", "Data engineer", "Site reliability engineer", "Product manager")


async def measure_api_reads(stack: Stack, reads: SampleFile, rounds: int, interviews: int = INTERVIEWS) -> None:
    """Each read of the page's lists, one after the other, `rounds` times."""
    async with Caller.signed_up(stack.base_url) as caller:
        ids = await _set_up(caller, interviews)
        started = await caller.start_attempt(ids[0])
        await caller.end(started.attempt.id)
        calls: dict[str, tuple[str, dict[str, Any]]] = {
            "first page": ("/api/interviews", {"limit": 20}),
            "100 a page": ("/api/interviews", {"limit": 100}),
            "search": ("/api/interviews", {"limit": 20, "q": "reliability"}),
            "filter": ("/api/interviews", {"limit": 20, "level": "mid", "type": "technical"}),
            "one interview": (f"/api/interviews/{ids[-1]}", {}),
            "one attempt": (f"/api/attempts/{started.attempt.id}", {}),
            "turns": (f"/api/attempts/{started.attempt.id}/turns", {}),
            "feedback": (f"/api/attempts/{started.attempt.id}/feedback", {}),
            "me": ("/api/auth/me", {}),
        }
        for number in range(rounds):
            for name, (path, parameters) in calls.items():
                if (key := f"{name} {number}") in reads:
                    continue
                before = time.monotonic()
                await caller.call("GET", path, params=parameters)
                reads.add(key, time.monotonic() - before, call=name)


async def _set_up(caller: Caller, count: int) -> list[str]:
    limit = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> str:
        async with limit:
            created = await caller.create_interview(3, role=ROLES[number % len(ROLES)])
            return created.id

    return await asyncio.gather(*(one(number) for number in range(count)))
