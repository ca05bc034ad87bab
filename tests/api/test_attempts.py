"""Starting attempts, getting into their rooms, steering and ending them."""

import asyncio
from typing import Any

import jwt
import pytest

from storage.models.attempt import Measurements, Position
from tests.api.support import LIVEKIT_SECRET, Person, World, make_settings, open_world, problem_of, sign_up
from tests.support.samples import turn

pytestmark = pytest.mark.api


async def test_starting_makes_a_room_sends_for_the_interviewer_and_gives_the_way_in(world: World, ada: Person):
    interview = await ada.interview()
    started = await ada.start(interview["id"])

    attempt, connection = started["attempt"], started["connection"]
    assert attempt == {"id": attempt["id"], "interview_id": interview["id"], "number": 1, "status": "planned"}
    assert connection["room_name"] == f"interview-{attempt['id']}"
    assert connection["participant_identity"] == f"candidate-{ada.id}"
    assert connection["server_url"] == world.settings.livekit_url
    assert world.rooms.epochs(connection["room_name"]) == [1]
    assert (await world.attempt(attempt["id"])).job_epoch == 1


async def test_a_participant_token_allows_one_room_and_a_microphone_and_nothing_else(ada: Person):
    connection = (await ada.start())["connection"]
    claims = jwt.decode(connection["participant_token"], LIVEKIT_SECRET, algorithms=["HS256"])
    assert claims["sub"] == connection["participant_identity"]
    assert claims["name"] == "Ada"
    assert claims["exp"] - claims["nbf"] <= 600
    assert claims["video"] == {
        "room": connection["room_name"],
        "roomJoin": True,
        "canPublish": True,
        "canPublishSources": ["microphone"],
        "canSubscribe": True,
        "canPublishData": False,
        "canUpdateOwnMetadata": False,
    }
    assert "roomConfig" not in claims


async def test_a_second_attempt_waits_until_the_first_is_over(world: World, ada: Person):
    first = (await ada.start())["attempt"]
    response = await ada.call("POST", f"/api/interviews/{(await ada.interview())['id']}/attempts")
    assert problem_of(response) == (409, "attempt_open")
    assert response.json()["attempt_id"] == first["id"]

    await ada.call("POST", f"/api/attempts/{first['id']}/end")
    again = await ada.start(first["interview_id"])
    assert again["attempt"]["number"] == 2


async def test_the_same_idempotency_key_is_the_same_attempt(world: World, ada: Person):
    interview_id = (await ada.interview())["id"]
    headers = {"Idempotency-Key": "click-1"}
    answers = await asyncio.gather(*(ada.start(interview_id, headers=headers) for _ in range(3)))
    assert len({answer["attempt"]["id"] for answer in answers}) == 1
    assert len(world.store.tables.attempts) == 1
    assert world.rooms.epochs(answers[0]["connection"]["room_name"]) == [1]
    other = await ada.call("POST", f"/api/interviews/{interview_id}/attempts", headers={"Idempotency-Key": "click-2"})
    assert problem_of(other) == (409, "attempt_open")


async def test_a_key_whose_attempt_is_over_starts_no_other(world: World, ada: Person):
    interview_id = (await ada.interview())["id"]
    headers = {"Idempotency-Key": "click-1"}
    started = await ada.start(interview_id, headers=headers)
    await ada.call("POST", f"/api/attempts/{started['attempt']['id']}/end")
    again = await ada.call("POST", f"/api/interviews/{interview_id}/attempts", headers=headers)
    assert problem_of(again) == (409, "attempt_over")
    assert len(world.store.tables.attempts) == 1


async def test_a_retake_can_have_the_same_or_fresh_questions(world: World, ada: Person):
    interview = await ada.interview()

    async def sit(**body: Any) -> dict[str, Any]:
        attempt_id = (await ada.start(interview["id"], json=body))["attempt"]["id"]
        await ada.call("POST", f"/api/attempts/{attempt_id}/end")
        return (await ada.call("GET", f"/api/attempts/{attempt_id}")).json()

    first, same, fresh = await sit(), await sit(questions="same"), await sit(questions="fresh")

    def ids(attempt: dict[str, Any]) -> set[str]:
        return {question["question_id"] for question in attempt["questions"]}

    assert ids(first) == ids(same)
    assert not ids(first) & ids(fresh)
    assert (first["versions"]["plan"], fresh["versions"]["plan"]) == (1, 2)


@pytest.mark.parametrize(
    "worker",
    [
        {"capacity": 2, "active": 2},
        {"capacity": 2, "active": 0, "registered": False},
        {"capacity": 0},
    ],
)
async def test_without_a_free_interviewer_nothing_is_started_and_nothing_is_stored(
    world: World, ada: Person, worker: dict[str, Any]
):
    interview_id = (await ada.interview())["id"]
    await world.beat_worker(**worker)
    response = await ada.call("POST", f"/api/interviews/{interview_id}/attempts")
    assert problem_of(response) == (503, "at_capacity")
    assert int(response.headers["retry-after"]) > 0
    assert world.store.tables.attempts == {}
    assert world.rooms.rooms == {}


async def test_a_worker_that_fell_silent_holds_no_interviews(world: World, ada: Person):
    interview_id = (await ada.interview())["id"]
    world.clock.pass_sec(world.settings.heartbeat_lost_sec + 1)
    response = await ada.call("POST", f"/api/interviews/{interview_id}/attempts")
    assert problem_of(response) == (503, "at_capacity")


async def test_of_two_people_who_want_the_last_place_at_once_one_gets_it(world: World, ada: Person, eve: Person):
    await world.beat_worker(capacity=2, active=1)
    paths = [(person, f"/api/interviews/{(await person.interview())['id']}/attempts") for person in (ada, eve)]
    answers = await asyncio.gather(*(person.call("POST", path) for person, path in paths))
    assert sorted(answer.status_code for answer in answers) == [201, 503]


async def test_a_livekit_that_is_down_leaves_no_open_attempt_behind(world: World, ada: Person):
    interview_id = (await ada.interview())["id"]
    world.rooms.available = False
    response = await ada.call("POST", f"/api/interviews/{interview_id}/attempts")
    assert problem_of(response) == (503, "upstream_unavailable")
    assert [attempt.status for attempt in world.store.tables.attempts.values()] == ["abandoned"]
    world.rooms.available = True
    await ada.start(interview_id)


async def test_a_signed_out_bearer_gets_no_way_into_a_room(world: World, ada: Person):
    started = await ada.start()
    await ada.call("POST", "/api/auth/sign-out")
    connect = await ada.call("POST", f"/api/attempts/{started['attempt']['id']}/connection", json={})
    assert problem_of(connect) == (401, "unauthenticated")
    start = await ada.call("POST", f"/api/interviews/{started['attempt']['interview_id']}/attempts")
    assert problem_of(start) == (401, "unauthenticated")


async def test_a_connection_while_the_interviewer_is_there_sends_for_nobody(world: World, ada: Person):
    started = await ada.start()
    attempt_id, room = started["attempt"]["id"], started["connection"]["room_name"]
    on_its_way = await ada.call("POST", f"/api/attempts/{attempt_id}/connection", json={"room_config": {"agents": [1]}})
    assert on_its_way.status_code == 201
    assert set(on_its_way.json()) == set(started["connection"])
    await world.go_live(attempt_id)
    world.clock.pass_sec(60)
    await world.beat_attempt(attempt_id)
    assert (await ada.call("POST", f"/api/attempts/{attempt_id}/connection")).status_code == 201
    assert world.rooms.epochs(room) == [1]


async def test_a_connection_after_the_interviewer_left_sends_for_another(world: World, ada: Person):
    started = await ada.start()
    attempt_id, room = started["attempt"]["id"], started["connection"]["room_name"]
    await world.go_live(attempt_id)
    world.rooms.end_job(room)
    world.clock.pass_sec(30)
    await world.beat_worker()
    assert (await ada.call("POST", f"/api/attempts/{attempt_id}/connection")).status_code == 201
    assert world.rooms.epochs(room) == [2]
    assert (await world.attempt(attempt_id)).job_epoch == 2


async def test_a_connection_to_an_attempt_that_is_over_is_refused(world: World, ada: Person):
    attempt_id = (await ada.start())["attempt"]["id"]
    await ada.call("POST", f"/api/attempts/{attempt_id}/end")
    for path, body in (("connection", {}), ("commands", {"command": "skip"})):
        response = await ada.call("POST", f"/api/attempts/{attempt_id}/{path}", json=body)
        assert problem_of(response) == (409, "attempt_over")
    assert world.rooms.rooms == {}


async def test_commands_reach_the_interviewer(world: World, ada: Person):
    started = await ada.start()
    attempt_id, room = started["attempt"]["id"], started["connection"]["room_name"]
    nobody_yet = await ada.call("POST", f"/api/attempts/{attempt_id}/commands", json={"command": "repeat"})
    assert problem_of(nobody_yet) == (503, "upstream_unavailable")
    await world.go_live(attempt_id)
    for command in ("repeat", "skip", "hint"):
        response = await ada.call("POST", f"/api/attempts/{attempt_id}/commands", json={"command": command})
        assert response.status_code == 202
    assert world.rooms.rooms[room].commands == ["repeat", "skip", "hint"]
    unknown = await ada.call("POST", f"/api/attempts/{attempt_id}/commands", json={"command": "end"})
    assert problem_of(unknown) == (422, "validation_failed")


async def test_the_end_is_left_to_the_interviewer_who_is_there(world: World, ada: Person):
    started = await ada.start()
    attempt_id, room = started["attempt"]["id"], started["connection"]["room_name"]
    await world.go_live(attempt_id)
    assert (await ada.call("POST", f"/api/attempts/{attempt_id}/end")).status_code == 202
    assert world.rooms.rooms[room].commands == ["end"]
    assert (await world.attempt(attempt_id)).status == "live"


async def test_the_end_is_made_here_when_no_interviewer_is_there(world: World, ada: Person):
    started = await ada.start()
    attempt_id, room = started["attempt"]["id"], started["connection"]["room_name"]
    await world.go_live(attempt_id)
    await world.store.append_turns(attempt_id, [turn(10_001, speaker="candidate", intent="answer")])
    world.rooms.end_job(room)
    assert (await ada.call("POST", f"/api/attempts/{attempt_id}/end")).status_code == 202
    ended = await world.attempt(attempt_id)
    assert (ended.status, ended.end_reason) == ("ended", "candidate_ended")
    assert world.rooms.rooms == {}
    assert (await ada.call("POST", f"/api/attempts/{attempt_id}/end")).status_code == 202


async def test_an_attempt_shows_where_it_is_and_where_it_takes_place(world: World, ada: Person):
    started = await ada.start()
    attempt_id = started["attempt"]["id"]
    await world.go_live(attempt_id)
    position = Position(phase="question", question_index=1)
    measured = Measurements(response_delay_ms=[640], stages={"stt": "whisper:tiny.en"})
    await world.store.beat_attempt(attempt_id, epoch=1, now=world.clock(), position=position, measurements=measured)
    seen = (await ada.call("GET", f"/api/attempts/{attempt_id}")).json()
    assert (seen["status"], seen["phase"], seen["question_index"], seen["question_count"]) == ("live", "question", 1, 3)
    assert seen["measurements"]["stages"] == {"stt": "whisper:tiny.en"}
    assert seen["room"]["room_name"] == started["connection"]["room_name"]
    await ada.call("POST", f"/api/attempts/{attempt_id}/end")
    world.clock.pass_sec(60)
    await world.services.sweep.round()
    over = (await ada.call("GET", f"/api/attempts/{attempt_id}")).json()
    assert (over["status"], over["end_reason"], over["room"]) == ("abandoned", "candidate_ended", None)


async def test_turns_come_in_the_order_in_which_they_were_spoken(world: World, ada: Person):
    attempt_id = (await ada.start())["attempt"]["id"]
    await world.store.append_turns(attempt_id, [turn(seq) for seq in (10_002, 10_001, 20_001)])
    path = f"/api/attempts/{attempt_id}/turns"
    first = (await ada.call("GET", path, params={"limit": 2})).json()
    rest = (await ada.call("GET", path, params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [item["seq"] for item in first["items"] + rest["items"]] == [10_001, 10_002, 20_001]
    assert rest["next_cursor"] is None
    assert problem_of(await ada.call("GET", path, params={"cursor": "x"})) == (422, "validation_failed")


async def test_a_page_elsewhere_gets_the_public_address_of_livekit():
    settings = make_settings(public_url="https://interview.example", livekit_public_url="wss://rtc.example")
    async with open_world(settings) as world:
        ada = await sign_up(world)
        assert (await ada.start())["connection"]["server_url"] == "wss://rtc.example"
