"""Sends what waits in the outbox to the token server: of one attempt while it is held, and what dead processes left."""

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from typing import TypeVar

import structlog
from pydantic import ValidationError

from agent.outbox import Outbox
from agent.outbox_rows import Item
from agent.token_server_client import TokenServerClient
from agent.token_server_errors import (
    AttemptOverError,
    RefusedError,
    SupersededError,
    TokenServerError,
    UnexpectedAnswerError,
)
from storage.models.transcript import Turn
from storage.models.worker_api import AttemptEnd, TurnBatch

log = structlog.get_logger()

Stored = TypeVar("Stored", Turn, AttemptEnd)
_BATCH_SIZE = 50
_FIRST_RETRY_SEC = 0.5
_LONGEST_RETRY_SEC = 15.0
_GIVEN_UP_SEC = 120.0
"""A turn that has got no word for so long isn't going on: its process died, and no other took its attempt up."""
_LONGEST_ATTEMPT_SEC = 24 * 3600.0


class OutboxSender:
    """Sends what is waiting for one attempt, now and whenever it is nudged."""

    def __init__(self, outbox: Outbox, client: TokenServerClient, attempt_id: str) -> None:
        self._outbox = outbox
        self._calls = client.attempt(attempt_id)
        self._attempt_id = attempt_id
        self._news = asyncio.Event()
        self._empty = asyncio.Event()
        self._not_understood: dict[int, RefusedError] = {}
        """Ids of items that this server didn't take and a newer one may. They are passed over for a while."""

    def nudge(self) -> None:
        self._empty.clear()
        self._news.set()

    async def run(self) -> None:
        """Sends for ever; cancel it to stop. Keeps trying with growing pauses while the token server is away.

        What it doesn't understand is tried again likewise, whenever nothing new has come for such a pause.
        """
        pause_sec = _FIRST_RETRY_SEC
        while True:
            self._news.clear()
            try:
                await self._send_waiting()
            except (TokenServerError, sqlite3.Error) as error:
                log.warning("outbox_waits", attempt_id=self._attempt_id, error=str(error), retry_in_sec=pause_sec)
                await asyncio.sleep(pause_sec)
                pause_sec = min(pause_sec * 2, _LONGEST_RETRY_SEC)
                continue
            if not self._not_understood:
                pause_sec = _FIRST_RETRY_SEC
                if not self._news.is_set():
                    self._empty.set()
                await self._news.wait()
            elif not await self._has_news_within(pause_sec):
                self._not_understood.clear()
                pause_sec = min(pause_sec * 2, _LONGEST_RETRY_SEC)

    async def _has_news_within(self, sec: float) -> bool:
        try:
            await asyncio.wait_for(self._news.wait(), sec)
        except TimeoutError:
            return False
        return True

    async def wait_empty(self) -> None:
        await self._empty.wait()

    async def drain(self) -> None:
        """Sends everything that is waiting once.

        Raises:
            TokenServerError: it didn't get through, or wasn't understood; what remains stays on disk.
            sqlite3.Error: it got through, and couldn't be marked as sent: it will be sent again.
        """
        self._not_understood.clear()
        await self._send_waiting()
        if self._not_understood:
            raise next(iter(self._not_understood.values()))

    async def _send_waiting(self) -> None:
        """All but what wasn't understood.

        Raises:
            TokenServerError, sqlite3.Error: as `drain`.
        """
        while items := await self._sendable():
            first = items[0]
            if first.kind == "end":
                if (end := await self._read(first, AttemptEnd)) is not None:
                    await self._send_end(first, end)
                continue
            turns = [item for item in items[:_BATCH_SIZE] if item.kind == "turn"]
            batch = turns[: next((n for n, item in enumerate(items) if item.kind == "end"), len(turns))]
            read = [(item, turn) for item in batch if (turn := await self._read(item, Turn)) is not None]
            if read:
                await self._send_turns(read)

    async def _sendable(self) -> list[Item]:
        return [item for item in await self._outbox.waiting(self._attempt_id) if item.id not in self._not_understood]

    async def _read(self, item: Item, shape: type[Stored]) -> Stored | None:
        """What another version of us left, or a disk has spoilt, must not keep back what comes after it."""
        try:
            return shape.model_validate_json(item.payload)
        except ValidationError:
            log.error("outbox_item_unreadable", attempt_id=self._attempt_id, kind=item.kind, length=len(item.payload))
            await self._outbox.forget([item.id])
            return None

    async def _send_turns(self, batch: Sequence[tuple[Item, Turn]]) -> None:
        try:
            stored = set((await self._calls.store_turns(TurnBatch(turns=[turn for _, turn in batch]))).stored)
        except RefusedError as error:
            if error.is_about_what_was_sent and len(batch) > 1:
                # one of them may be the trouble, or all together be too much
                for each in batch:
                    await self._send_turns([each])
            else:
                await self._after_refusal([item for item, _ in batch], error)
            return
        done = [item.id for item, turn in batch if turn.seq in stored]
        if not done:
            raise UnexpectedAnswerError("the token server stored none of the turns it was sent")
        await self._outbox.forget(done)

    async def _send_end(self, item: Item, end: AttemptEnd) -> None:
        try:
            await self._calls.end(end)
        except (SupersededError, AttemptOverError) as error:
            log.info("outbox_end_not_needed", attempt_id=self._attempt_id, code=error.code)
        except RefusedError as error:
            await self._after_refusal([item], error)
            return
        else:
            await self._outbox.forget_beat(self._attempt_id)
        await self._outbox.forget([item.id])

    async def _after_refusal(self, items: Sequence[Item], error: RefusedError) -> None:
        """
        Raises:
            RefusedError: it says nothing about these items.
        """
        if error.is_final:
            # The attempt is gone (deleted with its account), and nobody may keep its words; or nobody takes these.
            log.warning("outbox_discarded", attempt_id=self._attempt_id, items=len(items), code=error.code)
            await self._outbox.forget([item.id for item in items])
        elif error.is_about_what_was_sent:
            log.warning("outbox_not_understood", attempt_id=self._attempt_id, items=len(items), error=str(error))
            self._not_understood |= dict.fromkeys((item.id for item in items), error)
        else:
            raise error


async def drain_leftovers(outbox: Outbox, client: TokenServerClient) -> None:
    """Sends what earlier, dead processes of this worker left behind. Runs at the worker's start, in the background."""
    try:
        # where one was finished after all, the token server has its seq already, and keeps what it has
        await outbox.finish_unfinished(before=time.time() - _GIVEN_UP_SEC)
        await outbox.forget_beats(before=time.time() - _LONGEST_ATTEMPT_SEC)
        attempt_ids = await outbox.attempts()
    except sqlite3.Error as error:
        log.warning("outbox_leftovers_wait", error=str(error))
        return
    for attempt_id in attempt_ids:
        try:
            await OutboxSender(outbox, client, attempt_id).drain()
        except (TokenServerError, sqlite3.Error) as error:
            log.warning("outbox_leftover_waits", attempt_id=attempt_id, error=str(error))
