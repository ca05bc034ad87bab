import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from storage.errors import ConflictError, NotFoundError
from storage.models.attempt import Attempt, Measurements, Position
from storage.models.worker_api import WorkerHeartbeat
from storage.store import InterviewQuery, Store
from tests.storage.conftest import Person, SignUp
from tests.support.samples import draft, parameters, turn
from tests.support.times import NOW

pytestmark = pytest.mark.storage

LATER = NOW + timedelta(seconds=90)
POSITION = Position(phase="question", question_index=1, follow_ups_asked=1, declined=["a"], hints={"b": 2})
MEASUREMENTS = Measurements(
    response_delay_ms=[650, 710],
    interruptions=1,
    stages={"stt": "whisper:tiny.en"},
    back_channels=3,
    delivery_styles={"warm": 2, "curious": 5},
)


@pytest.fixture
async def attempt(store: Store, person: Person) -> Attempt:
    """A planned one."""
    made = await store.create_interview(person.id, "Backend", parameters(), draft())
    return await store.create_attempt(made.id, person.id, made.current_plan.id, record_audio=True)


@pytest.fixture
async def live(store: Store, attempt: Attempt) -> Attempt:
    """A live one with epoch 1."""
    await store.raise_epoch(attempt.id, expected_epoch=0)
    await store.join_attempt(attempt.id, epoch=1, now=NOW)
    return await store.attempt(attempt.id)


async def test_a_new_attempt_is_planned(store: Store, person: Person, attempt: Attempt):
    assert (attempt.status, attempt.number, attempt.job_epoch) == ("planned", 1, 0)
    assert attempt.record_audio
    assert (attempt.started_at, attempt.ended_at, attempt.end_reason) == (None, None, None)
    assert attempt.position == Position()
    assert await store.attempt(attempt.id) == attempt
    assert await person.view.attempt(attempt.id) == attempt
    assert attempt in await store.open_attempts()


async def test_a_person_has_one_open_attempt(store: Store, person: Person, attempt: Attempt):
    other = await store.create_interview(person.id, "Other", parameters(), draft())
    with pytest.raises(ConflictError) as refusal:
        await store.create_attempt(other.id, person.id, other.current_plan.id, record_audio=False)
    assert (refusal.value.code, refusal.value.ref) == ("attempt_open", attempt.id)


async def test_of_ten_starts_at_once_one_wins(store: Store, person: Person):
    made = await store.create_interview(person.id, "Backend", parameters(), draft())
    starts = [store.create_attempt(made.id, person.id, made.current_plan.id, record_audio=False) for _ in range(10)]
    results = await asyncio.gather(*starts, return_exceptions=True)
    won = [result for result in results if isinstance(result, Attempt)]
    lost = [result for result in results if isinstance(result, ConflictError)]
    assert len(won) == 1
    assert {(refusal.code, refusal.ref) for refusal in lost} == {("attempt_open", won[0].id)}
    assert len(lost) == 9


async def test_a_start_asked_for_again_with_its_key_is_the_same_attempt(store: Store, person: Person):
    made = await store.create_interview(person.id, "Backend", parameters(), draft())
    start = (made.id, person.id, made.current_plan.id)
    starts = [store.create_attempt(*start, record_audio=False, idempotency_key="k, (1)") for _ in range(5)]
    attempts = await asyncio.gather(*starts)
    assert len({attempt.id for attempt in attempts}) == 1
    found = await store.attempt_of_key(made.id, "k, (1)")
    assert found == attempts[0]
    assert await store.attempt_of_key(made.id, "another") is None
    await store.end_attempt(attempts[0].id, reason="no_show", now=LATER)
    again = await store.create_attempt(*start, record_audio=False, idempotency_key="k, (1)")
    assert (again.id, again.status) == (attempts[0].id, "abandoned")
    new = await store.create_attempt(*start, record_audio=False, idempotency_key="another")
    assert new.number == 2


async def test_an_attempt_needs_the_owner_and_a_plan_of_the_interview(store: Store, person: Person, new_person: SignUp):
    other = await new_person("Eve")
    mine = await store.create_interview(person.id, "Mine", parameters(), draft())
    theirs = await store.create_interview(other.id, "Theirs", parameters(), draft())
    for interview_id, owner_id, plan_id in (
        (mine.id, other.id, mine.current_plan.id),
        (mine.id, person.id, theirs.current_plan.id),
        (str(uuid4()), person.id, mine.current_plan.id),
    ):
        with pytest.raises(NotFoundError):
            await store.create_attempt(interview_id, owner_id, plan_id, record_audio=False)


async def test_a_retake_has_the_next_number_and_keeps_its_plan(store: Store, person: Person, live: Attempt):
    await store.end_attempt(live.id, reason="candidate_ended", now=LATER)
    plan = await store.add_plan(live.interview_id, parameters(), draft("x", "y"))
    retake = await store.create_attempt(live.interview_id, person.id, plan.id, record_audio=False)
    assert retake.number == 2
    assert (await store.attempt(live.id)).plan_id == live.plan_id
    summaries = (await person.view.interview(live.interview_id)).attempts
    assert [summary.attempt.number for summary in summaries] == [2, 1]


async def test_the_epoch_rises_by_compare_and_set(store: Store, attempt: Attempt):
    assert await store.raise_epoch(attempt.id, expected_epoch=0) == 1
    with pytest.raises(ConflictError) as refusal:
        await store.raise_epoch(attempt.id, expected_epoch=0)
    assert refusal.value.code == "superseded"
    with pytest.raises(ConflictError) as refusal:
        await store.raise_epoch(attempt.id, expected_epoch=7)
    assert refusal.value.code == "superseded"
    results = await asyncio.gather(
        *(store.raise_epoch(attempt.id, expected_epoch=1) for _ in range(5)), return_exceptions=True
    )
    assert [result for result in results if isinstance(result, int)] == [2]


async def test_a_job_that_has_reported_since_is_not_replaced(store: Store, live: Attempt):
    listed = await store.attempt(live.id)
    await store.beat_attempt(live.id, epoch=1, now=LATER, position=Position(), measurements=None)
    with pytest.raises(ConflictError) as refusal:
        await store.raise_epoch(live.id, expected_epoch=1, silent_since=listed.heartbeat_at)
    assert refusal.value.code == "superseded"
    assert (await store.attempt(live.id)).job_epoch == 1
    assert await store.raise_epoch(live.id, expected_epoch=1, silent_since=LATER) == 2


async def test_the_first_job_starts_the_clock(store: Store, person: Person, attempt: Attempt):
    await store.raise_epoch(attempt.id, expected_epoch=0)
    brief = await store.join_attempt(attempt.id, epoch=1, now=NOW)
    assert (brief.resumed, brief.started_at, brief.elapsed_ms) == (False, NOW, 0)
    assert (brief.epoch, brief.candidate_name, brief.record_audio) == (1, "Ada", True)
    assert brief.plan.id == attempt.plan_id
    assert brief.keys == draft().keys
    assert brief.turns == []
    stored = await person.view.attempt(attempt.id)
    assert (stored.status, stored.started_at, stored.heartbeat_at) == ("live", NOW, NOW)


async def test_the_next_job_goes_on_where_the_last_one_was(store: Store, live: Attempt):
    turns = [
        turn(10_000),
        turn(10_001, speaker="interviewer", intent=None, act="question", confidence=None, words=None),
    ]
    await store.append_turns(live.id, turns)
    await store.beat_attempt(live.id, epoch=1, now=NOW, position=POSITION, measurements=MEASUREMENTS)
    await store.raise_epoch(live.id, expected_epoch=1)
    brief = await store.join_attempt(live.id, epoch=2, now=LATER)
    assert (brief.resumed, brief.started_at, brief.elapsed_ms) == (True, NOW, 90_000)
    assert (brief.position, brief.measurements) == (POSITION, MEASUREMENTS)
    assert brief.turns == turns


async def test_an_older_job_may_write_nothing_but_turns(store: Store, live: Attempt):
    await store.raise_epoch(live.id, expected_epoch=1)
    for late in (
        store.join_attempt(live.id, epoch=1, now=LATER),
        store.beat_attempt(live.id, epoch=1, now=LATER, position=POSITION, measurements=None),
        store.end_attempt(live.id, reason="completed", now=LATER, epoch=1),
    ):
        with pytest.raises(ConflictError) as refusal:
            await late
        assert refusal.value.code == "superseded"
    assert await store.append_turns(live.id, [turn(10_005)]) == [10_005]
    stored = await store.attempt(live.id)
    assert (stored.status, stored.position, stored.heartbeat_at) == ("live", Position(), NOW)


async def test_a_heartbeat_without_measurements_keeps_the_last_ones(store: Store, live: Attempt):
    await store.beat_attempt(live.id, epoch=1, now=NOW, position=POSITION, measurements=MEASUREMENTS)
    await store.beat_attempt(live.id, epoch=1, now=LATER, position=POSITION, measurements=None)
    stored = await store.attempt(live.id)
    assert (stored.heartbeat_at, stored.position, stored.measurements) == (LATER, POSITION, MEASUREMENTS)


async def test_turns_are_stored_once_and_never_change(store: Store, person: Person, live: Attempt):
    first = [turn(10_002), turn(10_001)]
    assert await store.append_turns(live.id, first) == [10_001, 10_002]
    assert await store.append_turns(live.id, [turn(10_002, text="another text"), turn(10_003)]) == [10_002, 10_003]
    page = await person.view.turns(live.id, after_seq=None, limit=100)
    assert page.items == [turn(10_001), turn(10_002), turn(10_003)]
    assert page.next_cursor is None
    with pytest.raises(NotFoundError):
        await store.append_turns(str(uuid4()), first)


async def test_turns_of_two_senders_at_once_are_each_there_once(store: Store, person: Person, live: Attempt):
    batches = [[turn(seq) for seq in range(start, start + 20)] for start in (0, 10, 5, 15)]
    await asyncio.gather(*(store.append_turns(live.id, batch) for batch in batches))
    page = await person.view.turns(live.id, after_seq=None, limit=100)
    assert [t.seq for t in page.items] == list(range(35))


async def test_turns_come_in_pages(store: Store, person: Person, live: Attempt):
    await store.append_turns(live.id, [turn(seq) for seq in range(5)])
    page = await person.view.turns(live.id, after_seq=None, limit=2)
    assert ([t.seq for t in page.items], page.next_cursor) == ([0, 1], "1")
    page = await person.view.turns(live.id, after_seq=1, limit=3)
    assert ([t.seq for t in page.items], page.next_cursor) == ([2, 3, 4], None)
    for beyond in (4, 2**40):
        assert (await person.view.turns(live.id, after_seq=beyond, limit=3)).items == []


async def test_an_answered_attempt_ends_and_waits_for_its_assessment(store: Store, person: Person, live: Attempt):
    await store.append_turns(live.id, [turn(10_000)])
    ended = await store.end_attempt(
        live.id, reason="completed", now=LATER, epoch=1, position=POSITION, measurements=MEASUREMENTS
    )
    assert (ended.status, ended.end_reason, ended.ended_at) == ("ended", "completed", LATER)
    assert (ended.position, ended.measurements) == (POSITION, MEASUREMENTS)
    [assessment] = await person.view.assessments(live.id)
    assert (assessment.status, assessment.attempt_id, assessment.tries) == ("queued", live.id, 0)
    assert assessment.transcript_revision == 1
    assert ended not in await store.open_attempts()


@pytest.mark.parametrize(
    "said", [[], [turn(1, speaker="interviewer", intent=None, act="greeting")], [turn(1, intent="ready")]]
)
async def test_an_attempt_without_an_answer_is_abandoned(
    store: Store, person: Person, live: Attempt, said: list[object]
):
    await store.append_turns(live.id, said)  # pyright: ignore[reportArgumentType]
    ended = await store.end_attempt(live.id, reason="candidate_absent", now=LATER)
    assert (ended.status, ended.end_reason) == ("abandoned", "candidate_absent")
    assert await person.view.assessments(live.id) == []


async def test_nobody_came(store: Store, attempt: Attempt):
    ended = await store.end_attempt(attempt.id, reason="no_show", now=LATER)
    assert (ended.status, ended.started_at, ended.ended_at) == ("abandoned", None, LATER)


async def test_an_attempt_that_is_over_stays_as_it_is(store: Store, person: Person, live: Attempt):
    await store.append_turns(live.id, [turn(10_000)])
    ended = await store.end_attempt(live.id, reason="completed", now=LATER)
    again = await store.end_attempt(live.id, reason="interviewer_lost", now=NOW, epoch=0, position=POSITION)
    assert again == ended
    assert len(await person.view.assessments(live.id)) == 1
    for late in (
        store.join_attempt(live.id, epoch=2, now=LATER),
        store.beat_attempt(live.id, epoch=1, now=LATER, position=POSITION, measurements=None),
        store.raise_epoch(live.id, expected_epoch=1),
    ):
        with pytest.raises(ConflictError) as refusal:
            await late
        assert refusal.value.code == "attempt_over"
    assert await store.append_turns(live.id, [turn(10_009)]) == [10_009]
    assert await store.attempt(live.id) == ended.model_copy(update={"transcript_revision": 2})


async def test_only_open_attempts_are_swept(store: Store, person: Person, live: Attempt):
    assert live.id in {a.id for a in await store.open_attempts()}
    await store.end_attempt(live.id, reason="candidate_ended", now=LATER)
    assert live.id not in {a.id for a in await store.open_attempts()}


async def test_the_list_shows_each_interview_with_its_attempts(store: Store, person: Person, live: Attempt):
    other = await store.create_interview(person.id, "Other", parameters(), draft())
    page = await person.view.interviews(InterviewQuery())
    assert [(i.interview.id, [s.attempt for s in i.attempts]) for i in page.items] == [
        (other.id, []),
        (live.interview_id, [live]),
    ]


async def test_workers_are_known_by_their_last_heartbeat(store: Store):
    name = f"worker-{uuid4()}"
    beat = WorkerHeartbeat(worker_id=name, capacity=2, active=0, warm=1, registered=False)
    await store.beat_worker(beat, now=NOW)
    busy = beat.model_copy(update={"active": 2, "registered": True})
    await store.beat_worker(busy, now=LATER)
    assert [w for w in await store.workers(seen_after=NOW) if w.worker_id == name] == [busy]
    assert [w for w in await store.workers(seen_after=LATER) if w.worker_id == name] == []


async def test_a_store_that_answers_says_so(store: Store):
    await store.ping()


async def test_a_part_that_goes_on_is_kept_as_such(store: Store, person: Person, live: Attempt):
    await store.append_turns(live.id, [turn(10_001), turn(10_002).model_copy(update={"goes_on": True})])
    page = await person.view.turns(live.id, after_seq=None, limit=100)
    assert [kept.goes_on for kept in page.items] == [False, True]
