"""Answers whose time tells nothing.

Supabase compares a password only where there is an account: embedded, an unknown address is refused after 2 ms and a
known one after 100 ms. So such an answer waits for the next full step after its request came.
"""

import asyncio
import math
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass(slots=True)
class Timing:
    tells_nothing: bool = True
    """False: the answer says it all anyway, and goes at once."""


@asynccontextmanager
async def evenly_timed(step_sec: float) -> AsyncGenerator[Timing]:
    """Leaves, with or without an error, a whole number of steps after it was entered, and one step at least."""
    loop = asyncio.get_running_loop()
    began_sec = loop.time()
    timing = Timing()
    try:
        yield timing
    finally:
        if timing.tells_nothing:
            took_sec = loop.time() - began_sec
            await asyncio.sleep(max(1, math.ceil(took_sec / step_sec)) * step_sec - took_sec)
