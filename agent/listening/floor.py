"""How long a candidate who is silent keeps the floor, beyond what their silence itself tells."""

import asyncio


class Floor:
    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._given_at = 0.0
        self._left_until = 0.0
        self.is_deserted = False
        """The candidate has left the room: nobody will go on."""

    def give(self) -> None:
        """The interviewer has just asked the candidate to go on: silence counts from now."""
        self._given_at = self._loop.time()

    def leave_until(self, at: float) -> None:
        """The candidate was just told to go on: no turn ends before that loop time."""
        self._left_until = at

    def over_at(self, spoke_until: float, wait_sec: float) -> float:
        """Loop time from which on a turn is over whose last word ended at `spoke_until`."""
        if self.is_deserted:
            return spoke_until
        return max(max(spoke_until, self._given_at) + wait_sec, self._left_until)
