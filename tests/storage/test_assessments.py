import asyncio
from uuid import uuid4

import pytest

from storage.assessment_store import GAVE_UP, MAX_ASSESSMENT_TRIES, OVERDUE, RETRY_DELAY_SEC
from storage.errors import ConflictError, NotFoundError
from storage.models.assessment import AssessmentWork
from storage.models.attempt import Attempt
from storage.store import Store
from tests.storage.conftest import Person, SignUp
from tests.support.samples import draft, feedback, parameters, turn
from tests.support.times import NOW

pytestmark = pytest.mark.storage

ANOTHER_TRY_WITHIN_SEC = RETRY_DELAY_SEC * MAX_ASSESSMENT_TRIES + 20


@pytest.fixture(autouse=True)
async def empty_queue(store: Store) -> None:
    """The embedded Supabase is shared: what other tests left waiting is taken out of the way."""
    while await store.claim_assessment("someone-else", lease_sec=3600):
        pass


async def answered_attempt(store: Store, person: Person) -> Attempt:
    made = await store.create_interview(person.id, "Backend", parameters(), draft())
    attempt = await store.create_attempt(made.id, person.id, made.current_plan.id, record_audio=False)
    await store.append_turns(attempt.id, [turn(1)])
    return await store.end_attempt(attempt.id, reason="completed", now=NOW)


async def claimed(store: Store, assessor_id: str = "a1", lease_sec: int = 60) -> AssessmentWork:
    work = await store.claim_assessment(assessor_id, lease_sec=lease_sec)
    assert work is not None
    return work


async def claimed_in_time(store: Store, assessor_id: str) -> AssessmentWork:
    """After a failure the next try has to wait a little."""
    async with asyncio.timeout(ANOTHER_TRY_WITHIN_SEC):
        while True:
            work = await store.claim_assessment(assessor_id, lease_sec=60)
            if work is not None:
                return work
            await asyncio.sleep(0.1)


async def test_an_assessor_gets_everything_it_needs(store: Store, person: Person):
    attempt = await answered_attempt(store, person)
    work = await claimed(store)
    assert work.attempt == attempt
    assert work.plan.id == attempt.plan_id
    assert work.keys == draft().keys
    assert work.turns == [turn(1)]
    assert (work.assessment.status, work.assessment.lease_owner, work.assessment.tries) == ("running", "a1", 1)
    assert await store.claim_assessment("a2", lease_sec=60) is None


async def test_the_oldest_is_claimed_first(store: Store, new_person: SignUp):
    attempts = [await answered_attempt(store, await new_person()) for _ in range(3)]
    assert [(await claimed(store)).attempt.id for _ in attempts] == [attempt.id for attempt in attempts]


async def test_assessors_at_once_get_different_work(store: Store, new_person: SignUp):
    attempts = [await answered_attempt(store, await new_person()) for _ in range(4)]
    works = await asyncio.gather(*(store.claim_assessment(f"a{n}", lease_sec=60) for n in range(8)))
    assert sorted(work.attempt.id for work in works if work) == sorted(attempt.id for attempt in attempts)


async def test_words_that_came_after_the_end_are_assessed_too(store: Store, person: Person):
    attempt = await answered_attempt(store, person)
    await store.append_turns(attempt.id, [turn(2), turn(3)])
    work = await claimed(store)
    assert [t.seq for t in work.turns] == [1, 2, 3]
    assert work.assessment.transcript_revision == 3


async def test_a_lost_assessor_is_replaced_when_its_lease_ran_out(store: Store, person: Person):
    await answered_attempt(store, person)
    first = await claimed(store, "lost", lease_sec=-1)
    second = await claimed(store, "next")
    assert second.assessment.id == first.assessment.id
    assert (second.assessment.lease_owner, second.assessment.tries) == ("next", 2)
    with pytest.raises(ConflictError) as refusal:
        await store.report_progress(first.assessment.id, assessor_id="lost", progress=0.5, lease_sec=60)
    assert refusal.value.code == "superseded"


async def test_work_that_kills_every_assessor_fails_in_the_end(store: Store, person: Person):
    attempt = await answered_attempt(store, person)
    for _ in range(MAX_ASSESSMENT_TRIES):
        await claimed(store, "lost", lease_sec=-1)
    assert await store.claim_assessment("next", lease_sec=60) is None
    [assessment] = await person.view.assessments(attempt.id)
    assert (assessment.status, assessment.error) == ("failed", GAVE_UP)


async def test_progress_renews_the_lease(store: Store, person: Person):
    attempt = await answered_attempt(store, person)
    work = await claimed(store, lease_sec=-1)
    await store.report_progress(work.assessment.id, assessor_id="a1", progress=0.4, lease_sec=60)
    assert await store.claim_assessment("a2", lease_sec=60) is None
    [assessment] = await person.view.assessments(attempt.id)
    assert (assessment.status, assessment.progress) == ("running", 0.4)


async def test_finished_feedback_is_read_by_its_owner_only(store: Store, person: Person, new_person: SignUp):
    attempt = await answered_attempt(store, person)
    work = await claimed(store)
    given = feedback(attempt.id, work.assessment.id)
    await store.finish_assessment(work.assessment.id, assessor_id="a1", feedback=given)
    await store.finish_assessment(work.assessment.id, assessor_id="a1", feedback=given)
    assert await person.view.feedback(work.assessment.id) == given
    [assessment] = await person.view.assessments(attempt.id)
    assert (assessment.status, assessment.progress) == ("done", 1.0)
    assert assessment.finished_at is not None
    [summary] = (await person.view.interview(attempt.interview_id)).attempts
    assert (summary.overall_score, summary.assessment_status) == (71, "done")
    with pytest.raises(NotFoundError):
        await (await new_person("Eve")).view.feedback(work.assessment.id)


async def test_feedback_of_another_assessor_is_refused(store: Store, person: Person):
    attempt = await answered_attempt(store, person)
    work = await claimed(store)
    given = feedback(attempt.id, work.assessment.id)
    for call in (
        store.finish_assessment(work.assessment.id, assessor_id="a2", feedback=given),
        store.mark_not_assessable(work.assessment.id, assessor_id="a2", reason="x"),
        store.fail_assessment(work.assessment.id, assessor_id="a2", reason="x", retry=True),
        store.report_progress(work.assessment.id, assessor_id="a2", progress=0.1, lease_sec=60),
    ):
        with pytest.raises(ConflictError) as refusal:
            await call
        assert refusal.value.code == "superseded"
    with pytest.raises(NotFoundError):
        await person.view.feedback(work.assessment.id)


async def test_feedback_of_another_attempt_is_refused(store: Store, person: Person):
    await answered_attempt(store, person)
    work = await claimed(store)
    with pytest.raises(ConflictError) as refusal:
        await store.finish_assessment(
            work.assessment.id, assessor_id="a1", feedback=feedback(str(uuid4()), work.assessment.id)
        )
    assert refusal.value.code == "validation_failed"


async def test_an_unknown_assessment_is_not_found(store: Store):
    for row_id in (str(uuid4()), "x"):
        with pytest.raises(NotFoundError):
            await store.report_progress(row_id, assessor_id="a1", progress=0.1, lease_sec=60)
        with pytest.raises(NotFoundError):
            await store.mark_not_assessable(row_id, assessor_id="a1", reason="x")
        with pytest.raises(NotFoundError):
            await store.fail_assessment(row_id, assessor_id="a1", reason="x", retry=False)
        with pytest.raises(NotFoundError):
            await store.queue_assessment(row_id)


async def test_a_failure_is_tried_again_three_times_in_all(store: Store, person: Person):
    attempt = await answered_attempt(store, person)
    await claimed(store)
    for tries in range(1, MAX_ASSESSMENT_TRIES + 1):
        [assessment] = await person.view.assessments(attempt.id)
        assert (assessment.status, assessment.tries) == ("running", tries)
        await store.fail_assessment(assessment.id, assessor_id="a1", reason="The model was down.", retry=True)
        if tries < MAX_ASSESSMENT_TRIES:
            assert (await person.view.assessments(attempt.id))[0].status == "queued"
            assert (await claimed_in_time(store, "a1")).assessment.id == assessment.id
    [assessment] = await person.view.assessments(attempt.id)
    assert (assessment.status, assessment.error) == ("failed", "The model was down.")


async def test_a_failure_without_retry_is_final(store: Store, person: Person):
    attempt = await answered_attempt(store, person)
    work = await claimed(store)
    await store.fail_assessment(work.assessment.id, assessor_id="a1", reason="Nothing to read.", retry=False)
    [assessment] = await person.view.assessments(attempt.id)
    assert (assessment.status, assessment.error) == ("failed", "Nothing to read.")


async def test_not_assessable_is_an_end_with_a_reason(store: Store, person: Person):
    attempt = await answered_attempt(store, person)
    work = await claimed(store)
    for _ in range(2):
        await store.mark_not_assessable(work.assessment.id, assessor_id="a1", reason="No answer was long enough.")
    [assessment] = await person.view.assessments(attempt.id)
    assert (assessment.status, assessment.error) == ("not_assessable", "No answer was long enough.")


async def test_asking_again_adds_an_assessment_and_keeps_the_old_one(store: Store, person: Person):
    attempt = await answered_attempt(store, person)
    with pytest.raises(ConflictError) as refusal:
        await store.queue_assessment(attempt.id)
    assert refusal.value.code == "assessment_running"
    work = await claimed(store)
    with pytest.raises(ConflictError):
        await store.queue_assessment(attempt.id)
    first = feedback(attempt.id, work.assessment.id)
    await store.finish_assessment(work.assessment.id, assessor_id="a1", feedback=first)
    again = await store.queue_assessment(attempt.id)
    assert (await claimed(store, "a2")).assessment.id == again.id
    second = feedback(attempt.id, again.id, overall_score=None)
    [summary] = (await person.view.interview(attempt.interview_id)).attempts
    assert (summary.overall_score, summary.assessment_status) == (71, "running")
    await store.finish_assessment(again.id, assessor_id="a2", feedback=second)
    assert [a.id for a in await person.view.assessments(attempt.id)] == [again.id, work.assessment.id]
    assert await person.view.feedback(work.assessment.id) == first
    assert await person.view.feedback(again.id) == second
    [summary] = (await person.view.interview(attempt.interview_id)).attempts
    assert summary.overall_score is None


async def test_an_open_attempt_is_not_assessed(store: Store, person: Person):
    made = await store.create_interview(person.id, "Backend", parameters(), draft())
    attempt = await store.create_attempt(made.id, person.id, made.current_plan.id, record_audio=False)
    with pytest.raises(ConflictError) as refusal:
        await store.queue_assessment(attempt.id)
    assert refusal.value.code == "attempt_open"


async def test_what_nobody_claims_or_finishes_is_settled_as_failed_with_its_reason(store: Store, person: Person):
    attempt = await answered_attempt(store, person)
    assert await store.settle_assessments(overdue_sec=3600) == 0
    assert await store.settle_assessments(overdue_sec=0) == 1
    (failed,) = await person.view.assessments(attempt.id)
    assert (failed.status, failed.error) == ("failed", OVERDUE)
    await store.queue_assessment(attempt.id)
    work = await claimed(store)
    assert await store.settle_assessments(overdue_sec=0) == 0
    assert work.attempt.id == attempt.id


async def test_an_answer_after_the_end_makes_an_abandoned_attempt_an_ended_one(store: Store, person: Person):
    made = await store.create_interview(person.id, "Backend", parameters(), draft())
    attempt = await store.create_attempt(made.id, person.id, made.current_plan.id, record_audio=False)
    abandoned = await store.end_attempt(attempt.id, reason="candidate_absent", now=NOW)
    assert abandoned.status == "abandoned"
    await store.append_turns(attempt.id, [turn(1, speaker="interviewer", intent=None)])
    assert (await store.attempt(attempt.id)).status == "abandoned"
    await store.append_turns(attempt.id, [turn(2)])
    ended = await store.attempt(attempt.id)
    assert (ended.status, ended.end_reason, ended.ended_at) == ("ended", abandoned.end_reason, abandoned.ended_at)
    assert (await claimed(store)).turns[-1] == turn(2)


async def test_words_that_arrive_during_an_assessment_start_it_anew(store: Store, person: Person):
    attempt = await answered_attempt(store, person)
    first = await claimed(store, "a1")
    await store.append_turns(attempt.id, [turn(1)])
    await store.report_progress(first.assessment.id, assessor_id="a1", progress=0.5, lease_sec=60)
    await store.append_turns(attempt.id, [turn(2)])
    with pytest.raises(ConflictError) as refusal:
        await store.report_progress(first.assessment.id, assessor_id="a1", progress=0.6, lease_sec=60)
    assert refusal.value.code == "superseded"
    again = await claimed(store, "a2")
    assert (again.assessment.id, again.turns, again.assessment.tries) == (first.assessment.id, [turn(1), turn(2)], 1)


async def test_words_that_arrive_after_the_feedback_get_another_one(store: Store, person: Person):
    attempt = await answered_attempt(store, person)
    first = await claimed(store)
    report = feedback(attempt.id, first.assessment.id)
    await store.finish_assessment(first.assessment.id, assessor_id="a1", feedback=report)
    await store.append_turns(attempt.id, [turn(2)])
    again = await claimed(store)
    assert again.assessment.id != first.assessment.id
    assert again.turns == [turn(1), turn(2)]
