"""An event loop whose time passes only when nobody has anything to do: waits take no time, and no test sleeps.

Only for code without threads and sockets: the loop never waits for either.
"""

import asyncio
import selectors
from collections.abc import Callable

LONGEST_SEC = 100_000.0
"""More than a day: what is waited for then never comes, however often somebody looks."""

_THREADS_END_WITHIN_SEC = 1.0


class _InstantSelector(selectors.SelectSelector):
    def __init__(self, advance: Callable[[float], None]) -> None:
        super().__init__()
        self._advance = advance

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            # a thread that ends, as that of an executor when the loop is closed, says so in real time
            ready = super().select(_THREADS_END_WITHIN_SEC)
            if not ready:
                raise RuntimeError("everything waits for something that never comes")
            return ready
        ready = super().select(0)
        if not ready and timeout > 0:
            self._advance(timeout)
        return ready


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._now = 1000.0
        self._last = self._now + LONGEST_SEC
        super().__init__(_InstantSelector(self._pass))

    def time(self) -> float:
        return self._now

    def _pass(self, seconds: float) -> None:
        self._now += seconds
        if self._now > self._last:
            raise RuntimeError("a day has passed, and the test isn't over")
