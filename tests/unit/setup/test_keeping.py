"""The draft here and the stored one, which changes under the conversation."""

import pytest

from agent.setup.keeping import DraftKeeper
from agent.token_server_errors import SetupOverError
from storage.models.setup import SetupConfirmed, SetupDraft, SetupDraftStored
from tests.fakes.setup_drafts import StoredSetup

pytestmark = pytest.mark.unit


def keeper_of(store: StoredSetup) -> DraftKeeper:
    return DraftKeeper(store, SetupDraftStored(revision=store.revision, draft=store.stored))


async def test_a_change_is_stored_once():
    store = StoredSetup()
    keeper = keeper_of(store)
    draft = SetupDraft(role="nurse")
    assert await keeper.store(draft) == draft
    assert await keeper.store(draft) == draft
    assert (store.stored, store.revision, store.writes) == (draft, 1, 1)


async def test_a_change_by_hand_at_the_same_time_is_kept_beside_the_spoken_one():
    store = StoredSetup(SetupDraft(role="nurse"))
    keeper = keeper_of(store)
    store.edit(level="senior")
    assert await keeper.store(SetupDraft(role="teacher")) == SetupDraft(role="teacher", level="senior")
    assert store.stored == SetupDraft(role="teacher", level="senior")


async def test_a_remark_takes_nothing_from_a_job_description_that_is_pasted_in_the_same_moment():
    store = StoredSetup(SetupDraft(remarks="It's at a bank."))
    keeper = keeper_of(store)
    store.edit(job_description="We build search.")
    kept = await keeper.store(SetupDraft(remarks="It's at a bank.\nI'm nervous about SQL."))
    assert kept == SetupDraft(job_description="We build search.", remarks="It's at a bank.\nI'm nervous about SQL.")


async def test_a_remark_is_added_to_one_that_was_put_right_by_hand():
    store = StoredSetup(SetupDraft(remarks="It's at a bunk."))
    keeper = keeper_of(store)
    store.edit(remarks="It's at a bank.")
    kept = await keeper.store(SetupDraft(remarks="It's at a bunk.\nI'm nervous about SQL."))
    assert kept.remarks == "It's at a bank.\nI'm nervous about SQL."
    store.edit(remarks=None)
    assert (await keeper.store(kept.model_copy(update={"level": "mid"}))).remarks is None


async def test_what_was_changed_by_hand_is_read():
    store = StoredSetup(SetupDraft(role="nurse"))
    keeper = keeper_of(store)
    store.edit(role="doctor")
    assert await keeper.read(SetupDraft(role="nurse", level="mid")) == SetupDraft(role="doctor", level="mid")
    assert keeper.revision == 1


async def test_without_the_token_server_the_draft_waits_and_goes_with_the_next():
    store = StoredSetup()
    keeper = keeper_of(store)
    store.is_away = True
    assert await keeper.store(SetupDraft(role="nurse")) == SetupDraft(role="nurse")
    assert await keeper.read(SetupDraft(role="nurse")) == SetupDraft(role="nurse")
    store.is_away = False
    await keeper.store(SetupDraft(role="nurse", level="mid"))
    assert store.stored == SetupDraft(role="nurse", level="mid")


async def test_only_the_draft_that_was_agreed_on_is_confirmed():
    complete = SetupDraft(role="nurse", interview_type="behavioral", level="mid", question_count=3, technologies=[])
    store = StoredSetup(complete)
    keeper = keeper_of(store)
    store.edit(question_count=9)
    other = await keeper.confirm(complete)
    assert isinstance(other, SetupDraft)
    assert other == complete.model_copy(update={"question_count": 9})
    assert isinstance(await keeper.confirm(other), SetupConfirmed)
    assert store.confirmed == other


async def test_a_set_up_that_is_over_is_told():
    store = StoredSetup()
    keeper = keeper_of(store)
    store.is_over = True
    with pytest.raises(SetupOverError):
        await keeper.store(SetupDraft(role="nurse"))
