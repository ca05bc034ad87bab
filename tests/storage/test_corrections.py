import asyncio
from uuid import uuid4

import pytest

from storage.errors import ConflictError, NotFoundError
from storage.models.assessment import AssessmentWork
from storage.models.attempt import Attempt
from storage.models.transcript import Turn
from storage.store import Store
from tests.storage.conftest import Person, SignUp
from tests.support.samples import draft, parameters, turn
from tests.support.times import NOW

pytestmark = pytest.mark.storage

ASKED = turn(1, speaker="interviewer", intent=None, act="question", confidence=None, words=None)
SAID = [ASKED, turn(2), turn(3)]


async def open_attempt(store: Store, person: Person) -> Attempt:
    made = await store.create_interview(person.id, "Backend", parameters(), draft())
    attempt = await store.create_attempt(made.id, person.id, made.current_plan.id, record_audio=False)
    await store.append_turns(attempt.id, SAID)
    return await store.attempt(attempt.id)


@pytest.fixture
async def ended(store: Store, person: Person) -> Attempt:
    attempt = await open_attempt(store, person)
    return await store.end_attempt(attempt.id, reason="completed", now=NOW)


async def revision(store: Store, attempt: Attempt) -> int:
    return (await store.attempt(attempt.id)).transcript_revision


async def claimed(store: Store, attempt: Attempt) -> AssessmentWork:
    """Claims until it is this attempt's: other tests share the queue."""
    while True:
        work = await store.claim_assessment("a", lease_sec=60)
        assert work is not None
        if work.attempt.id == attempt.id:
            return work


async def test_a_correction_is_kept_beside_the_turn(store: Store, person: Person, ended: Attempt):
    assert ended.transcript_revision == len(SAID)
    correction = await store.correct_turn(ended.id, 2, "I said “index” 🦉")
    assert (correction.seq, correction.text) == (2, "I said “index” 🦉")
    assert correction.corrected_at.tzinfo is not None
    assert await person.view.corrections(ended.id) == [correction]
    assert (await person.view.turns(ended.id, after_seq=None, limit=10)).items == SAID
    assert await revision(store, ended) == len(SAID) + 1
    assert await person.view.attempt(ended.id) == await store.attempt(ended.id)


async def test_another_one_replaces_it_and_the_same_again_changes_nothing(store: Store, person: Person, ended: Attempt):
    await store.correct_turn(ended.id, 3, "Later")
    await store.correct_turn(ended.id, 2, "First")
    second = await store.correct_turn(ended.id, 2, "Second")
    assert await store.correct_turn(ended.id, 2, "Second") == second
    assert [(one.seq, one.text) for one in await person.view.corrections(ended.id)] == [(2, "Second"), (3, "Later")]
    assert await revision(store, ended) == len(SAID) + 3


async def test_what_was_taken_back_is_gone_and_is_a_change_too(store: Store, person: Person, ended: Attempt):
    await store.correct_turn(ended.id, 2, "First")
    for _ in range(2):
        await store.take_back_correction(ended.id, 2)
    assert await person.view.corrections(ended.id) == []
    assert await revision(store, ended) == len(SAID) + 2


async def test_corrections_at_once_each_raise_the_revision(store: Store, person: Person, ended: Attempt):
    await asyncio.gather(*(store.correct_turn(ended.id, seq, f"{seq}, {n}") for seq in (2, 3) for n in range(5)))
    assert len(await person.view.corrections(ended.id)) == 2
    assert await revision(store, ended) == len(SAID) + 10


async def test_only_what_the_candidate_said_is_corrected(store: Store, person: Person, ended: Attempt):
    with pytest.raises(ConflictError) as refusal:
        await store.correct_turn(ended.id, 1, "What the interviewer never said")
    assert refusal.value.code == "validation_failed"
    assert await person.view.corrections(ended.id) == []


async def test_nothing_is_corrected_before_the_end(store: Store, person: Person):
    attempt = await open_attempt(store, person)
    with pytest.raises(ConflictError) as refusal:
        await store.correct_turn(attempt.id, 2, "Too early")
    assert (refusal.value.code, refusal.value.ref) == ("attempt_open", attempt.id)


@pytest.mark.parametrize("seq", [0, 4, -1, 2**40])
async def test_a_turn_that_is_not_there_is_not_found(store: Store, ended: Attempt, seq: int):
    with pytest.raises(NotFoundError):
        await store.correct_turn(ended.id, seq, "x")
    with pytest.raises(NotFoundError):
        await store.take_back_correction(ended.id, seq)
    assert await revision(store, ended) == len(SAID)


async def test_an_attempt_that_is_not_there_is_not_found(store: Store, person: Person):
    for attempt_id in (str(uuid4()), "x"):
        with pytest.raises(NotFoundError):
            await store.correct_turn(attempt_id, 2, "x")
        with pytest.raises(NotFoundError):
            await store.take_back_correction(attempt_id, 2)
        assert await person.view.corrections(attempt_id) == []


async def test_another_person_reads_none(store: Store, ended: Attempt, new_person: SignUp):
    await store.correct_turn(ended.id, 2, "Mine")
    assert await (await new_person("Eve")).view.corrections(ended.id) == []


async def test_an_assessor_gets_the_corrections_and_their_revision(store: Store, person: Person, ended: Attempt):
    [queued] = await person.view.assessments(ended.id)
    assert queued.transcript_revision == len(SAID)
    correction = await store.correct_turn(ended.id, 2, "Before it was claimed")
    work = await claimed(store, ended)
    assert work.corrections == [correction]
    assert work.turns == SAID
    assert work.assessment.transcript_revision == work.attempt.transcript_revision == len(SAID) + 1

    await store.correct_turn(ended.id, 3, "Too late for this one")
    [running] = await person.view.assessments(ended.id)
    assert running.transcript_revision < await revision(store, ended)
    await store.fail_assessment(work.assessment.id, assessor_id="a", reason="x", retry=False)
    again = await store.queue_assessment(ended.id)
    assert again.transcript_revision == len(SAID) + 2
    assert [one.seq for one in (await claimed(store, ended)).corrections] == [2, 3]


async def test_without_corrections_an_assessor_gets_none(store: Store, ended: Attempt):
    assert (await claimed(store, ended)).corrections == []


async def test_turns_that_come_late_raise_the_revision_once_each(store: Store, ended: Attempt):
    late: list[Turn] = [turn(4), turn(5)]
    for _ in range(2):
        await store.append_turns(ended.id, late)
    assert await revision(store, ended) == len(SAID) + 2


async def test_a_deleted_interview_takes_its_corrections_along(store: Store, person: Person, ended: Attempt):
    await store.correct_turn(ended.id, 2, "Gone")
    await store.delete_interview(ended.interview_id)
    assert await person.view.corrections(ended.id) == []
