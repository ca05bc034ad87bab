"""The sweep: interviewers that were lost, candidates who never came, and ends that nobody else makes."""

import asyncio
from typing import Any

import pytest

from tests.api.support import (
    Person,
    World,
)
from tests.api.sweeping import room_of, sweep
from tests.support.samples import turn
from token_server.rooms import RoomView

pytestmark = pytest.mark.api


async def test_an_attempt_whose_job_reports_is_left_alone(world: World, live: str):
    for _ in range(10):
        world.clock.pass_sec(2)
        await world.beat_attempt(live)
        await sweep(world)
    assert (await world.attempt(live)).job_epoch == 1
    assert world.rooms.removed == []


async def test_a_lost_interviewer_is_replaced_and_its_ghost_removed(world: World, live: str):
    world.clock.pass_sec(11)
    await sweep(world)
    assert (await world.attempt(live)).job_epoch == 2
    assert world.rooms.removed == ["agent-1"]
    assert world.rooms.epochs(room_of(live)) == [2]


async def test_an_interviewer_whose_late_report_comes_while_it_is_looked_for_stays(
    world: World, live: str, monkeypatch: pytest.MonkeyPatch
):
    world.clock.pass_sec(11)
    await world.beat_worker()
    real = world.rooms.view

    async def reports_meanwhile(room: str) -> RoomView:
        view = await real(room)
        await world.beat_attempt(live)
        return view

    monkeypatch.setattr(world.rooms, "view", reports_meanwhile)
    await world.services.sweep.round()
    assert (await world.attempt(live)).job_epoch == 1
    assert world.rooms.removed == []


async def test_an_agent_that_came_while_another_was_sent_for_is_out(
    world: World, live: str, monkeypatch: pytest.MonkeyPatch
):
    real = world.store.raise_epoch

    async def somebody_comes(attempt_id: str, **expected: Any) -> int:
        world.rooms.enter(room_of(live), agent="agent-late")
        return await real(attempt_id, **expected)

    monkeypatch.setattr(world.store, "raise_epoch", somebody_comes)
    world.clock.pass_sec(11)
    await sweep(world)
    assert world.rooms.removed == ["agent-1", "agent-late"]


async def test_a_replacement_gets_time_to_arrive_before_another_is_sent_for(world: World, live: str):
    world.clock.pass_sec(11)
    for _ in range(4):
        await sweep(world)
        world.clock.pass_sec(2)
    assert world.rooms.epochs(room_of(live)) == [2]
    world.clock.pass_sec(10)
    await sweep(world)
    assert world.rooms.epochs(room_of(live)) == [3]


async def test_a_candidate_who_left_too_gets_no_new_interviewer_and_the_attempt_ends(world: World, live: str):
    await world.store.append_turns(live, [turn(10_001, speaker="candidate", intent="answer")])
    world.rooms.rooms[room_of(live)].candidates.clear()
    world.rooms.end_job(room_of(live))
    world.clock.pass_sec(world.settings.absence_timeout_sec - 1)
    await sweep(world)
    assert (await world.attempt(live)).status == "live"
    world.clock.pass_sec(2)
    await sweep(world)
    ended = await world.attempt(live)
    assert (ended.status, ended.end_reason, ended.job_epoch) == ("ended", "candidate_absent", 1)
    assert world.rooms.rooms == {}


async def test_an_attempt_that_nobody_came_to_is_abandoned_after_ten_minutes(world: World, ada: Person):
    attempt_id = (await ada.start())["attempt"]["id"]
    world.clock.pass_sec(599)
    await sweep(world)
    assert (await world.attempt(attempt_id)).status == "planned"
    world.clock.pass_sec(2)
    await sweep(world)
    gone = await world.attempt(attempt_id)
    assert (gone.status, gone.end_reason) == ("abandoned", "no_show")
    await world.beat_worker()
    await ada.start(gone.interview_id)


async def test_a_candidate_whose_first_interviewer_never_came_gets_another(world: World, ada: Person):
    attempt_id = (await ada.start())["attempt"]["id"]
    world.rooms.enter(room_of(attempt_id), candidate="candidate")
    world.clock.pass_sec(9)
    await sweep(world)
    assert world.rooms.epochs(room_of(attempt_id)) == [1]
    world.clock.pass_sec(2)
    await sweep(world)
    assert world.rooms.epochs(room_of(attempt_id)) == [2]


async def test_an_interviewer_who_waits_in_the_room_is_not_replaced(world: World, ada: Person):
    attempt_id = (await ada.start())["attempt"]["id"]
    world.rooms.enter(room_of(attempt_id), agent="agent-1")
    world.clock.pass_sec(60)
    world.rooms.enter(room_of(attempt_id), candidate="candidate")
    await sweep(world)
    assert world.rooms.epochs(room_of(attempt_id)) == [1]


async def test_an_attempt_that_gets_no_interviewer_at_all_ends_with_that_reason(world: World, live: str):
    world.clock.pass_sec(601)
    await sweep(world)
    assert (await world.attempt(live)).end_reason == "interviewer_lost"


async def test_the_end_that_was_asked_for_comes_even_if_the_interviewer_does_not_act(
    world: World, ada: Person, live: str
):
    await ada.call("POST", f"/api/attempts/{live}/end")
    for _ in range(10):
        world.clock.pass_sec(1.9)
        await world.beat_attempt(live)
        await sweep(world)
    assert (await world.attempt(live)).status == "live"
    world.clock.pass_sec(1.9)
    await sweep(world)
    assert (await world.attempt(live)).end_reason == "candidate_ended"


async def test_a_room_that_livekit_lost_is_made_again_for_those_who_come_back(world: World, live: str):
    world.rooms.rooms.clear()
    await sweep(world)
    assert set(world.rooms.rooms) == {room_of(live)}
    assert (await world.attempt(live)).job_epoch == 1


async def test_two_sweeps_at_once_send_for_one_interviewer(world: World, live: str):
    world.clock.pass_sec(11)
    await world.beat_worker()
    await asyncio.gather(*(world.services.sweep.round() for _ in range(5)))
    assert (await world.attempt(live)).job_epoch == 2
    assert world.rooms.epochs(room_of(live)) == [2]
