"""Setting interviews up, listing, changing and deleting them."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from storage.errors import StoreUnavailableError
from tests.api.support import NEW_INTERVIEW, Person, World, problem_of
from tests.fakes.store import FakeStore

pytestmark = pytest.mark.api


async def test_a_new_interview_has_exactly_the_questions_that_were_asked_for(ada: Person):
    response = await ada.call("POST", "/api/interviews", json=NEW_INTERVIEW)
    assert response.status_code == 201
    interview = response.json()
    assert [question["index"] for question in interview["questions"]] == [0, 1, 2]
    assert len({question["question_id"] for question in interview["questions"]}) == 3
    assert set(interview["questions"][0]) == {"question_id", "index", "kind", "text", "reason", "asked_before"}
    assert interview["plan_version"] == 1
    assert interview["title"] == "Backend developer (mid, technical)"
    assert interview["technologies"] == ["Python", "PostgreSQL"]
    assert interview["attempts"] == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"role": ""}, "role"),
        ({"role": "x" * 121}, "role"),
        ({"role": "a\x00b"}, ""),
        ({"role": None}, "role"),
        ({"interview_type": "casual"}, "interview_type"),
        ({"level": "expert"}, "level"),
        ({"question_count": 0}, "question_count"),
        ({"question_count": 16}, "question_count"),
        ({"technologies": ["x"] * 21}, "technologies"),
        ({"technologies": ["x" * 61]}, "technologies.0"),
        ({"job_description": "x" * 20_001}, "job_description"),
        ({"owner_id": "somebody"}, "owner_id"),
    ],
)
async def test_a_wrong_parameter_is_refused_by_its_name(ada: Person, change: dict[str, Any], field: str):
    response = await ada.call("POST", "/api/interviews", json=NEW_INTERVIEW | change)
    assert problem_of(response) == (422, "validation_failed")
    assert field in [error["field"] for error in response.json()["errors"]] or field == ""


async def test_half_a_surrogate_pair_is_refused_rather_than_stored(ada: Person):
    body = b'{"role": "\\ud800", "interview_type": "mixed", "level": "mid", "question_count": 1}'
    response = await ada.call("POST", "/api/interviews", content=body, headers={"Content-Type": "application/json"})
    assert problem_of(response) == (422, "validation_failed")


async def test_what_is_not_json_is_refused(ada: Person):
    response = await ada.call(
        "POST", "/api/interviews", content=b"{role:", headers={"Content-Type": "application/json"}
    )
    assert problem_of(response) == (422, "validation_failed")


async def test_a_body_that_is_too_large_is_refused_before_it_is_read(ada: Person):
    response = await ada.call("POST", "/api/interviews", json=NEW_INTERVIEW | {"job_description": "x" * 300_000})
    assert problem_of(response) == (413, "too_large")


async def test_a_body_that_does_not_say_its_size_is_cut_off_too(ada: Person):
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 10_000

    response = await ada.call(
        "POST", "/api/interviews", content=endless(), headers={"Content-Type": "application/json"}
    )
    assert problem_of(response) == (413, "too_large")


async def test_a_list_goes_newest_first_page_by_page(world: World, ada: Person, eve: Person):
    for number in range(3):
        world.clock.pass_sec(1)
        await ada.interview(role=f"Role {number}")
    await eve.interview()
    first = (await ada.call("GET", "/api/interviews", params={"limit": 2})).json()
    second = (await ada.call("GET", "/api/interviews", params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [item["role"] for item in first["items"] + second["items"]] == ["Role 2", "Role 1", "Role 0"]
    assert second["next_cursor"] is None


async def test_a_list_can_be_searched_and_filtered(ada: Person):
    await ada.interview(role="Backend developer", level="senior")
    await ada.interview(role="Barista", interview_type="behavioral", technologies=[])

    async def roles(**query: str) -> list[str]:
        items = (await ada.call("GET", "/api/interviews", params=query)).json()["items"]
        return [item["role"] for item in items]

    assert await roles(q="barIS") == ["Barista"]
    assert await roles(q="postgresql") == ["Backend developer"]
    assert await roles(type="behavioral") == ["Barista"]
    assert await roles(level="senior") == ["Backend developer"]
    assert await roles(role="Barista") == ["Barista"]
    assert await roles(sort="oldest") == ["Backend developer", "Barista"]


@pytest.mark.parametrize("query", [{"limit": "101"}, {"limit": "0"}, {"cursor": "???"}, {"level": "x"}, {"q": "a\x00"}])
async def test_a_wrong_query_is_refused(ada: Person, query: dict[str, str]):
    assert problem_of(await ada.call("GET", "/api/interviews", params=query)) == (422, "validation_failed")


async def test_a_changed_parameter_makes_a_new_plan_and_the_title_follows(ada: Person):
    interview = await ada.interview()
    response = await ada.call("PATCH", f"/api/interviews/{interview['id']}", json={"level": "senior"})
    changed = response.json()
    assert response.status_code == 200
    assert (changed["plan_version"], changed["level"], changed["question_count"]) == (2, "senior", 3)
    assert changed["title"] == "Backend developer (senior, technical)"


async def test_a_new_title_alone_makes_no_new_plan_and_stays(ada: Person):
    interview = await ada.interview()
    path = f"/api/interviews/{interview['id']}"
    renamed = (await ada.call("PATCH", path, json={"title": "For Friday"})).json()
    assert (renamed["title"], renamed["plan_version"]) == ("For Friday", 1)
    later = (await ada.call("PATCH", path, json={"question_count": 5})).json()
    assert (later["title"], len(later["questions"])) == ("For Friday", 5)


async def test_a_deleted_interview_is_gone_and_its_room_closed(world: World, ada: Person):
    started = await ada.start()
    interview_id = started["attempt"]["interview_id"]
    assert (await ada.call("DELETE", f"/api/interviews/{interview_id}")).status_code == 204
    assert problem_of(await ada.call("GET", f"/api/interviews/{interview_id}")) == (404, "not_found")
    assert world.rooms.rooms == {}


@pytest.mark.parametrize("interview_id", ["no-uuid", "00000000-0000-4000-8000-000000000000", "%00"])
async def test_an_unknown_id_is_not_found(ada: Person, interview_id: str):
    assert problem_of(await ada.call("GET", f"/api/interviews/{interview_id}")) == (404, "not_found")


async def test_nothing_of_somebody_else_can_be_seen_or_touched(world: World, ada: Person, eve: Person):
    interview = await ada.interview()
    attempt_id = (await ada.start(interview["id"]))["attempt"]["id"]
    interview_path, attempt_path = f"/api/interviews/{interview['id']}", f"/api/attempts/{attempt_id}"
    calls: list[tuple[str, str, Any]] = [
        ("GET", interview_path, None),
        ("PATCH", interview_path, {"title": "Mine"}),
        ("DELETE", interview_path, None),
        ("POST", f"{interview_path}/attempts", {}),
        ("GET", f"{interview_path}/comparison", None),
        ("GET", attempt_path, None),
        ("POST", f"{attempt_path}/connection", {}),
        ("POST", f"{attempt_path}/commands", {"command": "skip"}),
        ("POST", f"{attempt_path}/end", None),
        ("GET", f"{attempt_path}/turns", None),
        ("PUT", f"{attempt_path}/turns/10001/correction", {"text": "Mine"}),
        ("DELETE", f"{attempt_path}/turns/10001/correction", None),
        ("GET", f"{attempt_path}/feedback", None),
        ("POST", f"{attempt_path}/feedback", None),
        ("GET", f"{attempt_path}/feedback/versions", None),
    ]
    for method, path, body in calls:
        assert problem_of(await eve.call(method, path, json=body)) == (404, "not_found"), (method, path)
        anonymous = await world.http.request(method, path, json=body)
        assert problem_of(anonymous) == (401, "unauthenticated"), (method, path)
    assert (await world.attempt(attempt_id)).status == "planned"


async def test_a_store_that_is_down_is_said_so_without_details(
    world: World, ada: Person, monkeypatch: pytest.MonkeyPatch
):
    async def down(self: FakeStore, *_: Any) -> None:
        raise StoreUnavailableError("connection to secret-host refused")

    monkeypatch.setattr(FakeStore, "create_interview", down)
    response = await ada.call("POST", "/api/interviews", json=NEW_INTERVIEW)
    assert problem_of(response) == (503, "upstream_unavailable")
    assert "retry-after" in response.headers
    assert "secret-host" not in response.text


async def test_a_bug_of_ours_shows_no_stack_trace(ada: Person, monkeypatch: pytest.MonkeyPatch):
    async def buggy(self: FakeStore, *_: Any) -> None:
        raise RuntimeError("internals")

    monkeypatch.setattr(FakeStore, "create_interview", buggy)
    response = await ada.call("POST", "/api/interviews", json=NEW_INTERVIEW)
    assert problem_of(response) == (500, "internal_error")
    assert "internals" not in response.text


async def test_another_tone_keeps_the_questions_and_their_keys(world: World, ada: Person):
    made = await ada.interview()
    changed = (await ada.call("PATCH", f"/api/interviews/{made['id']}", json={"tone": "friendly"})).json()
    assert (changed["tone"], changed["plan_version"]) == ("friendly", 2)
    assert changed["questions"] == made["questions"]
    plan = (await world.store.interview(made["id"])).current_plan
    assert [key.question_id for key in await world.store.plan_keys(plan.id)] == [
        question["question_id"] for question in made["questions"]
    ]


async def test_a_retake_may_have_another_tone_with_the_same_questions(world: World, ada: Person):
    made = await ada.interview()
    first = await ada.start(made["id"])
    assert (await world.store.interview(made["id"])).current_plan.version == 1
    await ada.call("POST", f"/api/attempts/{first['attempt']['id']}/end")
    again = await ada.start(made["id"], json={"tone": "challenging"})
    attempt = (await ada.call("GET", f"/api/attempts/{again['attempt']['id']}")).json()
    assert attempt["questions"] == made["questions"]
    plan = await world.store.plan((await world.attempt(again["attempt"]["id"])).plan_id)
    assert (plan.version, plan.parameters.tone) == (2, "challenging")
