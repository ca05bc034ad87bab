"""Limits: on the calls that try credentials, per network address and per account; and on those of one job."""

import hashlib
import math
import time
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter, MovingWindowRateLimiter, RateLimiter
from limits.storage import storage_from_string

from token_server.auth.worker_tokens import WorkerCaller
from token_server.errors import ProblemError
from token_server.settings import TokenServerSettings

WINDOW_MIN = 5
IPV6_SITE_BITS = 64
"""Of an IPv6 address: whoever has one has all that begin alike."""


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
        keys = [(self._per_address, site_of(address))]
        if email is not None:
            # A digest: the limiter's storage may be shared, and addresses are nobody else's business.
            keys.append((self._per_account, hashlib.sha256(email.strip().lower().encode()).hexdigest()))
        for limit, who in keys:
            await _count(self._limiter, limit, action, who)


class WorkerRateLimit:
    """Keeps a job that has gone wild, or a copied token, from filling the store. Each token server counts its own."""

    def __init__(self, settings: TokenServerSettings) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._per_caller = RateLimitItemPerMinute(settings.worker_calls_per_minute)

    async def check(self, caller: WorkerCaller) -> None:
        """Counts one call.

        Raises:
            ProblemError: rate_limited
        """
        await _count(self._limiter, self._per_caller, caller.kind, caller.id)


def site_of(address: str) -> str:
    """What is counted as one network address."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return f"{int(parsed) >> (128 - IPV6_SITE_BITS):x}/{IPV6_SITE_BITS}"


async def _count(limiter: RateLimiter, limit: RateLimitItem, what: str, who: str) -> None:
    if not await limiter.hit(limit, what, who):
        stats = await limiter.get_window_stats(limit, what, who)
        raise ProblemError("rate_limited", retry_after_sec=max(1, math.ceil(stats.reset_time - time.time())))
