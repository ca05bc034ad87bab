"""Limits on the calls that try credentials: per network address, and per account."""

import hashlib
import math
import time

from limits import RateLimitItemPerMinute
from limits.aio.strategies import MovingWindowRateLimiter
from limits.storage import storage_from_string

from token_server.errors import ProblemError
from token_server.settings import TokenServerSettings

WINDOW_MIN = 5


class AuthRateLimit:
    def __init__(self, settings: TokenServerSettings) -> None:
        storage = storage_from_string(settings.rate_limit_storage)
        self._limiter = MovingWindowRateLimiter(storage)  # pyright: ignore[reportArgumentType]
        self._per_account = RateLimitItemPerMinute(settings.auth_tries_per_account, WINDOW_MIN)
        self._per_address = RateLimitItemPerMinute(settings.auth_tries_per_address, WINDOW_MIN)

    async def check(self, action: str, *, address: str, email: str | None = None) -> None:
        """Counts one try.

        Raises:
            ProblemError: rate_limited, with the seconds until the next try can succeed.
        """
        keys = [(self._per_address, address)]
        if email is not None:
            # A digest: the limiter's storage may be shared, and addresses are nobody else's business.
            keys.append((self._per_account, hashlib.sha256(email.strip().lower().encode()).hexdigest()))
        for limit, who in keys:
            if not await self._limiter.hit(limit, action, who):
                stats = await self._limiter.get_window_stats(limit, action, who)
                wait_sec = max(1, math.ceil(stats.reset_time - time.time()))
                raise ProblemError("rate_limited", retry_after_sec=wait_sec)
