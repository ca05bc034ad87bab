import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from storage.errors import ConflictError, InvalidCursorError, NotFoundError, StaleRevisionError
from storage.models.interview import Interview
from storage.models.setup import SetupConversation, SetupDraft
from storage.setup_store import LiveSetup, SetupWriter
from storage.store import InterviewQuery, Store
from tests.storage.conftest import Person, SignUp
from tests.support.samples import draft, parameters
from tests.support.times import NOW

pytestmark = pytest.mark.storage

LATER = NOW + timedelta(seconds=30)
WANTED: dict[str, Any] = parameters(tone="friendly").model_dump(mode="json", exclude={"focus"})


@pytest.fixture
async def setup(store: Store, person: Person) -> SetupConversation:
    """A live one with nothing in its draft."""
    return (await store.create_setup(person.id, now=NOW)).setup


async def confirm(
    store: Store, setup_id: str, revision: int, by: SetupWriter = "candidate", title: str = "Backend"
) -> Interview:
    return await store.confirm_setup(
        setup_id, revision=revision, title=title, parameters=parameters(tone="friendly"), draft=draft(), by=by
    )


async def test_a_new_one_is_live_and_empty(store: Store, person: Person, setup: SetupConversation):
    assert (setup.owner_id, setup.status, setup.revision, setup.interview_id) == (person.id, "live", 0, None)
    assert setup.draft == SetupDraft()
    assert (setup.job_epoch, setup.dispatched_at, setup.joined_at) == (0, NOW, None)
    assert setup.created_at.tzinfo is not None
    assert await store.setup(setup.id) == setup
    assert await person.view.setup(setup.id) == setup
    assert setup in await store.live_setups()


async def test_one_needs_an_owner_who_exists(store: Store):
    with pytest.raises(NotFoundError):
        await store.create_setup(str(uuid4()), now=NOW)


async def test_a_person_has_one_live_and_is_told_which_were_replaced(
    store: Store, setup: SetupConversation, person: Person, new_person: SignUp
):
    other = (await store.create_setup((await new_person("Eve")).id, now=NOW)).setup
    second = await store.create_setup(person.id, now=NOW)
    assert second.replaced == [setup.id]
    assert (await store.setup(setup.id)).status == "abandoned"
    assert (await store.setup(other.id)).status == "live"
    back = await store.take_up_setup(setup.id, now=LATER)
    assert back.replaced == [second.setup.id]
    assert (back.setup.status, back.setup.dispatched_at) == ("live", LATER)
    again = await store.take_up_setup(setup.id, now=LATER)
    assert (again.setup.status, again.replaced) == ("live", [])


async def test_of_many_begun_and_taken_up_at_once_one_is_live(store: Store, person: Person, setup: SetupConversation):
    calls = [store.create_setup(person.id, now=NOW) for _ in range(4)]
    calls += [store.take_up_setup(setup.id, now=NOW) for _ in range(4)]
    results = await asyncio.gather(*calls)
    assert all(isinstance(result, LiveSetup) for result in results)
    assert len((await person.view.setups(["live"], cursor=None, limit=10)).items) == 1
    assert len((await person.view.setups(["abandoned"], cursor=None, limit=10)).items) == 4


async def test_the_epoch_rises_by_compare_and_set(store: Store, setup: SetupConversation):
    results = await asyncio.gather(
        *(store.raise_setup_epoch(setup.id, expected_epoch=0, now=LATER) for _ in range(5)), return_exceptions=True
    )
    assert [result for result in results if isinstance(result, int)] == [1]
    assert {refusal.code for refusal in results if isinstance(refusal, ConflictError)} == {"superseded"}
    raised = await store.setup(setup.id)
    assert (raised.job_epoch, raised.dispatched_at) == (1, LATER)


async def test_a_job_joins_and_the_next_one_takes_up(store: Store, setup: SetupConversation):
    brief = await store.join_setup(setup.id, job_id="job-1", now=LATER)
    assert (brief.setup_id, brief.candidate_name, brief.status, brief.revision) == (setup.id, "Ada", "live", 0)
    assert (brief.draft, brief.resumed) == (SetupDraft(), False)
    assert (await store.join_setup(setup.id, job_id="job-1", now=LATER)).resumed is False
    assert (await store.join_setup(setup.id, job_id="job-2", now=LATER)).resumed is True
    assert (await store.join_setup(setup.id, job_id="job-2", now=LATER)).resumed is True
    assert (await store.setup(setup.id)).joined_at == LATER


async def test_a_change_touches_what_it_names_and_none_forgets(store: Store, person: Person, setup: SetupConversation):
    first = await store.change_setup_draft(
        setup.id, revision=0, change={"role": "Tester", "technologies": [], "level": "mid"}, by="job"
    )
    assert (first.revision, first.draft) == (1, SetupDraft(role="Tester", technologies=[], level="mid"))
    second = await store.change_setup_draft(
        setup.id, revision=1, change={"role": None, "question_count": 5}, by="candidate"
    )
    assert (second.revision, second.draft) == (2, SetupDraft(technologies=[], level="mid", question_count=5))
    same = await store.change_setup_draft(setup.id, revision=2, change={"level": "mid", "tone": None}, by="job")
    assert same.revision == 2
    assert (await person.view.setup(setup.id)).draft == second.draft


async def test_of_changes_of_one_revision_one_is_taken_and_the_others_learn_the_newer(
    store: Store, setup: SetupConversation
):
    changes = [
        store.change_setup_draft(setup.id, revision=0, change={"question_count": count}, by="candidate")
        for count in range(1, 6)
    ]
    results = await asyncio.gather(*changes, return_exceptions=True)
    [taken] = [result for result in results if isinstance(result, SetupConversation)]
    stale = [result for result in results if isinstance(result, StaleRevisionError)]
    assert [refusal.revision for refusal in stale] == [1, 1, 1, 1]
    assert (await store.setup(setup.id)).draft == taken.draft


async def test_a_yes_makes_the_interview_and_closes_the_conversation(
    store: Store, person: Person, setup: SetupConversation
):
    await store.change_setup_draft(setup.id, revision=0, change=WANTED, by="job")
    made = await confirm(store, setup.id, 1, by="job")
    assert made.current_plan.parameters == parameters(tone="friendly")
    assert made.owner_id == person.id
    assert await store.plan_keys(made.current_plan.id) == draft().keys
    confirmed = await person.view.setup(setup.id)
    assert (confirmed.status, confirmed.interview_id, confirmed.revision) == ("confirmed", made.id, 1)
    assert setup.id not in [live.id for live in await store.live_setups()]


async def test_of_many_yeses_at_once_one_makes_the_interview_and_all_get_it(
    store: Store, person: Person, setup: SetupConversation
):
    await store.change_setup_draft(setup.id, revision=0, change=WANTED, by="job")
    writers: list[SetupWriter] = ["candidate", "job"] * 4
    made = await asyncio.gather(*(confirm(store, setup.id, 1, by, f"Title {n}") for n, by in enumerate(writers)))
    assert len({interview.id for interview in made}) == 1
    assert len((await person.view.interviews(InterviewQuery())).items) == 1


async def test_a_yes_to_another_revision_makes_nothing(store: Store, person: Person, setup: SetupConversation):
    await store.change_setup_draft(setup.id, revision=0, change=WANTED, by="job")
    for revision in (0, 2):
        with pytest.raises(StaleRevisionError) as refusal:
            await confirm(store, setup.id, revision)
        assert refusal.value.revision == 1
    assert (await person.view.interviews(InterviewQuery())).items == []
    assert (await store.setup(setup.id)).status == "live"


async def test_nothing_changes_what_is_confirmed(store: Store, setup: SetupConversation):
    await confirm(store, setup.id, 0)
    for late in (
        store.take_up_setup(setup.id, now=LATER),
        store.raise_setup_epoch(setup.id, expected_epoch=0, now=LATER),
        store.join_setup(setup.id, job_id="job-1", now=LATER),
        store.change_setup_draft(setup.id, revision=0, change={"level": "mid"}, by="candidate"),
        confirm(store, setup.id, 1),
    ):
        with pytest.raises(ConflictError) as refusal:
            await late
        assert refusal.value.code == "setup_over"
    await store.abandon_setup(setup.id)
    assert (await store.setup(setup.id)).status == "confirmed"


async def test_an_abandoned_one_is_its_owners_to_edit_and_no_jobs(store: Store, setup: SetupConversation):
    await store.abandon_setup(setup.id)
    await store.abandon_setup(setup.id)
    for late in (
        store.join_setup(setup.id, job_id="job-1", now=LATER),
        store.raise_setup_epoch(setup.id, expected_epoch=0, now=LATER),
        store.change_setup_draft(setup.id, revision=0, change={"level": "mid"}, by="job"),
        confirm(store, setup.id, 0, by="job"),
    ):
        with pytest.raises(ConflictError) as refusal:
            await late
        assert refusal.value.code == "setup_over"
    changed = await store.change_setup_draft(setup.id, revision=0, change={"level": "mid"}, by="candidate")
    assert (changed.status, changed.revision) == ("abandoned", 1)
    assert (await confirm(store, setup.id, 1)).title == "Backend"


async def test_one_that_another_job_was_sent_to_is_not_abandoned(store: Store, setup: SetupConversation):
    await store.raise_setup_epoch(setup.id, expected_epoch=0, now=NOW)
    with pytest.raises(ConflictError) as refusal:
        await store.abandon_setup(setup.id, epoch=0)
    assert refusal.value.code == "superseded"
    await store.abandon_setup(setup.id, epoch=1)
    assert (await store.setup(setup.id)).status == "abandoned"


@pytest.mark.parametrize("limit", [1, 2, 100])
async def test_pages_follow_each_other_without_gap_or_repeat(store: Store, person: Person, limit: int):
    made = [(await store.create_setup(person.id, now=NOW)).setup.id for _ in range(5)]
    seen: list[str] = []
    cursor = None
    while True:
        page = await person.view.setups(["live", "abandoned"], cursor=cursor, limit=limit)
        seen += [setup.id for setup in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == made[::-1]
    assert [setup.id for setup in (await person.view.setups(["live"], cursor=None, limit=5)).items] == made[-1:]


async def test_a_foreign_cursor_is_refused(store: Store, person: Person):
    for title in ("1", "2"):
        await store.create_interview(person.id, title, parameters(), draft())
    of_interviews = (await person.view.interviews(InterviewQuery(limit=1))).next_cursor
    for bad in (of_interviews, "x"):
        with pytest.raises(InvalidCursorError):
            await person.view.setups(["live"], cursor=bad, limit=5)


async def test_another_person_finds_nothing(setup: SetupConversation, new_person: SignUp):
    other = await new_person("Eve")
    assert (await other.view.setups(["live", "abandoned", "confirmed"], cursor=None, limit=10)).items == []
    with pytest.raises(NotFoundError):
        await other.view.setup(setup.id)


@pytest.mark.parametrize("row_id", [str(uuid4()), "not-a-uuid"])
async def test_an_id_that_is_not_there_is_not_found(store: Store, person: Person, row_id: str):
    for call in (
        store.setup(row_id),
        person.view.setup(row_id),
        store.take_up_setup(row_id, now=NOW),
        store.raise_setup_epoch(row_id, expected_epoch=0, now=NOW),
        store.join_setup(row_id, job_id="j", now=NOW),
        store.change_setup_draft(row_id, revision=0, change={}, by="job"),
        confirm(store, row_id, 0),
        store.abandon_setup(row_id),
        store.delete_setup(row_id),
    ):
        with pytest.raises(NotFoundError):
            await call


async def test_a_deleted_one_leaves_its_interview_and_a_deleted_interview_no_draft(store: Store, person: Person):
    kept = await confirm(store, (first := (await store.create_setup(person.id, now=NOW)).setup.id), 0)
    await store.delete_setup(first)
    assert await store.interview(kept.id) == kept
    gone = await confirm(store, (second := (await store.create_setup(person.id, now=NOW)).setup.id), 0)
    await store.delete_interview(gone.id)
    with pytest.raises(NotFoundError):
        await store.setup(second)


async def test_a_nul_in_a_draft_is_dropped(store: Store, setup: SetupConversation):
    changed = await store.change_setup_draft(setup.id, revision=0, change={"role": "Te\x00ster"}, by="job")
    assert changed.draft.role == "Tester"
