"""The database's folder, with nobody in it: a second process there would destroy data, a reader copy half a write.

Where the product runs, its database is stopped for the time of a copy, and started again. The others wait for it: the
worker keeps its turns, the token server says 503.
"""

import os
import xmlrpc.client
from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from embedded.backup.parts import DATABASE, BackupError
from embedded.run_lock import take_run_lock
from embedded.supabase.runner import RunnerError, lock_data_dir
from embedded.supervision import ask_supervisord, socket_of

_DATABASE_PROGRAM = "services:supabase"
_AGAIN = "Try again when it is ready, or when it has stopped."


@contextmanager
def stopped(data_dir: Path) -> Generator[None]:
    """For who must have the whole folder alone.

    Raises:
        BackupError: the product runs on this folder.
    """
    with _unless_it_runs(data_dir / "run") as is_ours:
        if not is_ours:
            raise BackupError(f"The data in {data_dir} is in use: stop `make run` first. Nothing was changed.")
        with _database_locked(data_dir):
            yield


@contextmanager
def still(data_dir: Path) -> Generator[None]:
    """For who reads: nothing in the database changes inside.

    Raises:
        BackupError: it is just starting or stopping, or the database doesn't start again.
    """
    run_dir = data_dir / "run"
    with (
        _unless_it_runs(run_dir) as is_ours,
        nullcontext() if is_ours else _database_paused(run_dir),
        _database_locked(data_dir),
    ):
        yield


@contextmanager
def _unless_it_runs(run_dir: Path) -> Generator[bool]:
    """Keeps the product from starting here. False where it runs already."""
    run_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = take_run_lock(run_dir)
    try:
        yield lock is not None
    finally:
        if lock is not None:
            os.close(lock)


@contextmanager
def _database_paused(run_dir: Path) -> Generator[None]:
    try:
        supervisord: Any = ask_supervisord(socket_of(run_dir))
        state = supervisord.getProcessInfo(_DATABASE_PROGRAM)["statename"]
    except (OSError, KeyError, xmlrpc.client.Error):
        raise BackupError(f"The data is in use, and its programs don't answer. {_AGAIN}") from None
    if state != "RUNNING":  # it may be in the middle of its migrations
        raise BackupError(f"The database is {state.lower()}. {_AGAIN}")
    try:
        supervisord.stopProcess(_DATABASE_PROGRAM)
        yield
    finally:
        _start(supervisord)


def _start(supervisord: Any) -> None:
    try:
        supervisord.startProcess(_DATABASE_PROGRAM)
    except (OSError, xmlrpc.client.Error) as error:
        try:
            state = supervisord.getProcessInfo(_DATABASE_PROGRAM)["statename"]
        except (OSError, xmlrpc.client.Error):
            return  # all was stopped meanwhile: the copy is whole
        if state not in ("STARTING", "RUNNING"):
            raise BackupError(f"The database doesn't start again ({error}): stop `make run` and start it.") from None


@contextmanager
def _database_locked(data_dir: Path) -> Generator[None]:
    """The runner's own lock: whoever has it is the only process on the database."""
    folder = data_dir / DATABASE
    if not folder.is_dir():
        yield
        return
    try:
        lock = lock_data_dir(folder)
    except RunnerError as error:
        raise BackupError(str(error)) from None
    try:
        yield
    finally:
        os.close(lock)
