"""Refreshing a session once, however many tabs ask at the same time.

Supabase rotates refresh tokens: a second refresh with the old one, more than 10 s later, ends the whole session. So
requests with the same refresh token share one call, and its answer is used again for as long.
"""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from storage.auth import Auth
from storage.models.account import AuthSession

REUSE_SEC = 10.0


@dataclass(slots=True)
class _Flight:
    task: asyncio.Task[AuthSession]
    done_at_sec: float | None = None


class SingleFlightRefresh:
    def __init__(self, auth: Auth, *, now_sec: Callable[[], float]) -> None:
        self._auth = auth
        self._now_sec = now_sec
        self._flights: dict[str, _Flight] = {}

    async def refresh(self, refresh_token: str) -> AuthSession:
        """
        Raises:
            UnauthenticatedError, RateLimitedError, StoreUnavailableError
        """
        self._forget_old()
        # The digest, so that a token isn't kept in memory for longer than its call.
        key = hashlib.sha256(refresh_token.encode()).hexdigest()
        flight = self._flights.get(key)
        if flight is None:
            flight = _Flight(asyncio.create_task(self._auth.refresh(refresh_token)))
            flight.task.add_done_callback(lambda _: self._landed(key))
            self._flights[key] = flight
        # Shielded: a caller that hangs up must not lose the new tokens for the others.
        return await asyncio.shield(flight.task)

    def _landed(self, key: str) -> None:
        flight = self._flights[key]
        if flight.task.cancelled() or flight.task.exception() is not None:
            del self._flights[key]
        else:
            flight.done_at_sec = self._now_sec()

    def _forget_old(self) -> None:
        now_sec = self._now_sec()
        old = [
            key
            for key, flight in self._flights.items()
            if flight.done_at_sec is not None and now_sec - flight.done_at_sec > REUSE_SEC
        ]
        for key in old:
            del self._flights[key]
