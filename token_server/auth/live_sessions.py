"""Whether the session behind an access token is still going on.

A signature says who somebody was when the token was made. That they have signed out since, or that their account is
gone, only Supabase knows. It is asked at most every `CHECKED_SEC` for one token: a page loads several things at once.
"""

import hashlib
from collections.abc import Callable

from storage.auth import Auth

CHECKED_SEC = 10.0
"""How long a session that ended at another token server may still be taken for going on. Here it ends at once."""


class LiveSessions:
    """
    Args:
        now_sec: a clock that never goes back.
    """

    def __init__(self, auth: Auth, *, now_sec: Callable[[], float]) -> None:
        self._auth = auth
        self._now_sec = now_sec
        self._checked_at_sec: dict[str, float] = {}
        self._forgotten_count = 0

    async def check(self, access_token: str) -> None:
        """
        Raises:
            UnauthenticatedError: signed out, or deleted.
            StoreUnavailableError
        """
        now_sec = self._now_sec()
        # The digest, so that no token is kept in memory for longer than its call.
        key = hashlib.sha256(access_token.encode()).hexdigest()
        checked_at_sec = self._checked_at_sec.get(key)
        if checked_at_sec is not None and now_sec - checked_at_sec < CHECKED_SEC:
            return
        self._forget_old(now_sec)
        forgotten_count = self._forgotten_count
        await self._auth.get_user(access_token)
        # An answer that was under way while a session ended may be from before its end.
        if forgotten_count == self._forgotten_count:
            self._checked_at_sec[key] = now_sec

    def forget(self) -> None:
        """Somebody's session has ended. Everybody is asked about anew: cheaper than keeping who has which token."""
        self._forgotten_count += 1
        self._checked_at_sec.clear()

    def _forget_old(self, now_sec: float) -> None:
        self._checked_at_sec = {
            key: at_sec for key, at_sec in self._checked_at_sec.items() if now_sec - at_sec < CHECKED_SEC
        }
