"""What has come for a conversation and nobody has listened to yet, in its order."""

import asyncio
from collections import deque
from typing import Literal

from agent.listening.turns import CandidateTurn
from storage.models.room import Command

News = CandidateTurn | Command | Literal["returned"]


class Inbox:
    def __init__(self) -> None:
        self._waiting: deque[News] = deque()
        self._something_came = asyncio.Event()

    @property
    def has_command(self) -> bool:
        return any(isinstance(news, str) and news != "returned" for news in self._waiting)

    @property
    def has_cut_off_turn(self) -> bool:
        return any(isinstance(news, CandidateTurn) and news.cut_off for news in self._waiting)

    def put(self, news: News) -> None:
        self._waiting.append(news)
        self._something_came.set()

    async def next(self, timeout_sec: float) -> News | None:
        """The oldest; None if none came in time."""
        # what came may be taken back before anybody looks
        while not self._waiting:
            self._something_came.clear()
            try:
                await asyncio.wait_for(self._something_came.wait(), timeout_sec)
            except TimeoutError:
                return None
        return self._waiting.popleft()

    def take_return(self) -> bool:
        """Forgets that the candidate is back. Whether that was waiting."""
        was_waiting = "returned" in self._waiting
        self._waiting = deque(news for news in self._waiting if news != "returned")
        return was_waiting

    def take_turns(self) -> list[CandidateTurn]:
        """Empties it."""
        turns = [news for news in self._waiting if isinstance(news, CandidateTurn)]
        self._waiting.clear()
        return turns
