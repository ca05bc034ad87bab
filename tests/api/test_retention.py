"""Kept for so long and no longer."""

import pytest

from storage.errors import NotFoundError
from tests.api import sweeping
from tests.api.support import World, ended_attempt, make_settings, open_world, sign_up

pytestmark = pytest.mark.api
DAY_SEC = 24 * 3600


async def sweep(world: World, *, days_later: float = 0) -> None:
    world.clock.pass_sec(days_later * DAY_SEC)
    await sweeping.sweep(world)


async def test_by_default_ended_attempts_and_accounts_are_kept():
    async with open_world(make_settings()) as world:
        ada = await sign_up(world)
        attempt_id = await ended_attempt(world, ada)
        await sweep(world, days_later=10 * 365)
        assert (await world.attempt(attempt_id)).status == "ended"
        assert await world.store.display_name(ada.id) == "Ada"


async def test_an_ended_attempt_goes_after_its_time_and_its_interview_stays():
    async with open_world(make_settings(retention_attempts_days=90)) as world:
        ada = await sign_up(world)
        attempt_id = await ended_attempt(world, ada)
        interview_id = (await world.attempt(attempt_id)).interview_id
        await sweep(world, days_later=89)
        await world.attempt(attempt_id)
        await sweep(world, days_later=2)
        with pytest.raises(NotFoundError):
            await world.attempt(attempt_id)
        await world.store.interview(interview_id)


async def test_an_abandoned_set_up_goes_after_a_month():
    async with open_world(make_settings()) as world:
        ada = await sign_up(world)
        setup_id = (await ada.call("POST", "/api/setup-conversations")).json()["id"]
        await world.store.abandon_setup(setup_id)
        await sweep(world, days_later=29)
        await world.store.setup(setup_id)
        await sweep(world, days_later=2)
        with pytest.raises(NotFoundError):
            await world.store.setup(setup_id)


async def test_an_abandoned_set_up_is_kept_where_the_setting_says_so():
    async with open_world(make_settings(retention_abandoned_setups_days=0)) as world:
        ada = await sign_up(world)
        setup_id = (await ada.call("POST", "/api/setup-conversations")).json()["id"]
        await world.store.abandon_setup(setup_id)
        await sweep(world, days_later=1000)
        await world.store.setup(setup_id)


async def test_an_account_that_nobody_uses_goes_with_everything_and_a_used_one_stays():
    async with open_world(make_settings(retention_idle_accounts_days=365)) as world:
        idle, used = await sign_up(world, "Idle"), await sign_up(world, "Used")
        attempt_id = await ended_attempt(world, idle)
        world.clock.pass_sec(300 * DAY_SEC)
        refreshed = await world.http.post("/api/auth/refresh", json={"refresh_token": used.refresh_token})
        assert refreshed.status_code == 200
        await sweep(world, days_later=66)
        with pytest.raises(NotFoundError):
            await world.store.display_name(idle.id)
        with pytest.raises(NotFoundError):
            await world.attempt(attempt_id)
        assert await world.store.display_name(used.id) == "Used"


async def test_it_looks_once_an_hour():
    async with open_world(make_settings(retention_attempts_days=90)) as world:
        ada = await sign_up(world)
        await sweep(world)
        attempt_id = await ended_attempt(world, ada)
        world.clock.pass_sec(91 * DAY_SEC)
        await sweep(world)
        with pytest.raises(NotFoundError):
            await world.attempt(attempt_id)
        second = await ended_attempt(world, ada)
        await sweep(world)
        await world.attempt(second)
