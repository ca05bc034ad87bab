"""Name, password, everything of mine as a file, and everything gone."""

import io
import json
import zipfile
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from agent.outbox import Outbox
from agent.outbox_sender import OutboxSender
from agent.token_server_client import TokenServerClient
from storage.errors import NotFoundError, StoreUnavailableError
from tests.api.support import (
    BASE_URL,
    PASSWORD,
    WORKER_SECRET,
    Person,
    World,
    assess,
    ended_attempt,
    exported,
    make_settings,
    open_world,
    problem_of,
    sign_up,
)
from tests.support.samples import turn

pytestmark = pytest.mark.api

NEW = "another good one"
OWN_PAGE = {"Origin": BASE_URL, "Sec-Fetch-Site": "same-origin"}


def bearer(access_token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {access_token}"}


async def sign_in(world: World, person: Person, password: str = PASSWORD) -> httpx.Response:
    response = await world.http.post("/api/auth/sign-in", json={"email": person.email, "password": password})
    world.http.cookies.clear()
    return response


async def change_password(person: Person, new: str = NEW, *, current: str = PASSWORD) -> httpx.Response:
    body = {"current_password": current, "password": new}
    response = await person.call("POST", "/api/auth/password", json=body)
    person.http.cookies.clear()
    return response


async def delete_account(person: Person, password: str = PASSWORD) -> httpx.Response:
    return await person.call("DELETE", "/api/account", json={"password": password})


# -- password
async def test_a_changed_password_is_the_one_that_signs_in(world: World, ada: Person):
    assert (await change_password(ada)).status_code == 200
    assert [(await sign_in(world, ada, password)).status_code for password in (PASSWORD, NEW)] == [401, 200]


async def test_changing_the_password_asks_for_the_current_one(world: World, ada: Person):
    assert problem_of(await change_password(ada, current="not my password")) == (403, "wrong_password")
    missing = await ada.call("POST", "/api/auth/password", json={"password": NEW})
    assert problem_of(missing) == (422, "validation_failed")
    assert (await sign_in(world, ada)).status_code == 200


@pytest.mark.parametrize("new", ["short", "password1", "x" * 73])
async def test_a_weak_new_password_is_refused_with_the_reason(ada: Person, new: str):
    response = await change_password(ada, new)
    assert problem_of(response) == (422, "weak_password")
    assert response.json()["detail"]


async def test_a_new_password_ends_every_other_session_and_this_one_goes_on_with_a_new_one(world: World, ada: Person):
    elsewhere = (await sign_in(world, ada)).json()
    answer = (await change_password(ada)).json()
    assert answer["refresh_token"] not in (ada.refresh_token, elsewhere["refresh_token"])
    for old in (ada.refresh_token, elsewhere["refresh_token"]):
        assert problem_of(await world.http.post("/api/auth/refresh", json={"refresh_token": old}))[0] == 401
    mine = await world.http.post("/api/auth/refresh", json={"refresh_token": answer["refresh_token"]})
    assert mine.status_code == 200


async def test_the_page_goes_on_with_new_cookies_after_a_new_password(world: World, ada: Person):
    await world.http.post("/api/auth/sign-in", json={"email": ada.email, "password": PASSWORD}, headers=OWN_PAGE)
    before = dict(world.http.cookies)
    body = {"current_password": PASSWORD, "password": NEW}
    assert (await world.http.post("/api/auth/password", json=body, headers=OWN_PAGE)).status_code == 200
    after = dict(world.http.cookies)
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())
    assert (await world.http.post("/api/auth/refresh", headers=OWN_PAGE)).status_code == 200


async def test_guesses_of_the_current_password_are_limited_over_change_and_deletion(ada: Person):
    for _ in range(5):
        assert (await change_password(ada, current="a guess of it")).status_code == 403
        assert (await delete_account(ada, "a guess of it")).status_code == 403
    for refused in (await change_password(ada), await delete_account(ada)):
        assert problem_of(refused) == (429, "rate_limited")
        assert int(refused.headers["retry-after"]) >= 1


async def test_a_forgotten_password_is_set_with_the_code_of_the_mail_once(world: World, ada: Person):
    await world.http.post("/api/auth/password-reset", json={"email": ada.email})
    body = {"email": ada.email, "code": world.auth.reset_codes[ada.email], "password": NEW}
    wrong = await world.http.post("/api/auth/password-reset/confirm", json=body | {"code": "not-the-code"})
    assert problem_of(wrong) == (401, "invalid_credentials")
    assert (await world.http.post("/api/auth/password-reset/confirm", json=body)).status_code == 200
    again = await world.http.post("/api/auth/password-reset/confirm", json=body)
    assert problem_of(again) == (401, "invalid_credentials")
    world.http.cookies.clear()
    assert (await sign_in(world, ada, NEW)).status_code == 200
    old = await world.http.post("/api/auth/refresh", json={"refresh_token": ada.refresh_token})
    assert problem_of(old) == (401, "unauthenticated")


async def test_codes_cannot_be_tried_out(world: World, ada: Person):
    body = {"email": ada.email, "code": "123456", "password": NEW}
    answers = [await world.http.post("/api/auth/password-reset/confirm", json=body) for _ in range(11)]
    assert [a.status_code for a in answers[:10]] == [401] * 10
    assert problem_of(answers[10]) == (429, "rate_limited")
    assert 1 <= int(answers[10].headers["retry-after"]) <= 300


# -- export
async def test_an_export_holds_all_that_is_mine_and_nothing_of_others(world: World, ada: Person, eve: Person):
    attempt_id = await ended_attempt(world, ada, said=[turn(10_001, text="My own words")])
    await ada.call("PUT", f"/api/attempts/{attempt_id}/turns/10001/correction", json={"text": "What I meant"})
    await assess(world, attempt_id, final_assessment="A good talk.")
    await world.store.create_setup(ada.id, now=world.clock())
    await world.store.keep_resume(ada.id, "My own résumé", now=world.clock())
    await eve.interview(role="Barista")

    files = await exported(ada)
    assert files["account.json"] == {"id": ada.id, "email": ada.email, "display_name": "Ada"}
    assert [item["role"] for item in files["interviews.json"]] == ["Backend developer"]
    assert [len(files[f"{name}.json"]) for name in ("plans", "attempts", "turns", "feedback")] == [1, 1, 1, 1]
    assert files["turns.json"][0]["text"] == "My own words"
    assert files["turns.json"][0]["corrected_text"] == "What I meant"
    assert files["feedback.json"][0]["feedback"]["final_assessment"] == "A good talk."
    assert files["progress.json"]["points"][0]["attempt_id"] == attempt_id
    assert len(files["setup-conversations.json"]) == 1
    assert files["resume.json"]["text"] == "My own résumé"
    [report] = [text for name, text in files.items() if name.startswith("reports/")]
    assert "A good talk." in report
    assert "**You**: What I meant *(corrected; recognised as: My own words)*" in report
    assert "Barista" not in json.dumps(files)


async def test_an_export_is_private_and_kept_by_no_cache(ada: Person):
    response = await ada.call("GET", "/api/account/export", headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-type"] == "application/zip"
    assert response.headers["content-disposition"] == 'attachment; filename="my-interviews.zip"'
    assert response.headers["cache-control"] == "private, no-store"
    assert response.headers["content-encoding"] == "identity"
    assert response.content.startswith(b"PK")


async def test_an_export_of_nothing_is_an_archive_too(ada: Person):
    files = await exported(ada)
    assert files["interviews.json"] == files["turns.json"] == files["feedback.json"] == []


async def test_no_export_holds_what_only_the_plan_key_knows(world: World, ada: Person):
    interview = await ada.interview()
    plan_id = (await world.store.interview(interview["id"])).current_plan.id
    text = json.dumps(await exported(ada), ensure_ascii=False)
    keys = await world.store.plan_keys(plan_id)
    assert keys
    for key in keys:
        secrets = [key.hint, *key.follow_ups, *(point.claim for point in key.expected_points)]
        assert not [secret for secret in secrets if secret and secret in text]
    assert interview["questions"][0]["text"] in text


async def test_every_page_of_a_long_history_is_in_the_export(world: World, ada: Person):
    attempt_id = await ended_attempt(world, ada, said=[turn(seq) for seq in range(10_001, 10_251)])
    for number in range(60):
        await world.store.rename_interview((await ada.interview())["id"], f"Number {number}")
    files = await exported(ada)
    assert len(files["interviews.json"]) == 61
    assert [item["seq"] for item in files["turns.json"]] == list(range(10_001, 10_251))
    assert {item["attempt_id"] for item in files["turns.json"]} == {attempt_id}


async def test_what_was_said_is_no_markup_in_the_readable_report(world: World, ada: Person):
    await ended_attempt(world, ada, said=[turn(10_001, text="<script>alert(1)</script>\n# No heading")])
    [report] = [text for name, text in (await exported(ada)).items() if name.startswith("reports/")]
    assert "<script" not in report
    assert "\n# No heading" not in report


async def test_titles_cannot_name_files_elsewhere(world: World, ada: Person):
    attempt_id = await ended_attempt(world, ada)
    await world.store.rename_interview((await world.attempt(attempt_id)).interview_id, "../../etc/passwd 🦉")
    [name] = [name for name in await exported(ada) if name.startswith("reports/")]
    assert name.endswith(f"-etc-passwd-attempt-1-{attempt_id[:8]}.md")
    assert ".." not in name


async def test_an_export_that_breaks_in_the_middle_is_no_valid_archive(
    world: World, ada: Person, monkeypatch: pytest.MonkeyPatch
):
    await ended_attempt(world, ada)

    async def fail(*_: object) -> None:
        raise StoreUnavailableError("gone")

    monkeypatch.setattr("tests.fakes.owner_view.FakeOwnerView.assessments", fail)
    response = await ada.call("GET", "/api/account/export")
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(response.content))


async def test_a_signed_out_token_exports_and_deletes_nothing(world: World, ada: Person):
    await ada.call("POST", "/api/auth/sign-out")
    assert problem_of(await ada.call("GET", "/api/account/export")) == (401, "unauthenticated")
    assert problem_of(await delete_account(ada)) == (401, "unauthenticated")
    assert await world.store.display_name(ada.id) == "Ada"


# -- deletion
async def test_a_deleted_account_takes_everything_along(world: World, ada: Person, eve: Person):
    await ended_attempt(world, ada)
    await world.store.create_setup(ada.id, now=world.clock())
    await world.store.keep_resume(ada.id, "My own résumé", now=world.clock())
    kept = await eve.interview()
    response = await delete_account(ada)
    assert response.status_code == 204
    assert all("Max-Age=0" in cookie for cookie in response.headers.get_list("set-cookie"))
    tables = world.store.tables
    assert list(tables.interviews) == [kept["id"]]
    assert not tables.resumes
    assert (tables.attempts, tables.turns, tables.assessments, tables.setups) == ({}, {}, {}, {})
    assert problem_of(await sign_in(world, ada)) == (401, "invalid_credentials")


async def test_deleting_asks_for_the_password(world: World, ada: Person):
    assert problem_of(await delete_account(ada, "not my password")) == (403, "wrong_password")
    assert problem_of(await ada.call("DELETE", "/api/account")) == (422, "validation_failed")
    assert await world.store.display_name(ada.id) == "Ada"


async def test_an_interview_that_goes_on_is_ended_first_and_its_room_closed(world: World, ada: Person):
    started = await ada.start()
    attempt_id = started["attempt"]["id"]
    await world.go_live(attempt_id)
    assert (await delete_account(ada)).status_code == 204
    assert started["connection"]["room_name"] not in world.rooms.rooms
    with pytest.raises(NotFoundError):
        await world.attempt(attempt_id)


async def test_what_a_worker_still_has_of_a_deleted_account_is_refused_and_dropped(
    world: World, ada: Person, tmp_path: Any
):
    attempt_id = (await ada.start())["attempt"]["id"]
    await world.go_live(attempt_id)
    outbox = Outbox(tmp_path)
    await outbox.put_turn(attempt_id, turn(10_001, text="The last xyzzyword"))
    assert (await delete_account(ada)).status_code == 204

    transport = world.http._transport  # pyright: ignore[reportPrivateUsage]  # the same server, as its worker calls it
    async with TokenServerClient(BASE_URL, SecretStr(WORKER_SECRET), transport=transport) as client:
        await OutboxSender(outbox, client, attempt_id).drain()
    assert await outbox.attempts() == []
    assert b"xyzzyword" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    await outbox.close()


async def test_an_account_can_be_deleted_while_livekit_is_away(world: World, ada: Person):
    attempt_id = (await ada.start())["attempt"]["id"]
    world.rooms.available = False
    assert (await delete_account(ada)).status_code == 204
    with pytest.raises(NotFoundError):
        await world.attempt(attempt_id)


async def test_exports_are_limited_in_number():
    async with open_world(make_settings(auth_tries_per_account=2)) as world:
        ada = await sign_up(world)
        answers = [await ada.call("GET", "/api/account/export") for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
