"""Cookies, and requests that another page makes in somebody's name."""

import pytest

from tests.api.support import PASSWORD, Person, World, problem_of
from tests.api.tokens import OWN_PAGE, bearer

pytestmark = pytest.mark.api


async def test_cookies_sign_the_page_in_and_its_own_requests_may_change_things(world: World, ada: Person):
    await world.http.post("/api/auth/sign-in", json={"email": ada.email, "password": PASSWORD}, headers=OWN_PAGE)
    assert (await world.http.get("/api/auth/me")).status_code == 200
    changed = await world.http.patch("/api/auth/me", json={"display_name": "A"}, headers=OWN_PAGE)
    assert changed.status_code == 200


FROM_ELSEWHERE = [
    {"Origin": "https://evil.example"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "null"},
]
"""Headers of pages that aren't ours."""


@pytest.mark.parametrize("headers", [*FROM_ELSEWHERE, {}])
async def test_a_change_by_cookie_from_elsewhere_is_refused(world: World, ada: Person, headers: dict[str, str]):
    await world.http.post("/api/auth/sign-in", json={"email": ada.email, "password": PASSWORD}, headers=OWN_PAGE)
    changes = [
        world.http.patch("/api/auth/me", json={"display_name": "Evil"}, headers=headers),
        world.http.post("/api/auth/refresh", headers=headers),
        world.http.post("/api/auth/sign-out", headers=headers),
        world.http.request("DELETE", "/api/account", json={"password": PASSWORD}, headers=headers),
    ]
    for change in changes:
        assert problem_of(await change) == (403, "csrf_failed")
    assert (await world.http.get("/api/auth/me")).json()["display_name"] == "Ada"


async def test_a_foreign_page_cannot_sign_its_visitor_into_its_own_account(world: World, ada: Person):
    response = await world.http.post(
        "/api/auth/sign-in",
        json={"email": ada.email, "password": PASSWORD},
        headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    )
    assert problem_of(response) == (403, "csrf_failed")


@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
async def test_a_foreign_page_cannot_put_its_own_refresh_token_under_its_visitor(
    world: World, ada: Person, headers: dict[str, str]
):
    body = {"refresh_token": ada.refresh_token}
    response = await world.http.post("/api/auth/refresh", json=body, headers=headers)
    assert problem_of(response) == (403, "csrf_failed")
    assert "set-cookie" not in response.headers
    by_our_page = await world.http.post("/api/auth/refresh", json=body, headers=OWN_PAGE)
    assert by_our_page.status_code == 200


async def test_with_an_authorization_header_cookies_are_ignored(world: World, ada: Person, eve: Person):
    await world.http.post("/api/auth/sign-in", json={"email": ada.email, "password": PASSWORD})
    me = await world.http.get("/api/auth/me", headers=bearer(eve.access_token))
    assert me.json()["id"] == eve.id
    refused = await world.http.get("/api/auth/me", headers=bearer("wrong"))
    assert problem_of(refused) == (401, "unauthenticated")
