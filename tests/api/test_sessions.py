"""Sessions: how they are renewed and how they end."""

import asyncio
import time

import pytest

from storage.auth import SignOutScope
from tests.api.support import (
    PASSWORD,
    Person,
    World,
    problem_of,
)
from tests.api.tokens import OWN_PAGE, bearer, forged, later_refresh, page_with
from token_server.auth.refresh import REUSE_SEC

pytestmark = pytest.mark.api


async def test_refreshing_gives_a_new_pair_and_new_cookies(world: World, ada: Person):
    response = await world.http.post("/api/auth/refresh", json={"refresh_token": ada.refresh_token})
    assert response.status_code == 200
    answer = response.json()
    assert answer["refresh_token"] != ada.refresh_token
    assert answer["user"]["display_name"] == "Ada"
    assert (await world.http.get("/api/auth/me", headers=bearer(answer["access_token"]))).status_code == 200
    by_cookie = await world.http.post("/api/auth/refresh", headers=OWN_PAGE)
    assert by_cookie.status_code == 200


async def test_refreshes_at_once_and_within_ten_seconds_share_one_answer(world: World, ada: Person):
    body = {"refresh_token": ada.refresh_token}
    together = await asyncio.gather(*(world.http.post("/api/auth/refresh", json=body) for _ in range(8)))
    world.clock.pass_sec(REUSE_SEC - 1)
    late = await world.http.post("/api/auth/refresh", json=body)
    assert len({answer.json()["refresh_token"] for answer in [*together, late]}) == 1


async def test_a_refresh_long_after_the_rotation_is_refused_and_clears_the_cookies(world: World, ada: Person):
    body = {"refresh_token": ada.refresh_token}
    await world.http.post("/api/auth/refresh", json=body)
    world.clock.pass_sec(REUSE_SEC + 5)
    response = await world.http.post("/api/auth/refresh", json=body)
    assert problem_of(response) == (401, "unauthenticated")
    assert all("Max-Age=0" in cookie for cookie in response.headers.get_list("set-cookie"))


async def test_refreshing_with_nothing_is_refused(world: World):
    assert problem_of(await world.http.post("/api/auth/refresh")) == (401, "unauthenticated")
    assert problem_of(await world.http.post("/api/auth/refresh", json={})) == (401, "unauthenticated")


async def test_the_page_learns_that_nobody_is_signed_in_without_being_refused(world: World):
    answer = await world.http.get("/api/auth/session")
    assert (answer.status_code, answer.json()) == (200, {"user": None, "renewable": False})
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


async def test_the_page_learns_who_is_signed_in_or_that_a_session_can_be_renewed(world: World, ada: Person):
    await world.http.post("/api/auth/sign-in", json={"email": ada.email, "password": PASSWORD})
    signed_in = (await world.http.get("/api/auth/session")).json()
    assert (signed_in["user"]["display_name"], signed_in["renewable"]) == ("Ada", False)

    world.http.cookies.delete(next(name for name in world.http.cookies if name.startswith("access")))
    assert (await world.http.get("/api/auth/session")).json() == {"user": None, "renewable": True}
    await world.http.post("/api/auth/refresh", headers=OWN_PAGE)
    assert (await world.http.get("/api/auth/session")).json() == signed_in
    await world.http.post("/api/auth/sign-out", headers=OWN_PAGE)
    assert (await world.http.get("/api/auth/session")).json() == {"user": None, "renewable": False}


@pytest.mark.parametrize("token", ["not-a-token", "é"])
async def test_a_token_that_shows_nothing_is_nobodys_session(world: World, token: str):
    answer = await world.http.get("/api/auth/session", headers={b"authorization": f"Bearer {token}".encode()})
    assert answer.json() == {"user": None, "renewable": False}


async def test_signing_out_ends_the_session_and_the_cookies(world: World, ada: Person):
    await world.http.post("/api/auth/sign-in", json={"email": ada.email, "password": PASSWORD})
    assert world.http.cookies
    response = await world.http.post("/api/auth/sign-out", headers=OWN_PAGE)
    assert response.status_code == 204
    assert not world.http.cookies
    again = await world.http.post("/api/auth/sign-out", headers=OWN_PAGE)
    assert again.status_code == 204


async def test_signing_out_after_the_access_cookie_ran_out_still_ends_the_session(world: World, ada: Person):
    answer = await world.http.post("/api/auth/sign-in", json={"email": ada.email, "password": PASSWORD})
    world.http.cookies.delete(world.services.cookies.access_name)
    assert (await world.http.post("/api/auth/sign-out", headers=OWN_PAGE)).status_code == 204
    refresh = await world.http.post("/api/auth/refresh", json={"refresh_token": answer.json()["refresh_token"]})
    # The rotated pair of the sign-out is dead too: its session is over.
    if refresh.status_code == 200:
        started = bearer(refresh.json()["access_token"])
        response = await world.http.get("/api/account/export", headers=started)
        assert problem_of(response) == (401, "unauthenticated")


WORTHLESS = ("garbage", "", r'"\351"', "expired")
"""As access cookies. The third is a letter that no header can carry."""


def worthless_access_cookie(kind: str, person: Person) -> str:
    return forged(person, exp=int(time.time()) - 1) if kind == "expired" else kind


@pytest.mark.parametrize("kind", WORTHLESS)
async def test_signing_out_ends_the_refresh_cookie_beside_a_worthless_access_cookie(
    world: World, ada: Person, kind: str
):
    headers = page_with(world, worthless_access_cookie(kind, ada), ada.refresh_token)
    assert (await world.http.post("/api/auth/sign-out", headers=headers)).status_code == 204
    assert problem_of(await ada.call("GET", "/api/auth/me")) == (401, "unauthenticated")
    assert await later_refresh(world, ada.refresh_token) == (401, "unauthenticated")


@pytest.mark.parametrize("kind", WORTHLESS)
async def test_signing_in_ends_the_refresh_cookie_from_before_beside_a_worthless_access_cookie(
    world: World, ada: Person, eve: Person, kind: str, monkeypatch: pytest.MonkeyPatch
):
    sign_out = world.auth.sign_out

    async def sign_out_over_http(access_token: str, *, scope: SignOutScope = "local") -> None:
        access_token.encode("ascii")  # as httpx writes a header
        await sign_out(access_token, scope=scope)

    monkeypatch.setattr(world.auth, "sign_out", sign_out_over_http)
    headers = page_with(world, worthless_access_cookie(kind, eve), eve.refresh_token)
    body = {"email": ada.email, "password": PASSWORD}
    signed_in = await world.http.post("/api/auth/sign-in", json=body, headers=headers)
    assert signed_in.status_code == 200
    world.http.cookies.clear()
    assert problem_of(await eve.call("GET", "/api/auth/me")) == (401, "unauthenticated")
    assert await later_refresh(world, eve.refresh_token) == (401, "unauthenticated")
    assert await later_refresh(world, signed_in.json()["refresh_token"]) == (200, None)


async def test_signing_out_ends_the_sessions_of_both_cookies(world: World, ada: Person, eve: Person):
    headers = page_with(world, ada.access_token, eve.refresh_token)
    assert (await world.http.post("/api/auth/sign-out", headers=headers)).status_code == 204
    for person in (ada, eve):
        assert await later_refresh(world, person.refresh_token) == (401, "unauthenticated")


async def test_a_program_that_signs_out_leaves_the_session_of_cookies_alone(world: World, ada: Person, eve: Person):
    headers = page_with(world, eve.access_token, eve.refresh_token) | bearer(ada.access_token)
    assert (await world.http.post("/api/auth/sign-out", headers=headers)).status_code == 204
    assert await later_refresh(world, ada.refresh_token) == (401, "unauthenticated")
    assert await later_refresh(world, eve.refresh_token) == (200, None)


async def test_signing_out_everywhere_ends_the_other_sessions(world: World, ada: Person):
    other = (await world.http.post("/api/auth/sign-in", json={"email": ada.email, "password": PASSWORD})).json()
    world.http.cookies.clear()
    assert (await ada.call("POST", "/api/auth/sign-out-everywhere")).status_code == 204
    response = await world.http.post("/api/auth/refresh", json={"refresh_token": other["refresh_token"]})
    assert problem_of(response) == (401, "unauthenticated")
