"""Jobs that are known to be gone, and workers that could take the next."""

import asyncio
from dataclasses import replace

import pytest

from storage.models.worker_api import WorkerHeartbeat
from tests.api.support import (
    World,
)
from tests.api.sweeping import room_of, sweep, told_of_dispatches
from tests.api.test_worker import client

pytestmark = pytest.mark.api


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


async def test_nobody_is_sent_for_while_no_worker_could_take_the_job(world: World, live: str):
    world.clock.pass_sec(11)
    await world.services.sweep.round()
    assert (await world.attempt(live)).job_epoch == 1
    await sweep(world)
    assert (await world.attempt(live)).job_epoch == 2


async def test_a_worker_that_comes_back_is_sent_for_at_once(
    world: World, live: str, running: None, monkeypatch: pytest.MonkeyPatch
):
    dispatched = told_of_dispatches(world, monkeypatch)
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
