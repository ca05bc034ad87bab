"""Verifying Supabase access tokens on the spot.

Which algorithm is accepted is decided by our settings and never by the token: embedded Supabase signs HS256 with a
shared secret and sends no `iss`; hosted Supabase signs ES256 with keys that it publishes, and sends one.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import httpx
import jwt

from storage.errors import UnauthenticatedError
from token_server.errors import UpstreamUnavailableError
from token_server.settings import TokenServerSettings

AUDIENCE = "authenticated"
JWKS_LIFETIME_SEC = 600.0
JWKS_MIN_REFETCH_SEC = 30.0
"""Tokens with made-up key ids must not make us hammer the auth service."""


@dataclass(frozen=True, slots=True)
class AccessClaims:
    user_id: str
    email: str


class AccessTokenVerifier(Protocol):
    async def verify(self, access_token: str) -> AccessClaims:
        """
        Raises:
            UnauthenticatedError: expired, forged, for another audience, or not a person's token.
        """
        ...


class SharedSecretVerifier:
    def __init__(self, secret: str) -> None:
        self._secret = secret

    async def verify(self, access_token: str) -> AccessClaims:
        return _decode(access_token, self._secret, "HS256", issuer=None)


class JwksVerifier:
    """`fetch_keys` answers with the JSON of the published key set."""

    def __init__(
        self,
        issuer: str,
        fetch_keys: Callable[[], Awaitable[dict[str, Any]]],
        *,
        now_sec: Callable[[], float] = time.monotonic,
    ) -> None:
        self._issuer = issuer
        self._fetch_keys = fetch_keys
        self._now_sec = now_sec
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched_at_sec = float("-inf")
        self._lock = asyncio.Lock()

    async def verify(self, access_token: str) -> AccessClaims:
        try:
            key_id = jwt.get_unverified_header(access_token).get("kid")
        except jwt.InvalidTokenError as error:
            raise UnauthenticatedError from error
        key = await self._key(key_id) if isinstance(key_id, str) else None
        if key is None:
            raise UnauthenticatedError
        return _decode(access_token, key.key, "ES256", issuer=self._issuer)

    async def _key(self, key_id: str) -> jwt.PyJWK | None:
        async with self._lock:
            age_sec = self._now_sec() - self._fetched_at_sec
            unknown = key_id not in self._keys
            if age_sec > JWKS_LIFETIME_SEC or (unknown and age_sec > JWKS_MIN_REFETCH_SEC):
                key_set = await self._fetch_keys()
                self._keys = {
                    str(item["kid"]): jwt.PyJWK(item, algorithm="ES256")
                    for item in key_set.get("keys", [])
                    if item.get("kty") == "EC" and item.get("crv") == "P-256" and "kid" in item
                }
                self._fetched_at_sec = self._now_sec()
            return self._keys.get(key_id)


def fetch_keys_from(url: str, http: httpx.AsyncClient) -> Callable[[], Awaitable[dict[str, Any]]]:
    async def fetch() -> dict[str, Any]:
        try:
            response = await http.get(url)
            response.raise_for_status()
            return response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise UpstreamUnavailableError(f"the auth service's keys: {type(error).__name__}") from error

    return fetch


def verifier_for(settings: TokenServerSettings, http: httpx.AsyncClient) -> AccessTokenVerifier:
    if settings.supabase_jwt_secret is not None:
        return SharedSecretVerifier(settings.supabase_jwt_secret.get_secret_value())
    issuer = f"{settings.supabase_url}/auth/v1"
    return JwksVerifier(issuer, fetch_keys_from(f"{issuer}/.well-known/jwks.json", http))


def _decode(access_token: str, key: Any, algorithm: str, *, issuer: str | None) -> AccessClaims:
    required = ["exp", "sub", "aud"] + (["iss"] if issuer else [])
    try:
        claims = jwt.decode(
            access_token,
            key,
            algorithms=[algorithm],
            audience=AUDIENCE,
            issuer=issuer,
            # Supabase's clock may be a little ahead of ours, which makes no token a forgery.
            options={"require": required, "verify_iat": False},
        )
        user_id = str(UUID(claims["sub"]))
    except (jwt.InvalidTokenError, ValueError) as error:
        raise UnauthenticatedError from error
    if claims.get("role", AUDIENCE) != AUDIENCE:
        raise UnauthenticatedError
    return AccessClaims(user_id=user_id, email=str(claims.get("email", "")))
