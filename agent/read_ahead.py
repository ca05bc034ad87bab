"""The model reads what is already known of a prompt, while the interviewer asks and the candidate answers.

A server that keeps the work on a common beginning, as llama.cpp does, then has only the rest to read.
"""

import asyncio
from collections.abc import Callable
from itertools import takewhile
from typing import Any

import structlog
from livekit.agents import APIConnectOptions, APIError, llm

from agent.model_pace import ModelPace

log = structlog.get_logger()


class ReadAhead:
    """One beginning after another, the newest one that is wanted; those in between are left out.

    Args:
        clock: seconds.
    """

    def __init__(self, model: llm.LLM[Any], pace: ModelPace, *, clock: Callable[[], float]) -> None:
        self._model = model
        self._pace = pace
        self._clock = clock
        self._wanted = ""
        self._read = ""
        self._reading: asyncio.Task[None] | None = None

    def read(self, beginning: str) -> None:
        """Returns at once."""
        self._wanted = beginning
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read_on())

    def stop(self) -> None:
        """The server keeps what it has read so far."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def answered(self, prompt: str) -> None:
        """The model was given this one as a whole."""
        self._read = prompt

    def unread(self, prompt: str) -> int:
        """Characters of a prompt that are still to be read."""
        pairs = zip(self._read, prompt, strict=False)
        return len(prompt) - sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    async def _read_on(self) -> None:
        while self._wanted != self._read:
            beginning = self._wanted
            try:
                await self._read_once(beginning)
            except APIError as error:
                log.warning("prompt_not_prepared", reason=type(error).__name__)
                return
            self._read = beginning

    async def _read_once(self, beginning: str) -> None:
        began = self._clock()
        stream = self._model.chat(
            chat_ctx=asking(beginning),
            conn_options=APIConnectOptions(max_retry=0),
            extra_kwargs={"max_tokens": 1},
        )
        async with stream:
            async for chunk in stream:
                if chunk.usage is not None:
                    fresh = chunk.usage.prompt_tokens - chunk.usage.prompt_cached_tokens
                    self._pace.has_read(fresh, in_sec=self._clock() - began)


def asking(prompt: str) -> llm.ChatContext:
    context = llm.ChatContext.empty()
    context.add_message(role="user", content=prompt)
    return context
