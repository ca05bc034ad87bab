"""Clocks that are set, and midnight."""

import pytest

from tests.api.support import Person, World
from tests.api.sweeping import sweep

pytestmark = pytest.mark.api


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
