"""Turns, position, measurements and the end of an attempt on disk until the token server has them.

SQLite with full synchronisation: an item that `put` has returned for survives a kill of the process, and several
processes of one worker share the file. Items of an attempt are sent in the order in which they were put; sending again
is harmless, because the token server keeps turns by `seq` and an end by state. What it doesn't understand, being older
than this worker, waits without holding up what comes after it. Where the disk takes nothing more, an item waits in
memory: an interview doesn't end because it can't be kept twice.

A beat (where the interview is, and what was measured) is no item: only the newest counts. It is sent by who holds the
attempt, and stays on disk for the job that takes the attempt up.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Concatenate, Literal, ParamSpec, TypeVar

import structlog
from pydantic import ValidationError

from agent import outbox_rows
from agent.outbox_rows import Item
from storage.models.transcript import Turn
from storage.models.worker_api import AttemptEnd, AttemptHeartbeat

log = structlog.get_logger()

P = ParamSpec("P")
R = TypeVar("R")
Kept = TypeVar("Kept", Turn, AttemptHeartbeat)


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
                outbox_rows.replace_newest(connection, "unfinished", attempt_id, payload)

        try:
            await self._run(put)
        except sqlite3.Error as error:
            log.warning("unfinished_turn_not_kept", attempt_id=attempt_id, error=str(error))

    async def take_unfinished(self, attempt_id: str) -> Turn | None:
        """What a process that died had heard of a turn.

        It stays until the caller puts it as a whole turn, or a later one: who dies in between loses nothing.
        """
        payload = await self._run(outbox_rows.newest, "unfinished", attempt_id)
        return None if payload is None else _read(Turn, payload, attempt_id=attempt_id, kind="unfinished")

    async def finish_unfinished(self, *, before: float) -> None:
        """Makes whole turns of those that nobody has said a word to since that time, in seconds since 1970."""
        await self._run(outbox_rows.finish, before)

    async def put_end(self, attempt_id: str, end: AttemptEnd) -> None:
        await self._put(attempt_id, "end", end.model_dump_json())

    async def put_beat(self, attempt_id: str, beat: AttemptHeartbeat) -> None:
        """In place of the one before. A disk that takes nothing more is no error."""
        try:
            await self._run(outbox_rows.replace_newest, "beats", attempt_id, beat.model_dump_json())
        except sqlite3.Error as error:
            log.warning("beat_not_kept", attempt_id=attempt_id, error=str(error))

    async def last_beat(self, attempt_id: str) -> AttemptHeartbeat | None:
        """Of this machine's last job of the attempt, whether the token server got it or not."""
        payload = await self._run(outbox_rows.newest, "beats", attempt_id)
        return None if payload is None else _read(AttemptHeartbeat, payload, attempt_id=attempt_id, kind="beat")

    async def forget_beat(self, attempt_id: str) -> None:
        await self._run(outbox_rows.delete_beat, attempt_id)

    async def forget_beats(self, *, before: float) -> None:
        """Of whichever attempt, put before that time, in seconds since 1970: nobody takes those up any more."""
        await self._run(outbox_rows.delete_beats, before)

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


def _read(shape: type[Kept], payload: str, *, attempt_id: str, kind: str) -> Kept | None:
    """None for what another version of us left, or a disk has spoilt."""
    try:
        return shape.model_validate_json(payload)
    except ValidationError:
        log.error("outbox_item_unreadable", attempt_id=attempt_id, kind=kind, length=len(payload))
        return None
