"""What stands in the outbox's file, and the statements that read and write it. Each runs in a thread of its own."""

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_SCHEMA = """
create table if not exists items (
  id integer primary key autoincrement,
  attempt_id text not null,
  kind text not null check (kind in ('turn', 'end')),
  payload text not null
);
create index if not exists items_by_attempt on items (attempt_id, id);
create table if not exists unfinished (
  attempt_id text primary key,
  payload text not null,
  put_at real not null
);
create table if not exists beats (
  attempt_id text primary key,
  payload text not null,
  put_at real not null
);
"""

_SEQ = "coalesce(case when json_valid(payload) then json_extract(payload, '$.seq') end, 0)"
"""0 where the payload is spoilt: it is passed over where it is read."""


NewestOnly = Literal["unfinished", "beats"]
"""Tables in which each attempt has one row: what is put takes the place of what was."""


@dataclass(frozen=True, slots=True)
class Item:
    id: int
    kind: Literal["turn", "end"]
    payload: str
    seq: int
    """0 of an end."""


def connect(folder: Path | None) -> sqlite3.Connection:
    """
    Raises:
        OSError, sqlite3.Error: the folder can't be written.
    """
    if folder is None:
        return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "outbox.sqlite3"
    connection = sqlite3.connect(path, timeout=10.0, isolation_level=None, check_same_thread=False)
    path.chmod(0o600)
    return connection


def prepare(connection: sqlite3.Connection) -> None:
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    # What was sent and forgotten is overwritten: people's words must not stay in free pages of the file.
    connection.execute("pragma secure_delete=on")
    connection.executescript(_SCHEMA)


def insert(
    connection: sqlite3.Connection, attempt_id: str, kind: str, payload: str, *, finished_up_to: int | None = None
) -> None:
    """
    Args:
        finished_up_to: the seq up to which nothing of this attempt goes on any more; that goes in the same transaction.
    """
    with connection:
        connection.execute("begin immediate")
        connection.execute(
            "insert into items (attempt_id, kind, payload) values (?, ?, ?)", (attempt_id, kind, payload)
        )
        if finished_up_to is not None:
            connection.execute(
                f"delete from unfinished where attempt_id = ? and {_SEQ} <= ?",  # noqa: S608  # it is ours
                (attempt_id, finished_up_to),
            )


def select(connection: sqlite3.Connection, attempt_id: str) -> list[Item]:
    rows = connection.execute(
        f"select id, kind, payload, {_SEQ} from items where attempt_id = ?",  # noqa: S608  # it is ours
        (attempt_id,),
    )
    return [Item(*row) for row in rows]


def replace_newest(connection: sqlite3.Connection, table: NewestOnly, attempt_id: str, payload: str) -> None:
    connection.execute(
        f"insert or replace into {table} (attempt_id, payload, put_at) values (?, ?, ?)",  # noqa: S608  # it is ours
        (attempt_id, payload, time.time()),
    )


def newest(connection: sqlite3.Connection, table: NewestOnly, attempt_id: str) -> str | None:
    rows = connection.execute(
        f"select payload from {table} where attempt_id = ?",  # noqa: S608  # it is ours
        (attempt_id,),
    ).fetchall()
    return rows[0][0] if rows else None


def finish(connection: sqlite3.Connection, before: float) -> None:
    """What was put before that time, of whichever attempt, becomes a turn that waits."""
    with connection:
        connection.execute("begin immediate")
        connection.execute(
            "insert into items (attempt_id, kind, payload)"
            " select attempt_id, 'turn', payload from unfinished where put_at < ?",
            (before,),
        )
        connection.execute("delete from unfinished where put_at < ?", (before,))


def delete_beat(connection: sqlite3.Connection, attempt_id: str) -> None:
    connection.execute("delete from beats where attempt_id = ?", (attempt_id,))


def delete_beats(connection: sqlite3.Connection, before: float) -> None:
    connection.execute("delete from beats where put_at < ?", (before,))


def attempts(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("select attempt_id from items group by attempt_id order by min(id)")]


def delete(connection: sqlite3.Connection, item_ids: Sequence[int]) -> None:
    connection.executemany("delete from items where id = ?", [(item_id,) for item_id in item_ids])
    if connection.execute("select 1 from items limit 1").fetchone() is None:
        # Nothing waits: the write-ahead log, which still holds what was put, is emptied, too.
        connection.execute("pragma wal_checkpoint(truncate)").fetchone()
