"""How often somebody may try: to sign in, to refresh, to have a password reset."""

import pytest

from tests.api.support import PASSWORD, Person, World, make_settings, open_world, problem_of, sign_up
from tests.api.tokens import page_with

pytestmark = pytest.mark.api


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
