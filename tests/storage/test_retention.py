"""What is old enough to go, and what isn't."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.errors import NotFoundError
from storage.store import Store
from tests.storage.conftest import Person, SignUp
from tests.support.samples import draft, parameters, turn

pytestmark = pytest.mark.storage
MANY = 1000


async def an_ended_attempt(store: Store, person: Person, ended_at: datetime) -> str:
    made = await store.create_interview(person.id, "Mine", parameters(), draft())
    attempt = await store.create_attempt(made.id, person.id, made.current_plan.id, record_audio=False)
    await store.raise_epoch(attempt.id, expected_epoch=0)
    await store.join_attempt(attempt.id, epoch=1, now=ended_at)
    await store.append_turns(attempt.id, [turn(10_001)])
    await store.end_attempt(attempt.id, reason="completed", now=ended_at)
    return attempt.id


async def test_attempts_that_ended_before_go_and_their_interview_stays(store: Store, person: Person):
    long_ago, lately = datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 3, 1, tzinfo=UTC)
    old, young = [await an_ended_attempt(store, person, ended_at) for ended_at in (long_ago, lately)]
    interview_id = (await store.attempt(old)).interview_id

    assert await store.delete_ended_attempts(before=long_ago, limit=MANY) == []
    assert await store.delete_ended_attempts(before=lately, limit=MANY) == [old]
    with pytest.raises(NotFoundError):
        await store.attempt(old)
    assert (await store.interview(interview_id)).title == "Mine"
    assert len((await person.view.turns(young, after_seq=None, limit=10)).items) == 1
    await store.delete_ended_attempts(before=lately + timedelta(seconds=1), limit=MANY)


async def test_the_oldest_attempts_go_first_and_no_more_than_asked_for(store: Store, person: Person):
    days = [datetime(2010, 1, day, tzinfo=UTC) for day in (3, 1, 2)]
    third, first, second = [await an_ended_attempt(store, person, day) for day in days]
    end = datetime(2010, 2, 1, tzinfo=UTC)
    assert set(await store.delete_ended_attempts(before=end, limit=2)) == {first, second}
    assert await store.delete_ended_attempts(before=end, limit=2) == [third]


async def test_a_set_up_that_nobody_took_up_goes(store: Store, person: Person):
    abandoned = (await store.create_setup(person.id, now=datetime.now(UTC))).setup
    await store.abandon_setup(abandoned.id)
    live = (await store.create_setup(person.id, now=datetime.now(UTC))).setup
    yesterday, tomorrow = (datetime.now(UTC) + timedelta(days=days) for days in (-1, 1))

    assert abandoned.id not in await store.delete_abandoned_setups(before=yesterday, limit=MANY)
    gone = await store.delete_abandoned_setups(before=tomorrow, limit=MANY)
    assert abandoned.id in gone
    assert live.id not in gone
    with pytest.raises(NotFoundError):
        await store.setup(abandoned.id)


async def test_an_account_is_idle_since_it_was_seen_last(store: Store, person: Person, new_person: SignUp):
    now = datetime.now(UTC)
    active = await new_person("Active")
    await store.note_seen(active.id, now=now + timedelta(days=10))
    idle = await store.idle_accounts(before=now + timedelta(days=5), limit=MANY)
    assert person.id in idle
    assert active.id not in idle
    assert person.id not in await store.idle_accounts(before=now - timedelta(days=1), limit=MANY)


async def test_being_seen_twice_a_day_is_noted_once_and_never_backwards(store: Store, person: Person):
    now = datetime.now(UTC)
    await store.note_seen(person.id, now=now + timedelta(days=10))
    await store.note_seen(person.id, now=now + timedelta(days=10, hours=20))
    await store.note_seen(person.id, now=now)
    assert person.id in await store.idle_accounts(before=now + timedelta(days=10, hours=1), limit=MANY)
    assert person.id not in await store.idle_accounts(before=now + timedelta(days=9), limit=MANY)


async def test_who_sits_in_an_interview_is_not_idle(store: Store, person: Person):
    made = await store.create_interview(person.id, "Mine", parameters(), draft())
    await store.create_attempt(made.id, person.id, made.current_plan.id, record_audio=False)
    assert person.id not in await store.idle_accounts(before=datetime.now(UTC) + timedelta(days=5), limit=MANY)
