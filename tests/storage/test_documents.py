from uuid import uuid4

import pytest

from storage.errors import NotFoundError
from storage.store import Store
from tests.storage.conftest import Person, SignUp
from tests.support.samples import draft, parameters
from tests.support.times import NOW

pytestmark = pytest.mark.storage
TEXT = "Résumé 🦉\nKafka, Go"


async def test_a_resume_is_kept_replaced_and_deleted(store: Store, person: Person):
    assert await person.view.resume() is None
    await store.keep_resume(person.id, TEXT, now=NOW)
    kept = await person.view.resume()
    assert kept is not None
    assert (kept.text, kept.updated_at) == (TEXT, NOW)
    await store.keep_resume(person.id, "Another one", now=NOW)
    replaced = await store.resume(person.id)
    assert replaced is not None
    assert replaced.text == "Another one"
    await store.delete_resume(person.id)
    assert await person.view.resume() is None
    await store.delete_resume(person.id)


async def test_nobody_else_reads_it(store: Store, person: Person, new_person: SignUp):
    other = await new_person("Eve")
    await store.keep_resume(person.id, TEXT, now=NOW)
    assert await other.view.resume() is None


async def test_a_resume_needs_somebody_and_goes_with_them(store: Store, person: Person):
    with pytest.raises(NotFoundError):
        await store.keep_resume(str(uuid4()), TEXT, now=NOW)
    await store.keep_resume(person.id, TEXT, now=NOW)
    await store.delete_account(person.id)
    assert await store.resume(person.id) is None


async def test_a_job_description_can_be_taken_out_of_every_plan_and_of_its_set_up(store: Store, person: Person):
    with_text = parameters(job_description="We build search.")
    setup = (await store.create_setup(person.id, now=NOW)).setup
    change = with_text.model_dump(mode="json", exclude={"focus"}) | {"remarks": "It is at a bank."}
    changed = await store.change_setup_draft(setup.id, revision=0, change=change, by="candidate")
    made = await store.confirm_setup(
        setup.id, revision=changed.revision, title="x", parameters=with_text, draft=draft(), by="candidate"
    )
    await store.add_plan(made.id, with_text, draft("a", "b"))
    other = await store.create_interview(person.id, "Other", with_text, draft())

    await store.forget_job_description(made.id)
    current = (await store.interview(made.id)).current_plan
    assert current.parameters == parameters()
    assert [question.question_id for question in current.questions] == ["a", "b"]
    assert (await store.plan(made.current_plan.id)).parameters.job_description is None
    kept = (await store.setup(setup.id)).draft
    assert (kept.job_description, kept.remarks) == (None, None)
    assert (await store.interview(other.id)).current_plan.parameters == with_text
    await store.forget_job_description(made.id)
    with pytest.raises(NotFoundError):
        await store.forget_job_description(str(uuid4()))


async def test_what_other_interviews_for_the_role_asked_counts_as_used(
    store: Store, person: Person, new_person: SignUp
):
    eve = await new_person("Eve")
    await store.create_interview(eve.id, "Hers", parameters(), draft("hers"))
    await store.create_interview(person.id, "Older", parameters(role="BACKEND engineer"), draft("older"))
    await store.create_interview(person.id, "Another role", parameters(role="Barista"), draft("coffee"))
    made = await store.create_interview(person.id, "This", parameters(), draft("older", "this"))
    assert [question.question_id for question in await store.used_questions(made.id)] == ["older", "this"]
