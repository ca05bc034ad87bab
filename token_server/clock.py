"""The clock that is passed in wherever time decides something."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
_STEP_SEC = 2.0
"""Clocks that are only corrected little by little stay below."""


def utc_now() -> datetime:
    return datetime.now(UTC)


class ClockWatch:
    """Notices that the clock was set, or the machine slept: then no length of a silence is to be believed."""

    def __init__(self, clock: Clock, monotonic_sec: Callable[[], float]) -> None:
        self._clock = clock
        self._monotonic_sec = monotonic_sec
        self._offset_sec = self._offset()

    def has_stepped(self) -> bool:
        """Since the last call."""
        before, self._offset_sec = self._offset_sec, self._offset()
        return abs(self._offset_sec - before) > _STEP_SEC

    def _offset(self) -> float:
        return self._clock().timestamp() - self._monotonic_sec()
