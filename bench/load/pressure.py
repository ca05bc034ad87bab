"""Callers who each ask again as soon as they are answered."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from itertools import cycle

from bench.load.people import KINDS, Call, Person, mixed
from bench.samples import SampleFile
from tests.support.candidate.measure import Summary

MIXED_NAME = "mixed"


async def measure_pressure(
    samples: SampleFile, everybody: Sequence[Person], levels: Sequence[int], cell_sec: float
) -> None:
    """Each kind of call by itself, then mixed, with so many callers at once."""
    for name, ask in [*KINDS.items(), (MIXED_NAME, mixed)]:
        for callers in levels:
            if (key := f"{name}/{callers}") in samples:
                continue
            calls, lasted_sec = await press(everybody, callers, ask, cell_sec)
            good = [call.took_sec for call in calls if call.succeeded]
            summary = Summary.of(good)
            samples.add(
                key,
                len(good) / lasted_sec,
                calls=len(calls),
                p50_sec=summary.p50,
                p95_sec=summary.p95,
                p99_sec=sorted(good)[min(len(good) - 1, int(len(good) * 0.99))] if good else None,
                failed=sum(not call.succeeded for call in calls),
                failed_unclearly=sum(not call.succeeded and not call.refused_clearly for call in calls),
            )


async def press(
    everybody: Sequence[Person], callers: int, ask: Callable[[Person], Awaitable[Call]], cell_sec: float
) -> tuple[list[Call], float]:
    """The calls, and how long it took until the last one was answered."""
    calls: list[Call] = []
    began = time.monotonic()

    async def keep_asking(person: Person) -> None:
        while time.monotonic() - began < cell_sec:
            calls.append(await ask(person))

    await asyncio.gather(*(keep_asking(person) for person, _ in zip(cycle(everybody), range(callers), strict=False)))
    return calls, time.monotonic() - began
