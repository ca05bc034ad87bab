"""Accounts, sessions, cookies, cross-site requests and tries."""

import asyncio
import json
import time
from typing import Any

import jwt
import pytest
import structlog

from storage.auth import SignOutScope
from storage.errors import InvalidEmailError, RateLimitedError, StoreUnavailableError
from tests.api.support import BASE_URL, PASSWORD, Person, World, make_settings, open_world, problem_of, sign_up
from tests.fakes.auth import JWT_SECRET
from token_server.auth.refresh import REUSE_SEC

pytestmark = pytest.mark.api

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


async def test_signing_up_answers_with_the_user_tokens_and_cookies_that_scripts_cannot_read(world: World):
    body = {"email": "ada@example.com", "password": PASSWORD, "display_name": "  Ada "}
    response = await world.http.post("/api/auth/sign-up", json=body)

    assert response.status_code == 201
    answer = response.json()
    assert answer["user"] == {"id": answer["user"]["id"], "email": "ada@example.com", "display_name": "Ada"}
    assert set(answer) == {"user", "access_token", "refresh_token", "expires_at"}
    cookies = response.headers.get_list("set-cookie")
    assert len(cookies) == 2
    assert all("HttpOnly" in cookie and "SameSite=strict" in cookie for cookie in cookies)
    assert response.headers["cache-control"] == "no-store"


async def test_behind_tls_cookies_are_secure_and_browsers_are_told_to_stay_there():
    settings = make_settings(public_url="https://interview.example", livekit_public_url="wss://rtc.example")
    async with open_world(settings) as world:
        body = {"email": "ada@example.com", "password": PASSWORD, "display_name": "Ada"}
        response = await world.http.post("/api/auth/sign-up", json=body)
        assert all("Secure" in cookie for cookie in response.headers.get_list("set-cookie"))
        assert "strict-transport-security" in response.headers
        assert "wss://rtc.example" in response.headers["content-security-policy"]


async def test_where_mail_must_be_confirmed_new_and_taken_addresses_get_the_same_answer():
    async with open_world(make_settings(), confirm_email=True) as world:
        body = {"email": "ada@example.com", "password": PASSWORD, "display_name": "Ada"}
        answers = [await world.http.post("/api/auth/sign-up", json=body) for _ in range(2)]
        assert [(a.status_code, a.json()) for a in answers] == [(202, {"confirmation_required": True})] * 2
        assert not world.http.cookies


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"password": "short"}, 422, "weak_password"),
        ({"password": "Password123"}, 422, "weak_password"),
        ({"password": "x" * 73}, 422, "weak_password"),
        ({"password": ""}, 422, "validation_failed"),
        ({"password": "x" * 201}, 422, "validation_failed"),
        ({"email": "nobody"}, 422, "validation_failed"),
        ({"display_name": " "}, 422, "validation_failed"),
        ({"display_name": "nul\x00"}, 422, "validation_failed"),
        ({"admin": True}, 422, "validation_failed"),
    ],
)
async def test_a_sign_up_that_is_not_valid_is_refused(world: World, change: Any, status: int, code: str):
    body = {"email": "ada@example.com", "password": PASSWORD, "display_name": "Ada"} | change
    response = await world.http.post("/api/auth/sign-up", json=body)
    assert problem_of(response) == (status, code)


async def test_a_refusal_names_the_field_and_never_repeats_its_value(world: World):
    body = {"email": "ada@example.com", "password": "s3cret" * 50, "display_name": "Ada"}
    response = await world.http.post("/api/auth/sign-up", json=body)
    assert [error["field"] for error in response.json()["errors"]] == ["password"]
    assert "s3cret" not in response.text


async def test_an_address_with_an_account_cannot_sign_up_again(world: World, ada: Person):
    body = {"email": ada.email.upper(), "password": PASSWORD, "display_name": "Other"}
    assert problem_of(await world.http.post("/api/auth/sign-up", json=body)) == (409, "email_taken")


async def test_signing_in_gives_a_token_that_works(world: World, ada: Person):
    response = await world.http.post("/api/auth/sign-in", json={"email": ada.email, "password": PASSWORD})
    assert response.status_code == 200
    me = await world.http.get("/api/auth/me", headers=bearer(response.json()["access_token"]))
    assert me.json() == {"id": ada.id, "email": ada.email, "display_name": "Ada"}


async def test_a_wrong_password_and_an_unknown_address_look_the_same(world: World, ada: Person):
    wrong = await world.http.post("/api/auth/sign-in", json={"email": ada.email, "password": "wrong password"})
    unknown = await world.http.post("/api/auth/sign-in", json={"email": "no@example.com", "password": PASSWORD})
    assert problem_of(wrong) == problem_of(unknown) == (401, "invalid_credentials")
    assert wrong.json() == unknown.json()


async def test_tries_on_one_account_are_limited_and_the_answer_says_for_how_long(world: World, ada: Person):
    body = {"email": ada.email, "password": "wrong password"}
    answers = [await world.http.post("/api/auth/sign-in", json=body) for _ in range(11)]
    assert [a.status_code for a in answers[:10]] == [401] * 10
    assert problem_of(answers[10]) == (429, "rate_limited")
    assert 1 <= int(answers[10].headers["retry-after"]) <= 300
    other = await world.http.post("/api/auth/sign-in", json={"email": "no@example.com", "password": PASSWORD})
    assert other.status_code == 401


async def test_tries_from_one_address_are_limited_over_all_accounts():
    async with open_world(make_settings(auth_tries_per_address=3)) as world:
        for number in range(3):
            body = {"email": f"{number}@example.com", "password": PASSWORD}
            assert (await world.http.post("/api/auth/sign-in", json=body)).status_code == 401
        response = await world.http.post("/api/auth/sign-in", json={"email": "3@example.com", "password": PASSWORD})
        assert problem_of(response) == (429, "rate_limited")


async def test_resets_of_one_account_are_limited_whether_or_not_there_is_one(world: World, ada: Person):
    for email in (ada.email, "no@example.com"):
        answers = [await world.http.post("/api/auth/password-reset", json={"email": email}) for _ in range(11)]
        assert [a.status_code for a in answers[:10]] == [202] * 10
        assert problem_of(answers[10]) == (429, "rate_limited")
        assert 1 <= int(answers[10].headers["retry-after"]) <= 300


async def test_resets_from_one_address_are_limited_over_all_accounts():
    async with open_world(make_settings(auth_tries_per_address=3)) as world:
        bodies = [{"email": f"{number}@example.com"} for number in range(4)]
        answers = [await world.http.post("/api/auth/password-reset", json=body) for body in bodies]
        assert [a.status_code for a in answers[:3]] == [202] * 3
        assert problem_of(answers[3]) == (429, "rate_limited")
        assert 1 <= int(answers[3].headers["retry-after"]) <= 300


async def test_refreshes_from_one_address_are_limited_and_the_answer_says_for_how_long():
    async with open_world(make_settings(auth_tries_per_address=3)) as world:
        ada = await sign_up(world)
        for number in range(3):
            guess = {"refresh_token": f"a guess {number}"}
            assert (await world.http.post("/api/auth/refresh", json=guess)).status_code == 401
        by_body = await world.http.post("/api/auth/refresh", json={"refresh_token": ada.refresh_token})
        by_cookie = await world.http.post(
            "/api/auth/refresh", headers=page_with(world, ada.access_token, ada.refresh_token)
        )
        for refused in (by_body, by_cookie):
            assert problem_of(refused) == (429, "rate_limited")
            assert 1 <= int(refused.headers["retry-after"]) <= 300


@pytest.mark.parametrize("header", ["", "Basic YTpi", "Bearer", "Bearer  ", "Bearer not.a.token"])
async def test_without_a_proper_bearer_token_nobody_is_signed_in(world: World, header: str):
    headers = {"Authorization": header} if header else {}
    response = await world.http.get("/api/auth/me", headers=headers)
    assert problem_of(response) == (401, "unauthenticated")
    assert response.headers["www-authenticate"] == "Bearer"


async def test_expired_and_forged_tokens_are_refused(world: World, ada: Person):
    now = int(time.time())
    tokens = {
        "expired": forged(ada, exp=now - 1),
        "never expires": jwt.encode({"sub": ada.id, "aud": "authenticated"}, JWT_SECRET, algorithm="HS256"),
        "another key": forged(ada, secret="another-secret-that-is-long-enough-too"),
        "another algorithm": forged(ada, secret=JWT_SECRET * 2, algorithm="HS512"),
        "unsigned": forged(ada, secret="", algorithm="none"),
        "another audience": forged(ada, aud="anon"),
        "service role": forged(ada, role="service_role"),
        "nobody": forged(ada, sub="service"),
        "cut off": ada.access_token[:-4],
    }
    for why, token in tokens.items():
        response = await world.http.get("/api/auth/me", headers=bearer(token))
        assert problem_of(response) == (401, "unauthenticated"), why


async def test_the_display_name_can_be_changed(world: World, ada: Person):
    changed = await ada.call("PATCH", "/api/auth/me", json={"display_name": "Ada L."})
    assert changed.status_code == 200
    assert (await ada.call("GET", "/api/auth/me")).json()["display_name"] == "Ada L."


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


async def test_a_password_reset_never_tells_whether_there_is_an_account(world: World, ada: Person):
    answers = [
        await world.http.post("/api/auth/password-reset", json={"email": email})
        for email in (ada.email, "no@example.com")
    ]
    assert [(a.status_code, a.content) for a in answers] == [(202, b"null")] * 2
    assert world.auth.reset_mails == [ada.email]


@pytest.mark.parametrize(
    "failure",
    [RateLimitedError(), InvalidEmailError("not authorized"), StoreUnavailableError("Supabase Auth failed: 500")],
    ids=["second within a minute", "address not authorized", "mail fails"],
)
async def test_a_reset_mail_that_is_not_sent_tells_nothing_either(
    world: World, ada: Person, monkeypatch: pytest.MonkeyPatch, failure: Exception
):
    send = world.auth.send_password_reset

    async def send_as_hosted_supabase(email: str) -> None:
        """Comes as far as sending, and so as failing, with known addresses only. Here the second mail fails."""
        if email in world.auth.reset_mails:
            raise failure
        await send(email)

    monkeypatch.setattr(world.auth, "send_password_reset", send_as_hosted_supabase)
    with structlog.testing.capture_logs() as lines:
        answers = [
            await world.http.post("/api/auth/password-reset", json={"email": email})
            for email in (ada.email, ada.email, "no@example.com", "no@example.com")
        ]
    assert [(a.status_code, a.content) for a in answers] == [(202, b"null")] * 4
    assert len({frozenset(a.headers.items()) for a in answers}) == 1
    assert world.auth.reset_mails == [ada.email]
    noted = [line for line in lines if line["event"] == "password_reset_not_sent"]
    assert [line["error"] for line in noted] == [type(failure).__name__]
    assert ada.email not in json.dumps(lines, default=str)
