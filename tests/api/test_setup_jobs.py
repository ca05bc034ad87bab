"""The set-up calls of the worker API, and what the sweep does about set-ups."""

from typing import Any

import pytest

from tests.api.setups import DRAFT, NOTHING, as_job, begin, change, join, read, room_of, stored
from tests.api.support import Person, World, problem_of

pytestmark = pytest.mark.api


@pytest.fixture
async def setup_id(ada: Person) -> str:
    return await begin(ada)


async def test_a_job_joins_with_the_draft_and_a_later_one_takes_up(world: World, ada: Person, setup_id: str):
    await change(ada, setup_id, 0, role="Data engineer")
    brief = await join(world, setup_id)
    assert brief == {
        "setup_id": setup_id,
        "candidate_name": "Ada",
        "status": "live",
        "revision": 1,
        "draft": NOTHING | {"role": "Data engineer"},
        "resumed": False,
    }
    asked_again = await as_job(world, "POST", setup_id, "join", {"job_id": "job-1"})
    assert asked_again.json()["resumed"] is False
    for _ in range(2):
        later = await as_job(world, "POST", setup_id, "join", {"job_id": "job-2"})
        assert later.json()["resumed"] is True


async def test_a_job_stores_the_whole_draft_and_the_page_is_told(world: World, ada: Person, setup_id: str):
    await change(ada, setup_id, 0, tone="friendly")
    body = {"revision": 1, "draft": DRAFT}
    response = await as_job(world, "PUT", setup_id, "draft", body)
    assert response.status_code == 200
    assert response.json() == {"revision": 2, "draft": NOTHING | DRAFT}
    assert (await as_job(world, "GET", setup_id, "draft")).json() == response.json()
    assert (await read(ada, setup_id))["draft"] == NOTHING | DRAFT
    assert world.rooms.rooms[room_of(setup_id)].draft_notices == [("everybody", 1), ("candidates", 2)]


async def test_a_job_that_missed_a_change_by_hand_is_refused(world: World, ada: Person, setup_id: str):
    await change(ada, setup_id, 0, level="mid")
    response = await as_job(world, "PUT", setup_id, "draft", {"revision": 0, "draft": {"level": "senior"}})
    assert problem_of(response) == (409, "stale_revision")
    assert response.json()["revision"] == 1
    assert (await read(ada, setup_id))["draft"]["level"] == "mid"


async def test_a_spoken_yes_makes_the_interview_once(world: World, ada: Person, setup_id: str):
    await as_job(world, "PUT", setup_id, "draft", {"revision": 0, "draft": DRAFT})
    answers = [await as_job(world, "POST", setup_id, "confirm", {"revision": 1}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    [interview_id] = world.store.tables.interviews
    assert answers[0].json()["interview_id"] == interview_id == (await read(ada, setup_id))["interview_id"]
    assert room_of(setup_id) in world.rooms.rooms, "the assistant says good-bye before it closes the room"


async def test_a_spoken_yes_to_gaps_or_to_an_older_draft_makes_nothing(world: World, setup_id: str):
    await as_job(world, "PUT", setup_id, "draft", {"revision": 0, "draft": DRAFT | {"level": None}})
    gaps = await as_job(world, "POST", setup_id, "confirm", {"revision": 1})
    assert problem_of(gaps) == (422, "validation_failed")
    assert [error["field"] for error in gaps.json()["errors"]] == ["level"]
    older = await as_job(world, "POST", setup_id, "confirm", {"revision": 0})
    assert problem_of(older) == (409, "stale_revision")
    assert world.store.tables.interviews == {}


@pytest.mark.parametrize("how", ["abandoned", "confirmed"])
async def test_a_job_of_a_conversation_that_is_over_may_only_read(world: World, ada: Person, setup_id: str, how: str):
    await change(ada, setup_id, 0, **DRAFT)
    if how == "confirmed":
        await ada.call("POST", f"/api/setup-conversations/{setup_id}/confirm", json={"revision": 1})
    else:
        await as_job(world, "POST", setup_id, "abandon")
    calls: list[tuple[str, str, Any]] = [
        ("POST", "join", {"job_id": "job-1"}),
        ("PUT", "draft", {"revision": 1, "draft": NOTHING}),
        ("POST", "confirm", {"revision": 7 if how == "confirmed" else 1}),
    ]
    for method, call, body in calls:
        assert problem_of(await as_job(world, method, setup_id, call, body)) == (409, "setup_over"), call
    assert (await as_job(world, "GET", setup_id, "draft")).json()["revision"] == 1


async def test_abandoning_keeps_the_draft_and_can_be_said_twice(world: World, ada: Person, setup_id: str):
    await change(ada, setup_id, 0, level="mid")
    for _ in range(2):
        assert (await as_job(world, "POST", setup_id, "abandon")).status_code == 204
    seen = await read(ada, setup_id)
    assert (seen["status"], seen["draft"]["level"]) == ("abandoned", "mid")


async def test_what_is_confirmed_is_not_abandoned_any_more(world: World, ada: Person, setup_id: str):
    await change(ada, setup_id, 0, **DRAFT)
    await as_job(world, "POST", setup_id, "confirm", {"revision": 1})
    assert (await as_job(world, "POST", setup_id, "abandon")).status_code == 204
    assert (await read(ada, setup_id))["status"] == "confirmed"


async def test_a_job_reaches_its_own_set_up_and_no_other(world: World, ada: Person, eve: Person, setup_id: str):
    others = await begin(eve)
    attempt_id = (await ada.start())["attempt"]["id"]
    calls: list[tuple[str, str, Any]] = [
        ("POST", "join", {"job_id": "job-1"}),
        ("GET", "draft", None),
        ("PUT", "draft", {"revision": 0, "draft": {}}),
        ("POST", "confirm", {"revision": 0}),
        ("POST", "abandon", None),
    ]
    for subject in (f"setup:{others}", f"attempt:{setup_id}", f"attempt:{attempt_id}", "worker:w1", "assessor:a1"):
        for method, call, body in calls:
            response = await as_job(world, method, setup_id, call, body, subject=subject)
            assert problem_of(response) == (403, "forbidden"), (subject, call)
    for method, call, body in calls:
        path = f"/api/worker/setup-conversations/{setup_id}/{call}"
        assert problem_of(await ada.call(method, path, json=body)) == (401, "unauthenticated"), call
    assert (await stored(world, setup_id)).status == "live"


async def test_a_set_up_that_does_not_exist_is_not_found(world: World):
    unknown = "00000000-0000-4000-8000-000000000000"
    assert problem_of(await as_job(world, "POST", unknown, "join", {"job_id": "j"})) == (404, "not_found")


async def sweep(world: World, *, for_sec: float = 0, every_sec: float = 2) -> None:
    """Rounds as the running sweep makes them, for so long."""
    await world.services.sweep.round()
    for _ in range(round(for_sec / every_sec)):
        world.clock.pass_sec(every_sec)
        await world.services.sweep.round()


async def test_a_set_up_that_goes_on_is_left_alone(world: World, setup_id: str):
    await join(world, setup_id)
    await sweep(world, for_sec=120)
    assert (await stored(world, setup_id)).status == "live"
    assert world.rooms.epochs(room_of(setup_id)) == [1]


async def test_one_that_its_candidate_left_is_abandoned_after_the_absence_timeout(world: World, setup_id: str):
    await join(world, setup_id)
    await sweep(world, for_sec=30)
    world.rooms.rooms[room_of(setup_id)].candidates.clear()
    await sweep(world, for_sec=90)
    assert (await stored(world, setup_id)).status == "live"
    await sweep(world, for_sec=4)
    assert (await stored(world, setup_id)).status == "abandoned"
    assert world.rooms.rooms == {}


async def test_a_candidate_who_comes_back_in_time_goes_on(world: World, ada: Person, setup_id: str):
    await join(world, setup_id)
    room = world.rooms.rooms[room_of(setup_id)]
    for _ in range(3):
        room.candidates.clear()
        await sweep(world, for_sec=80)
        room.candidates.append(f"candidate-{ada.id}")
        await sweep(world)
    assert (await stored(world, setup_id)).status == "live"


async def test_one_that_nobody_came_to_is_abandoned(world: World, setup_id: str):
    await sweep(world, for_sec=94)
    assert (await stored(world, setup_id)).status == "abandoned"


async def test_a_lost_assistant_is_replaced_and_gets_time_to_arrive(world: World, setup_id: str):
    await join(world, setup_id)
    world.clock.pass_sec(30)
    world.rooms.end_job(room_of(setup_id))
    await sweep(world, for_sec=8)
    assert world.rooms.epochs(room_of(setup_id)) == [2]
    assert (await stored(world, setup_id)).job_epoch == 2
    await sweep(world, for_sec=6)
    assert world.rooms.epochs(room_of(setup_id)) == [3]


async def test_a_room_that_livekit_lost_is_made_again_for_those_who_come_back(world: World, setup_id: str):
    await join(world, setup_id)
    await sweep(world)
    world.rooms.rooms.clear()
    await sweep(world, for_sec=4)
    assert set(world.rooms.rooms) == {room_of(setup_id)}


async def test_what_is_over_is_looked_at_no_more(world: World, ada: Person, setup_id: str):
    await change(ada, setup_id, 0, **DRAFT)
    await as_job(world, "POST", setup_id, "confirm", {"revision": 1})
    await sweep(world, for_sec=70)
    assert (await stored(world, setup_id)).status == "confirmed"
