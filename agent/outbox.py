"""Turns and the end of an attempt on disk until the token server has them.

SQLite with full synchronisation: an item that `put` has returned for survives a kill of the process, and several
processes of one worker share the file. Items of an attempt are sent in the order in which they were put; sending again
is harmless, because the token server keeps turns by `seq` and an end by state. What it doesn't understand, being older
than this worker, waits without holding up what comes after it. Where the disk takes nothing more, an item waits in
memory: an interview doesn't end because it can't be kept twice.
"""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Concatenate, Literal, ParamSpec, TypeVar

import structlog
from pydantic import ValidationError

from agent import outbox_rows
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

P = ParamSpec("P")
R = TypeVar("R")
Stored = TypeVar("Stored", Turn, AttemptEnd)
_BATCH_SIZE = 50
_FIRST_RETRY_SEC = 0.5
_LONGEST_RETRY_SEC = 15.0
_GIVEN_UP_SEC = 120.0
"""A turn that has got no word for so long isn't going on: its process died, and no other took its attempt up."""


def open_outbox(folder: Path) -> "Outbox":
    """The outbox of a job, which holds its interview in any case: in memory, where the folder can't be written."""
    try:
        return Outbox(folder)
    except (OSError, sqlite3.Error) as error:
        log.error("outbox_not_durable", error=str(error))
        return Outbox(None)


class Outbox:
    """The file. Its calls run in a thread: a disk that syncs slowly must not delay speech.

    Args:
        folder: where the file is. None: it lasts as long as this process.

    Raises:
        OSError, sqlite3.Error: the folder can't be written (when it is opened).
    """

    def __init__(self, folder: Path | None) -> None:
        self._connection = outbox_rows.connect(folder)
        outbox_rows.prepare(self._connection)
        self._in_use = threading.Lock()
        self._in_memory: dict[int, tuple[str, Item]] = {}
        self._finished_up_to: dict[str, int] = {}
        """Of each attempt, the seq of the candidate's last whole turn."""

    async def put_turn(self, attempt_id: str, turn: Turn) -> None:
        """A whole turn. In the same moment what was put of it while it went on is gone."""
        finishes = turn.speaker == "candidate"
        if finishes:
            self._finished_up_to[attempt_id] = turn.seq
        await self._put(attempt_id, "turn", turn.model_dump_json(), seq=turn.seq, finishes=finishes)

    async def put_unfinished(self, attempt_id: str, turn: Turn) -> None:
        """A turn that goes on, in place of what was put of it before. A disk that takes nothing more is no error."""
        payload = turn.model_dump_json()

        def put(connection: sqlite3.Connection) -> None:
            if turn.seq > self._finished_up_to.get(attempt_id, -1):  # else it was overtaken by the whole turn
                outbox_rows.replace_unfinished(connection, attempt_id, payload)

        try:
            await self._run(put)
        except sqlite3.Error as error:
            log.warning("unfinished_turn_not_kept", attempt_id=attempt_id, error=str(error))

    async def take_unfinished(self, attempt_id: str) -> Turn | None:
        """What a process that died had heard of a turn.

        It stays until the caller puts it as a whole turn, or a later one: who dies in between loses nothing.
        """
        payload = await self._run(outbox_rows.unfinished, attempt_id)
        if payload is None:
            return None
        try:
            return Turn.model_validate_json(payload)
        except ValidationError:
            log.error("outbox_item_unreadable", attempt_id=attempt_id, kind="unfinished", length=len(payload))
            return None

    async def finish_unfinished(self, *, before: float) -> None:
        """Makes whole turns of those that nobody has said a word to since that time, in seconds since 1970."""
        await self._run(outbox_rows.finish, before)

    async def put_end(self, attempt_id: str, end: AttemptEnd) -> None:
        await self._put(attempt_id, "end", end.model_dump_json())

    async def waiting(self, attempt_id: str) -> list[Item]:
        """In the order in which it was said, an end last, wherever each is kept."""
        on_disk = await self._run(outbox_rows.select, attempt_id)
        in_memory = [item for owner, item in self._in_memory.values() if owner == attempt_id]
        return sorted([*on_disk, *in_memory], key=lambda item: (item.kind == "end", item.seq))

    async def attempts(self) -> list[str]:
        """Ids of attempts that have items waiting."""
        return await self._run(outbox_rows.attempts)

    async def forget(self, item_ids: Sequence[int]) -> None:
        for item_id in item_ids:
            self._in_memory.pop(item_id, None)
        await self._run(outbox_rows.delete, [item_id for item_id in item_ids if item_id > 0])

    async def close(self) -> None:
        await self._run(sqlite3.Connection.close)

    async def _put(
        self, attempt_id: str, kind: Literal["turn", "end"], payload: str, *, seq: int = 0, finishes: bool = False
    ) -> None:
        try:
            await self._run(outbox_rows.insert, attempt_id, kind, payload, finished_up_to=seq if finishes else None)
        except sqlite3.Error as error:
            log.error("outbox_not_durable", attempt_id=attempt_id, error=str(error))
            item_id = min(self._in_memory, default=0) - 1
            self._in_memory[item_id] = (attempt_id, Item(item_id, kind, payload, seq))

    async def _run(self, work: Callable[Concatenate[sqlite3.Connection, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        def alone() -> R:
            # held by the thread, not the task: a cancelled task leaves its thread at work on the connection
            with self._in_use:
                return work(self._connection, *args, **kwargs)

        return await asyncio.to_thread(alone)


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
        attempt_ids = await outbox.attempts()
    except sqlite3.Error as error:
        log.warning("outbox_leftovers_wait", error=str(error))
        return
    for attempt_id in attempt_ids:
        try:
            await OutboxSender(outbox, client, attempt_id).drain()
        except (TokenServerError, sqlite3.Error) as error:
            log.warning("outbox_leftover_waits", attempt_id=attempt_id, error=str(error))
