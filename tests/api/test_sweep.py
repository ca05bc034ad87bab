"""The sweep: interviewers that were lost, candidates who never came, and ends that nobody else makes."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from storage.assessment_store import GAVE_UP, MAX_ASSESSMENT_TRIES, OVERDUE
from storage.errors import NotFoundError, StoreError, StoreUnavailableError
from storage.models.room import JobMetadata
from storage.models.worker_api import TurnBatch, WorkerHeartbeat
from tests.api.support import Person, World, ended_attempt
from tests.api.test_worker import client
from tests.support.samples import turn
from token_server.rooms import RoomView

pytestmark = pytest.mark.api


@pytest.fixture
async def live(world: World, ada: Person) -> str:
    """An attempt that goes on, candidate and interviewer in the room."""
    attempt_id = (await ada.start())["attempt"]["id"]
    await world.go_live(attempt_id)
    return attempt_id


def room_of(attempt_id: str) -> str:
    return f"interview-{attempt_id}"


async def sweep(world: World) -> None:
    """With a worker that could take a job."""
    await world.beat_worker()
    await world.services.sweep.round()


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


async def test_an_attempt_that_fails_does_not_keep_the_others_waiting(
    world: World, live: str, eve: Person, monkeypatch: pytest.MonkeyPatch
):
    await world.beat_worker()
    other = (await eve.start())["attempt"]["id"]
    await world.go_live(other)
    real = world.store.raise_epoch

    async def fails_for_one(attempt_id: str, **expected: Any) -> int:
        if attempt_id == live:
            raise StoreUnavailableError
        return await real(attempt_id, **expected)

    monkeypatch.setattr(world.store, "raise_epoch", fails_for_one)
    world.clock.pass_sec(11)
    await sweep(world)
    assert (await world.attempt(other)).job_epoch == 2


async def test_without_livekit_everything_else_of_a_round_is_done(world: World, eve: Person, live: str):
    waiting = await ended_attempt(world, eve)
    world.clock.pass_sec(world.settings.assessment_overdue_sec + 1)
    await world.beat_attempt(live)
    left = world.settings.recordings_dir / f"{live}.9.ogg"
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_bytes(b"left")
    two_hours_ago = world.clock().timestamp() - 2 * 3600
    os.utime(left, (two_hours_ago, two_hours_ago))
    world.rooms.available = False
    await sweep(world)
    assert (await eve.call("GET", f"/api/attempts/{waiting}/feedback")).json()["status"] == "failed"
    assert not left.exists()


@pytest.mark.parametrize("broken", ["open_attempts", "settle_assessments", "live_setups", "delete_abandoned_setups"])
@pytest.mark.parametrize("error", [StoreUnavailableError, StoreError, ZeroDivisionError])
async def test_a_step_that_fails_keeps_no_other_from_being_done(
    world: World, live: str, monkeypatch: pytest.MonkeyPatch, broken: str, error: type[Exception]
):
    done: list[str] = []

    def counted(name: str, real: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def call(*given: Any, **named: Any) -> Any:
            done.append(name)
            if name == broken:
                raise error
            return await real(*given, **named)

        return call

    steps = ["open_attempts", "settle_assessments", "live_setups", "delete_abandoned_setups", "recordings"]
    for name in steps:
        monkeypatch.setattr(world.store, name, counted(name, getattr(world.store, name)))
    await sweep(world)
    assert done == steps
    metrics = (await world.http.get("/metrics")).text
    assert "\nsweep_errors_total 1.0\n" in metrics


async def test_what_is_kept_for_a_time_is_looked_for_when_the_store_is_back_and_not_an_hour_later(
    world: World, ada: Person, monkeypatch: pytest.MonkeyPatch
):
    setup_id = (await ada.call("POST", "/api/setup-conversations")).json()["id"]
    await world.store.abandon_setup(setup_id)
    world.clock.pass_sec(31 * 24 * 3600)

    async def down(*_: Any, **__: Any) -> Any:
        raise StoreUnavailableError

    with monkeypatch.context() as patch:
        for name in ("open_attempts", "settle_assessments", "live_setups", "delete_abandoned_setups"):
            patch.setattr(world.store, name, down)
        await sweep(world)
    await sweep(world)
    with pytest.raises(NotFoundError):
        await world.store.setup(setup_id)


@pytest.fixture
async def running(world: World) -> AsyncIterator[None]:
    task = asyncio.create_task(world.services.sweep.run())
    yield
    assert not task.done(), "the sweep has died"
    task.cancel()


async def test_the_sweep_outlives_a_store_that_is_down_and_acts_on_a_hint(
    world: World, live: str, running: None, monkeypatch: pytest.MonkeyPatch
):
    async def down() -> None:
        failed.set()
        raise StoreUnavailableError

    failed = asyncio.Event()
    with monkeypatch.context() as patch:
        patch.setattr(world.store, "open_attempts", down)
        world.services.sweep.hint()
        await asyncio.wait_for(failed.wait(), 5)
    real, dispatched = world.rooms.dispatch, asyncio.Event()

    async def dispatch(room: str, metadata: JobMetadata) -> None:
        await real(room, metadata)
        dispatched.set()

    monkeypatch.setattr(world.rooms, "dispatch", dispatch)
    world.clock.pass_sec(11)
    await world.beat_worker()
    world.services.sweep.hint()
    await asyncio.wait_for(dispatched.wait(), 1)  # Without the hint it would take two seconds.
    assert (await world.attempt(live)).job_epoch == 2


async def test_a_job_that_is_known_to_be_gone_is_replaced_at_once(world: World, live: str):
    await client(world).attempt(live).lost(1)
    assert (await world.attempt(live)).job_epoch == 2
    assert world.rooms.removed == ["agent-1"]
    assert world.rooms.epochs(room_of(live)) == [2]


async def test_a_loss_that_is_told_again_or_late_sends_for_nobody(world: World, live: str):
    for _ in range(3):
        await client(world).attempt(live).lost(1)
    assert (await world.attempt(live)).job_epoch == 2
    await world.store.end_attempt(live, reason="completed", now=world.clock())
    await client(world).attempt(live).lost(2)
    assert (await world.attempt(live)).job_epoch == 2


async def test_a_lost_job_whose_candidate_has_gone_too_leaves_no_ghost(world: World, live: str):
    world.rooms.rooms[room_of(live)].candidates.clear()
    await client(world).attempt(live).lost(1)
    assert world.rooms.removed == ["agent-1"]
    assert (await world.attempt(live)).job_epoch == 1


async def test_heartbeats_that_could_not_be_stored_cost_nobody_the_interviewer(
    world: World, live: str, running: None, monkeypatch: pytest.MonkeyPatch
):
    looked = asyncio.Event()

    async def down() -> None:
        looked.set()
        raise StoreUnavailableError

    with monkeypatch.context() as patch:
        patch.setattr(world.store, "open_attempts", down)
        world.clock.pass_sec(30)
        world.services.sweep.hint()
        await asyncio.wait_for(looked.wait(), 5)
        await asyncio.sleep(0)
    await sweep(world)
    assert (await world.attempt(live)).job_epoch == 1
    world.clock.pass_sec(11)
    await sweep(world)
    assert (await world.attempt(live)).job_epoch == 2


async def test_an_answer_that_arrives_after_the_attempt_was_given_up_gets_its_feedback(world: World, live: str):
    await world.store.end_attempt(live, reason="candidate_absent", now=world.clock())
    assert (await world.attempt(live)).status == "abandoned"
    batch = TurnBatch(turns=[turn(10_001, speaker="candidate", intent="answer")])
    await client(world).attempt(live).store_turns(batch)
    assert (await world.attempt(live)).status == "ended"
    work = await world.store.claim_assessment("a1", lease_sec=60)
    assert work is not None
    assert work.attempt.id == live


async def test_an_assessment_that_nobody_claims_fails_with_a_reason_and_can_be_asked_for_again(
    world: World, ada: Person, live: str
):
    await world.store.append_turns(live, [turn(10_001, speaker="candidate", intent="answer")])
    await world.store.end_attempt(live, reason="completed", now=world.clock())
    world.clock.pass_sec(world.settings.assessment_overdue_sec - 1)
    await sweep(world)
    assert (await ada.call("GET", f"/api/attempts/{live}/feedback")).json()["status"] == "queued"
    world.clock.pass_sec(2)
    await sweep(world)
    failed = (await ada.call("GET", f"/api/attempts/{live}/feedback")).json()
    assert (failed["status"], failed["reason"]) == ("failed", OVERDUE)
    assert (await ada.call("POST", f"/api/attempts/{live}/feedback")).status_code == 202
    assert (await world.store.claim_assessment("a1", lease_sec=60)) is not None


async def test_an_assessment_whose_assessors_all_died_fails_without_another_one(world: World, ada: Person, live: str):
    await world.store.append_turns(live, [turn(10_001, speaker="candidate", intent="answer")])
    await world.store.end_attempt(live, reason="completed", now=world.clock())
    for number in range(MAX_ASSESSMENT_TRIES):
        assert await world.store.claim_assessment(f"a{number}", lease_sec=60)
        world.clock.pass_sec(61)
    await sweep(world)
    failed = (await ada.call("GET", f"/api/attempts/{live}/feedback")).json()
    assert (failed["status"], failed["reason"]) == ("failed", GAVE_UP)


async def test_nobody_is_sent_for_while_no_worker_could_take_the_job(world: World, live: str):
    world.clock.pass_sec(11)
    await world.services.sweep.round()
    assert (await world.attempt(live)).job_epoch == 1
    await sweep(world)
    assert (await world.attempt(live)).job_epoch == 2


async def test_a_worker_that_comes_back_is_sent_for_at_once(
    world: World, live: str, running: None, monkeypatch: pytest.MonkeyPatch
):
    real, dispatched = world.rooms.dispatch, asyncio.Event()

    async def dispatch(room: str, metadata: JobMetadata) -> None:
        await real(room, metadata)
        dispatched.set()

    monkeypatch.setattr(world.rooms, "dispatch", dispatch)
    world.clock.pass_sec(11)
    beat = WorkerHeartbeat(worker_id="fresh", capacity=2, active=0, warm=0, registered=True)
    await client(world).worker("fresh").heartbeat(beat)
    await asyncio.wait_for(dispatched.wait(), 1)  # Without the hint it would take two seconds.
    assert (await world.attempt(live)).job_epoch == 2


async def test_a_dispatch_that_no_worker_took_is_made_again_sooner(world: World, live: str):
    world.clock.pass_sec(11)
    await sweep(world)
    room = world.rooms.rooms[room_of(live)]
    room.dispatches = [replace(dispatch, taken=False) for dispatch in room.dispatches]
    world.clock.pass_sec(7)
    await sweep(world)
    assert world.rooms.epochs(room_of(live)) == [2]
    world.clock.pass_sec(2)
    await sweep(world)
    assert world.rooms.epochs(room_of(live)) == [3]


@pytest.mark.parametrize("step_sec", [3600.0, -3600.0])
async def test_a_clock_that_is_set_costs_nobody_the_interviewer_and_hides_no_loss(
    world: World, live: str, step_sec: float
):
    world.clock.set_by_sec(step_sec)
    await sweep(world)
    attempt = await world.attempt(live)
    assert (attempt.status, attempt.job_epoch) == ("live", 1)
    world.clock.pass_sec(11)
    await sweep(world)
    assert (await world.attempt(live)).job_epoch == 2


async def test_a_candidate_who_is_awaited_stays_awaited_when_the_clock_is_set(world: World, ada: Person):
    attempt_id = (await ada.start())["attempt"]["id"]
    world.clock.set_by_sec(3600)
    await sweep(world)
    assert (await world.attempt(attempt_id)).status == "planned"


async def test_an_interview_over_midnight_goes_on(world: World, live: str):
    before_midnight = world.clock.now.replace(hour=23, minute=59, second=55)
    world.clock.set_by_sec((before_midnight - world.clock.now).total_seconds())
    await sweep(world)
    for _ in range(5):
        world.clock.pass_sec(2)
        await world.beat_attempt(live)
        await sweep(world)
    assert (await world.attempt(live)).job_epoch == 1
