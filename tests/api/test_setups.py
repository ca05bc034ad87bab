"""Spoken set-ups as their owner's page calls them."""

import asyncio
from typing import Any

import jwt
import pytest

from tests.api.setups import DRAFT, as_job, begin, change, join, listed, path_of, read, room_of, stored
from tests.api.support import LIVEKIT_SECRET, PASSWORD, Person, World, exported, problem_of

pytestmark = pytest.mark.api


@pytest.fixture
async def setup_id(ada: Person) -> str:
    return await begin(ada)


async def test_beginning_makes_a_room_sends_for_the_assistant_and_gives_the_way_in(world: World, ada: Person):
    response = await ada.call("POST", "/api/setup-conversations", json={})
    assert response.status_code == 201
    begun = response.json()
    connection = begun["connection"]
    assert connection["room_name"] == f"setup-{begun['id']}"
    assert connection["participant_identity"] == f"candidate-{ada.id}"
    claims = jwt.decode(connection["participant_token"], LIVEKIT_SECRET, algorithms=["HS256"])
    assert claims["video"]["room"] == connection["room_name"]
    assert claims["video"]["canPublishData"] is False
    dispatched = world.rooms.rooms[connection["room_name"]].metadata
    assert [(sent.kind, sent.id, sent.epoch) for sent in dispatched] == [("setup", begun["id"], 1)]
    seen = await read(ada, begun["id"])
    assert (seen["status"], seen["revision"], seen["interview_id"]) == ("live", 0, None)
    assert set(seen["draft"].values()) == {None}
    assert seen["missing"] == ["role", "interview_type", "level", "question_count", "technologies"]


async def test_a_new_one_takes_the_place_of_the_one_that_was_live(world: World, ada: Person, setup_id: str):
    second = await begin(ada)
    assert (await read(ada, setup_id))["status"] == "abandoned"
    assert room_of(setup_id) not in world.rooms.rooms
    assert await listed(ada, status="live") == [second]


async def test_two_begun_at_once_leave_one_live(ada: Person):
    await asyncio.gather(begin(ada), begin(ada), begin(ada))
    assert len(await listed(ada, status="live")) == 1
    assert len(await listed(ada, status="abandoned")) == 2


@pytest.mark.parametrize("worker", [{"capacity": 2, "active": 2}, {"capacity": 2, "registered": False}])
async def test_without_a_free_assistant_nothing_is_begun_and_nothing_is_stored(
    world: World, ada: Person, worker: dict[str, Any]
):
    await world.beat_worker(**worker)
    response = await ada.call("POST", "/api/setup-conversations", json={})
    assert problem_of(response) == (503, "at_capacity")
    assert int(response.headers["retry-after"]) > 0
    assert world.store.tables.setups == {}
    assert world.rooms.rooms == {}


async def test_without_a_free_assistant_the_one_that_goes_on_is_left_alone(world: World, ada: Person, setup_id: str):
    await world.beat_worker(capacity=1, active=1)
    assert problem_of(await ada.call("POST", "/api/setup-conversations", json={})) == (503, "at_capacity")
    assert (await read(ada, setup_id))["status"] == "live"


async def test_set_ups_and_attempts_compete_for_the_same_places(world: World, ada: Person, eve: Person):
    await world.beat_worker(capacity=2, active=1)
    interview_id = (await ada.interview())["id"]
    answers = await asyncio.gather(
        ada.call("POST", f"/api/interviews/{interview_id}/attempts"),
        eve.call("POST", "/api/setup-conversations", json={}),
    )
    assert sorted(answer.status_code for answer in answers) == [201, 503]


async def test_a_livekit_that_is_down_leaves_no_set_up_behind(world: World, ada: Person):
    world.rooms.available = False
    response = await ada.call("POST", "/api/setup-conversations", json={})
    assert problem_of(response) == (503, "upstream_unavailable")
    assert world.store.tables.setups == {}


async def test_a_signed_out_bearer_gets_no_way_into_a_room(ada: Person, setup_id: str):
    await ada.call("POST", "/api/auth/sign-out")
    for path in ("/api/setup-conversations", f"{path_of(setup_id)}/connection"):
        assert problem_of(await ada.call("POST", path, json={})) == (401, "unauthenticated")


async def test_a_list_goes_newest_first_page_by_page_and_by_status(world: World, ada: Person, eve: Person):
    ids: list[str] = []
    for _ in range(4):
        world.clock.pass_sec(1)
        await world.beat_worker()
        ids.append(await begin(ada))
    await begin(eve)
    first = (await ada.call("GET", "/api/setup-conversations", params={"status": "abandoned", "limit": 2})).json()
    query = {"status": "abandoned", "limit": 2, "cursor": first["next_cursor"]}
    second = (await ada.call("GET", "/api/setup-conversations", params=query)).json()
    assert [item["id"] for item in first["items"] + second["items"]] == [ids[2], ids[1], ids[0]]
    assert second["next_cursor"] is None
    assert await listed(ada, status=["live", "abandoned"]) == ids[::-1]
    assert await listed(ada) == ids[::-1]


@pytest.mark.parametrize("query", [{"status": "open"}, {"limit": 0}, {"cursor": "???"}])
async def test_a_wrong_query_is_refused(ada: Person, query: dict[str, Any]):
    response = await ada.call("GET", "/api/setup-conversations", params=query)
    assert problem_of(response) == (422, "validation_failed")


async def test_a_change_by_hand_raises_the_revision_and_the_room_is_told(world: World, ada: Person, setup_id: str):
    changed = await change(ada, setup_id, 0, role="Data engineer", technologies=[])
    assert (changed["revision"], changed["draft"]["role"], changed["draft"]["technologies"]) == (1, "Data engineer", [])
    assert changed["missing"] == ["interview_type", "level", "question_count"]
    forgotten = await change(ada, setup_id, 1, role=None, level="mid")
    assert (forgotten["draft"]["role"], forgotten["draft"]["level"]) == (None, "mid")
    assert await read(ada, setup_id) == forgotten
    assert world.rooms.rooms[room_of(setup_id)].draft_notices == [("everybody", 1), ("everybody", 2)]


async def test_what_is_the_same_already_is_no_change(world: World, ada: Person, setup_id: str):
    await change(ada, setup_id, 0, level="mid")
    again = await change(ada, setup_id, 1, level="mid", role=None)
    assert again["revision"] == 1
    assert world.rooms.rooms[room_of(setup_id)].draft_notices == [("everybody", 1)]


async def test_a_change_of_an_older_revision_is_refused_with_the_newer_one(ada: Person, setup_id: str):
    await change(ada, setup_id, 0, level="mid")
    response = await ada.call("PATCH", path_of(setup_id), json={"revision": 0, "level": "senior"})
    assert problem_of(response) == (409, "stale_revision")
    assert response.json()["revision"] == 1
    assert (await read(ada, setup_id))["draft"]["level"] == "mid"


async def test_of_two_changes_of_one_revision_one_is_taken(ada: Person, setup_id: str):
    bodies = [{"revision": 0, "question_count": count} for count in (3, 4, 5)]
    answers = await asyncio.gather(*(ada.call("PATCH", path_of(setup_id), json=body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert (await read(ada, setup_id))["revision"] == 1


async def test_a_livekit_that_is_down_fails_no_change(world: World, ada: Person, setup_id: str):
    world.rooms.available = False
    assert (await change(ada, setup_id, 0, tone="friendly"))["draft"]["tone"] == "friendly"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"role": ""}, "role"),
        ({"level": "expert"}, "level"),
        ({"question_count": 16}, "question_count"),
        ({"technologies": ["x"] * 21}, "technologies"),
        ({"job_description": "x" * 20_001}, "job_description"),
        ({"remarks": "x" * 2_001}, "remarks"),
        ({"status": "confirmed"}, "status"),
        ({"revision": -1}, "revision"),
    ],
)
async def test_a_wrong_field_is_refused_by_its_name(ada: Person, setup_id: str, fields: dict[str, Any], field: str):
    response = await ada.call("PATCH", path_of(setup_id), json={"revision": 0} | fields)
    assert problem_of(response) == (422, "validation_failed")
    assert [error["field"] for error in response.json()["errors"]] == [field]


async def test_a_connection_while_the_assistant_is_there_or_on_its_way_sends_for_nobody(
    world: World, ada: Person, setup_id: str
):
    response = await ada.call("POST", f"{path_of(setup_id)}/connection", json={"room_config": {}})
    assert response.status_code == 201
    assert response.json()["room_name"] == room_of(setup_id)
    await join(world, setup_id)
    world.clock.pass_sec(60)
    assert (await ada.call("POST", f"{path_of(setup_id)}/connection")).status_code == 201
    assert world.rooms.epochs(room_of(setup_id)) == [1]


async def test_a_connection_after_the_assistant_left_sends_for_another(world: World, ada: Person, setup_id: str):
    await join(world, setup_id)
    world.rooms.end_job(room_of(setup_id))
    assert (await ada.call("POST", f"{path_of(setup_id)}/connection")).status_code == 201
    assert world.rooms.epochs(room_of(setup_id)) == [2]


async def test_an_abandoned_one_is_taken_up_with_its_draft_and_replaces_the_live_one(
    world: World, ada: Person, setup_id: str
):
    await change(ada, setup_id, 0, role="Data engineer")
    other = await begin(ada)
    answers = await asyncio.gather(*(ada.call("POST", f"{path_of(setup_id)}/connection") for _ in range(3)))
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    taken_up = await read(ada, setup_id)
    assert (taken_up["status"], taken_up["draft"]["role"]) == ("live", "Data engineer")
    assert (await read(ada, other))["status"] == "abandoned"
    assert world.rooms.epochs(room_of(setup_id)) == [2]
    assert room_of(other) not in world.rooms.rooms


async def test_an_abandoned_one_is_not_taken_up_without_a_free_assistant(world: World, ada: Person, setup_id: str):
    await begin(ada)
    await world.beat_worker(capacity=1, active=1)
    assert problem_of(await ada.call("POST", f"{path_of(setup_id)}/connection")) == (503, "at_capacity")
    assert (await read(ada, setup_id))["status"] == "abandoned"


async def test_a_draft_can_be_edited_and_confirmed_when_nobody_talks_in_it(world: World, ada: Person, setup_id: str):
    await as_job(world, "POST", setup_id, "abandon")
    await change(ada, setup_id, 0, **DRAFT)
    response = await ada.call("POST", f"{path_of(setup_id)}/confirm", json={"revision": 1})
    assert response.status_code == 201


async def test_confirming_makes_the_interview_that_the_draft_describes(world: World, ada: Person, setup_id: str):
    await change(ada, setup_id, 0, **DRAFT, tone="challenging", job_description="We build bridges.", remarks="At Acme.")
    response = await ada.call("POST", f"{path_of(setup_id)}/confirm", json={"revision": 1})
    assert response.status_code == 201
    interview = response.json()
    assert interview == (await ada.call("GET", f"/api/interviews/{interview['id']}")).json()
    assert {name: interview[name] for name in DRAFT} == DRAFT
    assert (interview["tone"], interview["job_description"]) == ("challenging", "At Acme.\n\nWe build bridges.")
    assert interview["title"] == "Backend engineer (senior, technical)"
    assert len(interview["questions"]) == 4
    confirmed = await read(ada, setup_id)
    assert (confirmed["status"], confirmed["interview_id"]) == ("confirmed", interview["id"])
    assert room_of(setup_id) not in world.rooms.rooms


async def test_a_draft_with_gaps_is_not_confirmed_and_the_gaps_are_named(world: World, ada: Person, setup_id: str):
    await change(ada, setup_id, 0, role="Data engineer", level="mid", technologies=[])
    response = await ada.call("POST", f"{path_of(setup_id)}/confirm", json={"revision": 1})
    assert problem_of(response) == (422, "validation_failed")
    assert [error["field"] for error in response.json()["errors"]] == ["interview_type", "question_count"]
    assert world.store.tables.interviews == {}


async def test_another_draft_than_the_one_that_was_read_is_not_confirmed(world: World, ada: Person, setup_id: str):
    await change(ada, setup_id, 0, **DRAFT)
    await change(ada, setup_id, 1, question_count=15)
    response = await ada.call("POST", f"{path_of(setup_id)}/confirm", json={"revision": 1})
    assert problem_of(response) == (409, "stale_revision")
    assert response.json()["revision"] == 2
    assert world.store.tables.interviews == {}


async def test_voice_and_hand_that_confirm_at_once_make_one_interview(world: World, ada: Person, setup_id: str):
    await change(ada, setup_id, 0, **DRAFT)
    yes = {"revision": 1}
    answers = await asyncio.gather(
        ada.call("POST", f"{path_of(setup_id)}/confirm", json=yes),
        as_job(world, "POST", setup_id, "confirm", yes),
        ada.call("POST", f"{path_of(setup_id)}/confirm", json=yes),
    )
    assert [answer.status_code for answer in answers] == [201, 200, 201]
    [interview_id] = world.store.tables.interviews
    assert answers[1].json() == {"interview_id": interview_id, "title": "Backend engineer (senior, technical)"}
    assert {answers[0].json()["id"], answers[2].json()["id"]} == {interview_id}
    again = await ada.call("POST", f"{path_of(setup_id)}/confirm", json=yes)
    assert (again.status_code, again.json()["id"]) == (201, interview_id)


async def test_a_confirmed_one_takes_no_change_no_visitor_and_no_other_yes(ada: Person, setup_id: str):
    await change(ada, setup_id, 0, **DRAFT)
    await ada.call("POST", f"{path_of(setup_id)}/confirm", json={"revision": 1})
    calls: list[tuple[str, str, Any]] = [
        ("PATCH", "", {"revision": 1, "level": "mid"}),
        ("POST", "/connection", {}),
        ("POST", "/confirm", {"revision": 0}),
    ]
    for method, path, body in calls:
        assert problem_of(await ada.call(method, f"{path_of(setup_id)}{path}", json=body)) == (409, "setup_over")


async def test_a_deleted_one_is_gone_and_its_room_closed(world: World, ada: Person, setup_id: str):
    assert (await ada.call("DELETE", path_of(setup_id))).status_code == 204
    assert problem_of(await ada.call("GET", path_of(setup_id))) == (404, "not_found")
    assert world.rooms.rooms == {}


async def test_a_deleted_interview_takes_the_draft_that_it_was_made_from_along(ada: Person, setup_id: str):
    await change(ada, setup_id, 0, **DRAFT)
    interview = (await ada.call("POST", f"{path_of(setup_id)}/confirm", json={"revision": 1})).json()
    await ada.call("DELETE", f"/api/interviews/{interview['id']}")
    assert problem_of(await ada.call("GET", path_of(setup_id))) == (404, "not_found")


@pytest.mark.parametrize("setup_id", ["no-uuid", "00000000-0000-4000-8000-000000000000", "%00"])
async def test_an_unknown_id_is_not_found(ada: Person, setup_id: str):
    assert problem_of(await ada.call("GET", path_of(setup_id))) == (404, "not_found")


async def test_nothing_of_somebody_else_can_be_seen_or_touched(world: World, eve: Person, setup_id: str):
    calls: list[tuple[str, str, Any]] = [
        ("GET", "", None),
        ("PATCH", "", {"revision": 0, "level": "mid"}),
        ("DELETE", "", None),
        ("POST", "/connection", {}),
        ("POST", "/confirm", {"revision": 0}),
    ]
    for method, path, body in calls:
        address = f"{path_of(setup_id)}{path}"
        assert problem_of(await eve.call(method, address, json=body)) == (404, "not_found"), (method, path)
        anonymous = await world.http.request(method, address, json=body)
        assert problem_of(anonymous) == (401, "unauthenticated"), (method, path)
    assert await listed(eve) == []
    assert (await stored(world, setup_id)).status == "live"


async def test_an_export_holds_the_drafts_and_a_deleted_account_leaves_none(
    world: World, ada: Person, eve: Person, setup_id: str
):
    await change(ada, setup_id, 0, role="Data engineer")
    kept = await begin(eve)
    export = await exported(ada)
    assert [row["draft"]["role"] for row in export["setup-conversations.json"]] == ["Data engineer"]
    assert (await ada.call("DELETE", "/api/account", json={"password": PASSWORD})).status_code == 204
    assert list(world.store.tables.setups) == [kept]
    assert set(world.rooms.rooms) == {room_of(kept)}
