from datetime import timedelta

import pytest

from storage.errors import NotFoundError
from storage.models.attempt import Attempt
from storage.models.recording import Recording
from storage.store import Store
from tests.storage.conftest import Person, SignUp
from tests.support.samples import draft, parameters
from tests.support.times import NOW

pytestmark = pytest.mark.storage


async def started(store: Store, person: Person, *, record_audio: bool = True) -> Attempt:
    made = await store.create_interview(person.id, "Backend", parameters(), draft())
    return await store.create_attempt(made.id, person.id, made.current_plan.id, record_audio=record_audio)


async def keep(store: Store, attempt: Attempt, epoch: int = 1, size_bytes: int = 4000) -> Recording:
    return await store.keep_recording(
        attempt.id, epoch=epoch, offset_ms=epoch * 100, duration_ms=60_000, size_bytes=size_bytes
    )


async def test_consent_is_stored_with_its_time(store: Store, person: Person):
    attempt = await started(store, person)
    assert attempt.record_audio
    assert attempt.audio_consented_at == attempt.created_at
    await store.raise_epoch(attempt.id, expected_epoch=0)
    assert (await store.join_attempt(attempt.id, epoch=1, now=NOW)).record_audio


async def test_without_consent_nothing_is_kept(store: Store, person: Person):
    attempt = await started(store, person, record_audio=False)
    assert attempt.audio_consented_at is None
    with pytest.raises(NotFoundError):
        await keep(store, attempt)
    assert await store.recorded_attempts(person.id) == []


async def test_each_job_has_one_recording_and_sending_it_again_changes_nothing(store: Store, person: Person):
    attempt = await started(store, person)
    second = await keep(store, attempt, epoch=2)
    first = await keep(store, attempt, epoch=1)
    assert await keep(store, attempt, epoch=1, size_bytes=9) == first
    assert (first.offset_ms, first.duration_ms, first.bytes) == (100, 60_000, 4000)
    assert first.consented_at == attempt.audio_consented_at
    assert await person.view.recordings(attempt.id) == [first, second]
    assert await store.recordings([attempt.id]) == [first, second]
    assert await store.recordings([]) == []
    assert await store.recorded_attempts(person.id) == [attempt.id]


async def test_another_person_sees_none(store: Store, person: Person, new_person: SignUp):
    attempt = await started(store, person)
    await keep(store, attempt)
    eve = await new_person("Eve")
    assert await eve.view.recordings(attempt.id) == []
    assert await store.recorded_attempts(eve.id) == []


async def test_what_was_deleted_is_not_kept_again(store: Store, person: Person):
    attempt = await started(store, person)
    await keep(store, attempt)
    await store.delete_recordings(attempt.id, now=NOW)
    await store.delete_recordings(attempt.id, now=NOW + timedelta(days=1))
    assert await person.view.recordings(attempt.id) == []
    assert (await store.attempt(attempt.id)).recordings_deleted_at == NOW
    with pytest.raises(NotFoundError):
        await keep(store, attempt, epoch=2)
    await store.raise_epoch(attempt.id, expected_epoch=0)
    assert not (await store.join_attempt(attempt.id, epoch=1, now=NOW)).record_audio, "a job that comes now may not"


async def test_they_go_with_their_interview_and_their_account(store: Store, person: Person):
    first = await started(store, person)
    await keep(store, first)
    await store.delete_interview(first.interview_id)
    second = await started(store, person)
    await keep(store, second)
    await store.delete_account(person.id)
    assert await store.recordings([first.id, second.id]) == []


async def test_the_old_ones_are_those_with_an_old_consent(store: Store, person: Person):
    attempt = await started(store, person)
    kept = await keep(store, attempt)
    consented_at = kept.consented_at
    assert kept in await store.recordings_consented_before(consented_at + timedelta(seconds=1))
    assert kept not in await store.recordings_consented_before(consented_at)


async def test_an_unknown_attempt_has_none(store: Store):
    unknown = "00000000-0000-4000-8000-000000000000"
    with pytest.raises(NotFoundError):
        await store.delete_recordings(unknown, now=NOW)
    with pytest.raises(NotFoundError):
        await store.keep_recording("no uuid", epoch=1, offset_ms=0, duration_ms=1, size_bytes=1)
    assert await store.recordings([unknown]) == []
