from datetime import timedelta
from typing import Any

import pytest

from storage.models.attempt import Attempt
from storage.models.feedback import CATEGORIES, AboutQuestion, CategoryScore, Evidence
from storage.models.interview import Interview
from storage.store import Store
from tests.storage.conftest import Person, SignUp
from tests.support.samples import area, delivery, draft, feedback, grader, parameters, turn
from tests.support.times import NOW

pytestmark = pytest.mark.storage


async def ended(store: Store, interview: Interview, *, minutes: int = 0) -> Attempt:
    plan = (await store.interview(interview.id)).current_plan
    attempt = await store.create_attempt(interview.id, interview.owner_id, plan.id, record_audio=False)
    await store.append_turns(attempt.id, [turn(1)])
    return await store.end_attempt(attempt.id, reason="completed", now=NOW + timedelta(minutes=minutes))


async def assess(store: Store, attempt: Attempt, **changes: Any) -> str:
    """Gives it feedback with these changes, and returns the assessment's id."""
    while True:  # other tests share the queue
        work = await store.claim_assessment("a", lease_sec=60)
        assert work is not None
        if work.attempt.id == attempt.id:
            break
    given = feedback(attempt.id, work.assessment.id).model_copy(update=changes)
    await store.finish_assessment(work.assessment.id, assessor_id="a", feedback=given)
    return work.assessment.id


async def assessed(store: Store, interview: Interview, *, minutes: int = 0, **changes: Any) -> Attempt:
    attempt = await ended(store, interview, minutes=minutes)
    await assess(store, attempt, **changes)
    return attempt


@pytest.fixture
async def interview(store: Store, person: Person) -> Interview:
    return await store.create_interview(person.id, "Backend", parameters(), draft())


async def test_an_assessed_attempt_has_what_can_be_followed_over_time(
    store: Store, person: Person, interview: Interview
):
    attempt = await ended(store, interview)
    scores: dict[Any, int | None] = {**dict.fromkeys(CATEGORIES), "communication": 64}
    said = Evidence(turn_seq=1, quote="An index", started_ms=10)
    about = [AboutQuestion(question_id="sql-index", kind="technical")]
    no_number = area("No number").model_copy(update={"about": about})
    assessment_id = await assess(
        store,
        attempt,
        overall_score=58,
        categories=[
            CategoryScore(category=category, score=score, status="scored", comment="", evidence=[said])
            for category, score in scores.items()
        ],
        areas_for_improvement=[
            area("You hedge", "AQID").model_copy(update={"evidence": [said]}),
            no_number,
        ],
        grader=grader(kind="llm", samples=3, spread=4.5),
    )
    [found] = await person.view.assessed_attempts()
    assert (found.attempt_id, found.interview_id, found.number) == (attempt.id, interview.id, 1)
    assert (found.title, found.interview_type, found.level) == ("Backend", "technical", "mid")
    assert found.ended_at == NOW
    assert found.delivery == delivery()
    assert (found.assessment_id, found.overall_score) == (assessment_id, 58)
    assert found.scores == scores
    assert found.areas == [area("You hedge", "AQID"), no_number]
    assert found.grader == grader(kind="llm", samples=3, spread=4.5)


async def test_they_come_newest_first_and_of_one_interview_if_asked(store: Store, person: Person, interview: Interview):
    other = await store.create_interview(person.id, "Other", parameters(), draft())
    first = await assessed(store, interview, minutes=1)
    second = await assessed(store, other, minutes=2)
    third = await assessed(store, interview, minutes=3)
    at_the_same_time = await assessed(store, interview, minutes=3)

    async def ids(**wanted: Any) -> list[str]:
        return [found.attempt_id for found in await person.view.assessed_attempts(**wanted)]

    assert await ids() == [at_the_same_time.id, third.id, second.id, first.id]
    assert await ids(limit=2) == [at_the_same_time.id, third.id]
    assert await ids(interview_id=interview.id) == [at_the_same_time.id, third.id, first.id]
    assert await ids(interview_id=other.id) == [second.id]
    assert await ids(interview_id="x") == []


async def test_each_attempt_is_there_once_with_its_newest_feedback(store: Store, person: Person, interview: Interview):
    attempt = await assessed(store, interview, overall_score=40)
    await store.queue_assessment(attempt.id)
    [found] = await person.view.assessed_attempts()
    assert found.overall_score == 40, "until the other is finished"
    again = await assess(store, attempt, overall_score=None)
    [found] = await person.view.assessed_attempts()
    assert (found.assessment_id, found.overall_score) == (again, None)


async def test_attempts_without_feedback_are_left_out(store: Store, person: Person, interview: Interview):
    waiting = await ended(store, interview)
    await store.create_attempt(interview.id, person.id, interview.current_plan.id, record_audio=False)
    assert await person.view.assessed_attempts() == []
    await assess(store, waiting)
    assert len(await person.view.assessed_attempts()) == 1


async def test_type_and_level_are_those_that_the_attempt_had(store: Store, person: Person, interview: Interview):
    await assessed(store, interview, minutes=1)
    await store.add_plan(interview.id, parameters(level="senior", interview_type="mixed"), draft("x", "y"))
    await store.rename_interview(interview.id, "Renamed")
    await assessed(store, interview, minutes=2)
    found = await person.view.assessed_attempts()
    assert [(one.title, one.interview_type, one.level) for one in found] == [
        ("Renamed", "mixed", "senior"),
        ("Renamed", "technical", "mid"),
    ]


async def test_another_person_finds_only_their_own(
    store: Store, person: Person, interview: Interview, new_person: SignUp
):
    await assessed(store, interview)
    other = await new_person("Eve")
    assert await other.view.assessed_attempts() == []
    assert await other.view.assessed_attempts(interview_id=interview.id) == []
    theirs = await store.create_interview(other.id, "Theirs", parameters(), draft())
    await assessed(store, theirs)
    assert [found.title for found in await other.view.assessed_attempts()] == ["Theirs"]
    assert [found.title for found in await person.view.assessed_attempts()] == ["Backend"]
