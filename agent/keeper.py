"""The process that the worker is a fork of: it has everything imported, and forks another when the worker is killed.

A worker that starts from nothing is ready after 9 s on two slow cores, most of it imports; a fork after two. A keeper
that is killed itself takes nobody with it: its worker takes no more jobs, and leaves when those that it holds have
ended. Meanwhile whoever started the keeper starts another.
"""

import asyncio
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

import structlog
from livekit.agents import AgentServer

from agent.parent_death import signal_when_parent_ends

log = structlog.get_logger()

_ORPHANED = signal.SIGUSR1
_DIED_AT_ONCE_SEC = 5.0


class _Keeper:
    started_by: int | None = None
    """Process id of whoever started the keeper; None where there is none."""


def keep(run: Callable[[], int]) -> int:
    """Runs it in a fork, again and again where that is killed.

    Returns:
        The exit code of a worker that ended by itself, or was killed at once.
    """
    _Keeper.started_by = os.getppid()
    while True:
        started_at = time.monotonic()
        with _requests_to_end() as requests:
            worker = os.fork()
            was_told = worker != 0 and _passed_on_until_ended(requests, worker)
        if worker == 0:
            signal_when_parent_ends(_ORPHANED)
            _end(run)
        _, status = os.waitpid(worker, 0)
        code = os.waitstatus_to_exitcode(status)
        if code >= 0 or was_told or time.monotonic() - started_at < _DIED_AT_ONCE_SEC:
            return abs(code)
        log.error("worker_was_killed", pid=worker, signal=-code)


def _end(run: Callable[[], int]) -> NoReturn:
    """Without libraries' own clean-up, which would wait for threads that a fork hasn't got."""
    code = 1
    try:
        code = run()
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:  # noqa: BLE001  # a Ctrl-C, too: nobody above would print it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


@contextmanager
def _requests_to_end() -> Generator[int]:
    """A file of the signals that ask to end, a byte each.

    A handler alone would not do: Python runs it between two steps, and a wait that begins just then is not woken.
    """
    requests, taken = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    woken_before = signal.set_wakeup_fd(taken)
    handled_before = {number: signal.signal(number, _noted) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield requests
    finally:
        for number, handler in handled_before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(woken_before)
        os.close(requests)
        os.close(taken)


def _noted(number: int, frame: FrameType | None) -> None:
    """Without a handler no byte would be written."""


def _passed_on_until_ended(requests: int, worker: int) -> bool:
    """Whether there were any. The worker is not reaped yet: its process id is its own."""
    was_told = False
    life = os.pidfd_open(worker)
    try:
        while True:
            ready, _, _ = select.select([requests, life], [], [])
            if requests in ready:
                was_told = True
                for number in os.read(requests, select.PIPE_BUF):
                    os.kill(worker, number)
            if life in ready:
                return was_told
    finally:
        os.close(life)


async def leave_without_keeper(server: AgentServer) -> None:
    """In the worker, once the keeper has ended: with its last job, or at once with whoever started the keeper."""
    started_by = _Keeper.started_by
    if started_by is None:
        return
    orphaned = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(_ORPHANED, orphaned.set)
    await orphaned.wait()
    log.warning("worker_is_to_leave", jobs=len(server.active_jobs))
    waiting = {asyncio.create_task(server.drain(timeout=None)), asyncio.create_task(_ended(started_by))}
    _, late = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for task in late:
        task.cancel()
    os.kill(os.getpid(), signal.SIGTERM)


async def _ended(pid: int) -> None:
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(process, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(process)
        os.close(process)
