"""A round of the sweep goes on where a part of it fails."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from storage.errors import NotFoundError, StoreError, StoreUnavailableError
from tests.api.support import (
    Person,
    World,
    ended_attempt,
)
from tests.api.sweeping import sweep, told_of_dispatches

pytestmark = pytest.mark.api


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
    dispatched = told_of_dispatches(world, monkeypatch)
    world.clock.pass_sec(11)
    await world.beat_worker()
    world.services.sweep.hint()
    await asyncio.wait_for(dispatched.wait(), 1)  # Without the hint it would take two seconds.
    assert (await world.attempt(live)).job_epoch == 2


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
