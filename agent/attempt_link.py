"""A job's line to the token server: joins the attempt, beats, learns when it is superseded."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from agent.token_server_client import AttemptCalls
from agent.token_server_errors import TokenServerError, UnavailableError
from storage.models.attempt import Measurements, Position
from storage.models.worker_api import AttemptBrief, AttemptHeartbeat, JoinRequest

log = structlog.get_logger()

Answer = TypeVar("Answer")

HEARTBEAT_SEC = 2.0
_NOT_WANTED = frozenset({"superseded", "attempt_over", "not_found"})
"""Problem codes: another job has the attempt, it is over, or deleted. A proxy's 404 has none."""
_JOIN_TRIES = 10
_JOIN_RETRY_SEC = 1.0


async def join(calls: AttemptCalls, *, epoch: int, job_id: str) -> AttemptBrief:
    """What this job is to do. Waits for a token server that is starting.

    Raises:
        SupersededError, AttemptOverError: this job is not to run.
        TokenServerError: no answer in time, or a refusal.
    """
    return await once_available(lambda: calls.join(JoinRequest(epoch=epoch, job_id=job_id)))


async def once_available(ask: Callable[[], Awaitable[Answer]]) -> Answer:
    """The first answer of a token server that may still be starting. What the last try raises, this raises."""
    for _ in range(_JOIN_TRIES - 1):
        try:
            return await ask()
        except UnavailableError as error:
            log.warning("join_waits", error=str(error))
            await asyncio.sleep(_JOIN_RETRY_SEC)
    return await ask()


def taken_up(brief: AttemptBrief, beat: AttemptHeartbeat) -> AttemptBrief:
    """With what the job before this one had on disk. What an older job had is outdated: others, on other machines, came
    in between."""
    if beat.epoch != brief.epoch - 1:
        return brief
    measurements = beat.measurements or brief.measurements
    return brief.model_copy(update={"position": beat.position, "measurements": measurements})


class Heartbeat:
    """Tells the token server every 2 s, and at each change of position, that this job lives and where it is.

    Args:
        keep: puts on disk what the token server hasn't confirmed yet; asked for whatever is new in it.
        on_over: called once when the attempt is over or deleted, or a newer job has taken it.
    """

    def __init__(
        self,
        calls: AttemptCalls,
        *,
        epoch: int,
        position: Callable[[], Position],
        measurements: Callable[[], Measurements],
        keep: Callable[[AttemptHeartbeat], Awaitable[None]],
        on_over: Callable[[], None],
    ) -> None:
        self._calls = calls
        self._epoch = epoch
        self._position = position
        self._measurements = measurements
        self._keep = keep
        self._on_over = on_over
        self._changed = asyncio.Event()

    def changed(self) -> None:
        self._changed.set()

    async def run(self) -> None:
        """Beats until it is cancelled or the attempt is over."""
        kept: AttemptHeartbeat | None = None
        while True:
            self._changed.clear()
            beat = AttemptHeartbeat(epoch=self._epoch, position=self._position(), measurements=self._measurements())
            if beat != kept:
                await self._keep(beat)
                kept = beat
            try:
                await self._calls.heartbeat(beat)
            except TokenServerError as error:
                if error.code in _NOT_WANTED:
                    log.info("job_not_wanted_any_more", code=error.code)
                    self._on_over()
                    return
                log.warning("heartbeat_failed", error=str(error))
            try:
                await asyncio.wait_for(self._changed.wait(), HEARTBEAT_SEC)
            except TimeoutError:
                continue
