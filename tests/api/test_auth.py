"""Accounts, and the tokens that show who somebody is."""

import time
from typing import Any

import jwt
import pytest

from tests.api.support import PASSWORD, Person, World, make_settings, open_world, problem_of
from tests.api.tokens import bearer, forged
from tests.fakes.auth import JWT_SECRET

pytestmark = pytest.mark.api


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
