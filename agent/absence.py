"""The candidate leaves, perhaps in the middle of an answer, and comes back.

What they were saying is cut off: it was said, and is no finished answer. Their return is told once, and only when the
ears have handed those words over. So they are written down before anything else is said, and known to whoever goes on.
"""

import asyncio
from collections.abc import Callable, Hashable

from agent.listening.turns import CandidateTurn


class Absence:
    """
    Args:
        on_back: they are back, and all that they said before is heard.
    """

    def __init__(self, on_back: Callable[[], None]) -> None:
        self._on_back = on_back
        self._here = asyncio.Event()
        self._here.set()
        self._is_back = False
        """They are in the room again, while their last words may still be on their way."""
        self._said: list[tuple[Hashable, str]] = []
        self.nobody_listens_in: Callable[[], None] = lambda: None
        """Set by the owner of the ears: the open turn is cut off."""
        self.somebody_speaks_again: Callable[[], bool] = lambda: False
        """Set by the owner of the ears: they hear again; whether a turn that was cut off is still to come."""

    @property
    def is_over(self) -> bool:
        return self._here.is_set()

    async def wait_over(self) -> None:
        await self._here.wait()

    def left(self) -> None:
        self._here.clear()
        self._is_back = False
        self.nobody_listens_in()

    def back(self) -> None:
        if self._here.is_set() or self._is_back:
            return
        self._is_back = True
        if not self.somebody_speaks_again():
            self._end()

    def heard(self, turn: CandidateTurn) -> None:
        """A turn was handed over: the one that a return waits for?"""
        if turn.cut_off and self._is_back:
            self._end()

    def keep(self, said: str, *, about: Hashable) -> None:
        """The beginning of an answer that was cut off."""
        self._said.append((about, said))

    def take(self, about: Hashable) -> str:
        """What was kept about this since the last return."""
        said, self._said = self._said, []
        return " ".join(text for subject, text in said if subject == about)

    def _end(self) -> None:
        self._is_back = False
        if not self._here.is_set():
            self._here.set()
            self._on_back()
