"""Interviews whose questions a model writes."""

import asyncio
from collections.abc import AsyncIterator, Generator

import pytest
from pydantic import SecretStr

from tests.api.support import Person, World, make_settings, open_world, problem_of, sign_up
from tests.fakes.llm_server import ScriptedLlm, scripted_llm
from tests.support.samples import parameters
from tests.support.written_questions import QuestionWriter
from token_server.main import create_app
from token_server.planning import open_plan_writer

pytestmark = pytest.mark.api

LONG_SEC = 60.0
"""The model's deadline. No test waits for it."""


@pytest.fixture
def llm() -> Generator[ScriptedLlm]:
    with scripted_llm() as running:
        running.answer = QuestionWriter()
        yield running


@pytest.fixture
async def world(llm: ScriptedLlm) -> AsyncIterator[World]:
    settings = make_settings(
        plan_with_llm="on",
        openai_base_url=llm.base_url,
        openai_api_key=SecretStr("key"),
        llm_model="big",
        plan_deadline_sec=LONG_SEC,
    )
    async with open_plan_writer(settings) as writer, open_world(settings, plan_writer=writer) as made:
        yield made


async def keys_and_questions(world: World, interview_id: str) -> tuple[list[str], list[str]]:
    plan = (await world.store.interview(interview_id)).current_plan
    keys = await world.store.plan_keys(plan.id)
    return [key.question_id for key in keys], [question.question_id for question in plan.questions]


async def test_a_new_interview_has_written_questions_and_their_keys_are_kept_back(world: World, ada: Person):
    interview = await ada.interview(interview_type="mixed", question_count=4)
    questions = interview["questions"]
    assert all(question["question_id"].startswith("llm-") for question in questions)
    assert [question["kind"] for question in questions] == ["behavioral", "technical"] * 2
    assert set(questions[0]) == {"question_id", "index", "kind", "text", "reason", "asked_before"}
    keys, ids = await keys_and_questions(world, interview["id"])
    assert keys == ids == [question["question_id"] for question in questions]
    plan = (await world.store.interview(interview["id"])).current_plan
    assert plan.source.startswith("llm:big+bank:")


async def test_a_model_that_fails_is_no_error_for_the_candidate(world: World, ada: Person, llm: ScriptedLlm):
    llm.mode = "error"
    interview = await ada.interview()
    assert len(interview["questions"]) == 3
    assert not any(question["question_id"].startswith("llm-") for question in interview["questions"])


async def test_a_changed_interview_gets_other_questions(ada: Person):
    interview = await ada.interview()
    response = await ada.call("PATCH", f"/api/interviews/{interview['id']}", json={"level": "senior"})
    changed = response.json()
    assert (response.status_code, changed["plan_version"]) == (200, 2)
    texts = {question["text"] for question in interview["questions"]}
    assert texts.isdisjoint(question["text"] for question in changed["questions"])


async def test_fresh_questions_are_written_and_the_model_is_told_of_the_old_ones(
    world: World, ada: Person, llm: ScriptedLlm
):
    interview = await ada.interview()
    first = await ada.start(interview["id"])
    await ada.call("POST", f"/api/attempts/{first['attempt']['id']}/end")
    llm.requests.clear()
    fresh = await ada.start(interview["id"], json={"questions": "fresh"})
    old = [question["text"] for question in interview["questions"]]
    told = str(llm.requests[0].messages[0]["content"]).partition("<asked>")[2]
    assert all(text in told for text in old)
    attempt = (await ada.call("GET", f"/api/attempts/{fresh['attempt']['id']}")).json()
    assert {question["text"] for question in attempt["questions"]}.isdisjoint(old)
    assert attempt["versions"]["plan"] == 2
    keys, ids = await keys_and_questions(world, interview["id"])
    assert keys == ids


async def test_a_fresh_start_that_cannot_be_asks_no_model(world: World, ada: Person, eve: Person, llm: ScriptedLlm):
    interview, of_eve = await ada.interview(), await eve.interview()
    await ada.start(interview["id"])
    llm.requests.clear()
    path, body = f"/api/interviews/{interview['id']}/attempts", {"questions": "fresh"}
    assert problem_of(await ada.call("POST", path, json=body)) == (409, "attempt_open")
    await world.beat_worker(capacity=1, active=1)
    path = f"/api/interviews/{of_eve['id']}/attempts"
    assert problem_of(await eve.call("POST", path, json=body)) == (503, "at_capacity")
    assert llm.requests == []


async def test_the_same_fresh_request_again_is_the_same_attempt_with_one_plan(
    world: World, ada: Person, llm: ScriptedLlm
):
    interview_id = (await ada.interview())["id"]
    headers, body = {"Idempotency-Key": "click-1"}, {"questions": "fresh"}
    one = await ada.start(interview_id, headers=headers, json=body)
    llm.requests.clear()
    other = await ada.start(interview_id, headers=headers, json=body)
    assert one["attempt"]["id"] == other["attempt"]["id"]
    assert llm.requests == []
    assert (await world.store.interview(interview_id)).current_plan.version == 2


async def test_others_start_while_somebodys_questions_are_written(world: World, ada: Person, llm: ScriptedLlm):
    eve = await sign_up(world, "Eve")
    of_ada, of_eve = await ada.interview(), await eve.interview()
    llm.was_asked.clear()
    llm.mode = "hang"
    waiting = asyncio.create_task(ada.start(of_ada["id"], json={"questions": "fresh"}))
    try:
        assert await asyncio.to_thread(llm.was_asked.wait, LONG_SEC / 2)
        await asyncio.wait_for(eve.start(of_eve["id"]), LONG_SEC / 2)
        assert not waiting.done()
    finally:
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    assert (await world.store.interview(of_ada["id"])).current_plan.version == 1


async def test_the_process_plans_with_the_model_of_its_settings(llm: ScriptedLlm):
    settings = make_settings(openai_base_url=llm.base_url, plan_with_llm="auto", plan_deadline_sec=LONG_SEC)
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        draft = await app.state.services.planner.plan(parameters(question_count=2))
    assert draft.source.startswith("llm:")
