"""Somebody asks for time to think, and gets it: the floor is theirs, and nothing is said after "Take your time."."""

import asyncio
from dataclasses import dataclass

from agent.conversation import Topic
from agent.listening.turns import CandidateTurn
from agent.tasks.context import InterviewContext

_REPLY_WITHIN_SEC = 3.0
"""Turn taking may have waited long for more: then "Take your time." comes out of nowhere."""


@dataclass(slots=True)
class ThinkingTime:
    """The time given at one question. Any word ends it, and another request renews it without a sound."""

    context: InterviewContext
    topic: Topic
    until: float | None = None
    """Loop time. None: nobody asked."""

    @property
    def left_sec(self) -> float | None:
        return None if self.until is None else max(0.0, self.until - asyncio.get_running_loop().time())

    async def give(self, asked: CandidateTurn, *, aloud: bool) -> None:
        """`aloud`: one short quiet line at the first request."""
        again = self.until is not None
        self.until = asked.ended_at + self.context.patience.thinking_time_sec
        prompt = asyncio.get_running_loop().time() - asked.ended_at <= _REPLY_WITHIN_SEC
        if aloud and prompt and not again:
            line = self.context.line("thinking_time")
            await self.context.say(line, act="nudge", situation="thinking", topic=self.topic)

    def over(self) -> None:
        self.until = None
