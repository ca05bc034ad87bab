"""What a language model's `chat` returns, without a model."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from types import TracebackType

from livekit.agents import llm


class ChatStream:
    """Says its chunks, each after a while; or fails, after it too. Tells of the tokens it read, if any."""

    def __init__(
        self,
        chunks: Sequence[str],
        *,
        delay_sec: float = 0.0,
        error: Exception | None = None,
        tokens: int = 0,
        known_tokens: int = 0,
    ) -> None:
        self._chunks, self._delay_sec, self._error = chunks, delay_sec, error
        self._tokens, self._known_tokens = tokens, known_tokens
        self.was_given_up = False

    async def __aenter__(self) -> "ChatStream":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.was_given_up = kind is not None

    async def __aiter__(self) -> AsyncIterator[llm.ChatChunk]:
        if self._error is not None:
            await asyncio.sleep(self._delay_sec)
            raise self._error
        for text in self._chunks:
            await asyncio.sleep(self._delay_sec)
            yield llm.ChatChunk(id="1", delta=llm.ChoiceDelta(role="assistant", content=text))
        if self._tokens:
            usage = llm.CompletionUsage(
                completion_tokens=len(self._chunks),
                prompt_tokens=self._tokens,
                prompt_cached_tokens=self._known_tokens,
                total_tokens=self._tokens + len(self._chunks),
            )
            yield llm.ChatChunk(id="1", usage=usage)
