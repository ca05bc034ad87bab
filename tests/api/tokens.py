"""Tokens and cookies of people, true and forged."""

from typing import Any

import jwt

from tests.api.support import BASE_URL, Person, World
from tests.fakes.auth import JWT_SECRET
from token_server.auth.refresh import REUSE_SEC

OWN_PAGE = {"Origin": BASE_URL, "Sec-Fetch-Site": "same-origin"}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def forged(person: Person, *, secret: str = JWT_SECRET, algorithm: str = "HS256", **changes: Any) -> str:
    claims = jwt.decode(person.access_token, options={"verify_signature": False}) | changes
    return jwt.encode(claims, secret, algorithm=algorithm)


def page_with(world: World, access_token: str, refresh_token: str) -> dict[str, str]:
    """Headers of our own page in a browser that has these cookies."""
    names = world.services.cookies
    return OWN_PAGE | {"Cookie": f"{names.access_name}={access_token}; {names.refresh_name}={refresh_token}"}


async def later_refresh(world: World, refresh_token: str) -> tuple[int, str | None]:
    """Status and code, when no answer from before is given again."""
    world.clock.pass_sec(REUSE_SEC + 1)
    response = await world.http.post("/api/auth/refresh", json={"refresh_token": refresh_token})
    return response.status_code, response.json().get("code")
