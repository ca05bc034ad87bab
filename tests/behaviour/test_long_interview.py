"""An interview of an hour, in virtual time: it ends in time and piles nothing up."""

import asyncio
import gc
import tracemalloc

import pytest

from tests.behaviour.scripted import SECONDS_PER_WORD, VAGUE_ANSWER, Script

pytestmark = pytest.mark.behaviour
ANSWER_SEC = 75.0
GROWTH_BYTES = 2_000_000
"""The transcript itself, kept by the script, is a part of it, and so are caches of the process that other tests fill.
Sound that is kept would be 100 times as much."""


class SlowSpeaker(Script):
    """Thinks and speaks for more than a minute each time."""

    def _answer_later(self, said: str) -> None:
        answer = self.reply(said)
        if answer is not None:
            after_sec = len(said.split()) * SECONDS_PER_WORD + 5
            asyncio.get_running_loop().call_later(after_sec, self._speak, answer)

    def _speak(self, answer: str) -> None:
        self.candidate_is_speaking = True
        asyncio.get_running_loop().call_later(ANSWER_SEC, self._finish, answer)

    def _finish(self, answer: str) -> None:
        self.candidate_is_speaking = False
        self.say_now(answer, lasting_sec=ANSWER_SEC)


async def test_an_hour_long_interview_ends_by_its_time_limit_and_keeps_its_memory_flat():
    script = SlowSpeaker(
        lambda said: "Yes, ready." if "begin" in said or "start" in said else VAGUE_ANSWER, questions=15
    )
    loop = asyncio.get_running_loop()
    began = loop.time()
    used: list[int] = []

    def measure() -> None:
        gc.collect()
        used.append(tracemalloc.get_traced_memory()[0])

    tracemalloc.start()
    try:
        for minute in (10, 20, 30, 40, 50):
            loop.call_later(minute * 60, measure)
        assert await script.run() == "time_limit"
        measure()
    finally:
        tracemalloc.stop()
    assert 55 * 60 < loop.time() - began < 70 * 60
    assert len(used) == 6
    assert used[-1] - used[0] < GROWTH_BYTES
