"""Assessments that nobody makes end, and answers that come late are assessed."""

import pytest

from storage.assessment_store import GAVE_UP, MAX_ASSESSMENT_TRIES, OVERDUE
from storage.models.worker_api import TurnBatch
from tests.api.support import Person, World
from tests.api.sweeping import sweep
from tests.api.test_worker import client
from tests.support.samples import turn

pytestmark = pytest.mark.api


async def test_an_answer_that_arrives_after_the_attempt_was_given_up_gets_its_feedback(world: World, live: str):
    await world.store.end_attempt(live, reason="candidate_absent", now=world.clock())
    assert (await world.attempt(live)).status == "abandoned"
    batch = TurnBatch(turns=[turn(10_001, speaker="candidate", intent="answer")])
    await client(world).attempt(live).store_turns(batch)
    assert (await world.attempt(live)).status == "ended"
    work = await world.store.claim_assessment("a1", lease_sec=60)
    assert work is not None
    assert work.attempt.id == live


async def test_an_assessment_that_nobody_claims_fails_with_a_reason_and_can_be_asked_for_again(
    world: World, ada: Person, live: str
):
    await world.store.append_turns(live, [turn(10_001, speaker="candidate", intent="answer")])
    await world.store.end_attempt(live, reason="completed", now=world.clock())
    world.clock.pass_sec(world.settings.assessment_overdue_sec - 1)
    await sweep(world)
    assert (await ada.call("GET", f"/api/attempts/{live}/feedback")).json()["status"] == "queued"
    world.clock.pass_sec(2)
    await sweep(world)
    failed = (await ada.call("GET", f"/api/attempts/{live}/feedback")).json()
    assert (failed["status"], failed["reason"]) == ("failed", OVERDUE)
    assert (await ada.call("POST", f"/api/attempts/{live}/feedback")).status_code == 202
    assert (await world.store.claim_assessment("a1", lease_sec=60)) is not None


async def test_an_assessment_whose_assessors_all_died_fails_without_another_one(world: World, ada: Person, live: str):
    await world.store.append_turns(live, [turn(10_001, speaker="candidate", intent="answer")])
    await world.store.end_attempt(live, reason="completed", now=world.clock())
    for number in range(MAX_ASSESSMENT_TRIES):
        assert await world.store.claim_assessment(f"a{number}", lease_sec=60)
        world.clock.pass_sec(61)
    await sweep(world)
    failed = (await ada.call("GET", f"/api/attempts/{live}/feedback")).json()
    assert (failed["status"], failed["reason"]) == ("failed", GAVE_UP)
