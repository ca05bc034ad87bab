"""How far the feedback is, what it says, and asking for it again."""

import pytest

from tests.api.support import Person, World, assess, ended_attempt, problem_of
from tests.support.samples import area, feedback

pytestmark = pytest.mark.api


async def test_feedback_tells_how_far_it_is_from_the_start_to_the_report(world: World, ada: Person):
    started = (await ada.start())["attempt"]
    path = f"/api/attempts/{started['id']}/feedback"
    early = await ada.call("GET", path)
    assert (early.status_code, early.json()["status"]) == (200, "not_ready")
    assert "retry-after" in early.headers
    await ada.call("POST", f"/api/attempts/{started['id']}/end")

    attempt_id = await ended_attempt(world, ada)
    path = f"/api/attempts/{attempt_id}/feedback"
    assert (await ada.call("GET", path)).json()["status"] == "queued"
    work = await world.store.claim_assessment("assessor-1", lease_sec=60)
    assert work is not None
    await world.store.report_progress(work.assessment.id, assessor_id="assessor-1", progress=0.5, lease_sec=60)
    running = await ada.call("GET", path)
    assert (running.json()["status"], running.json()["progress"]) == ("running", 0.5)
    assert "retry-after" in running.headers

    report = feedback(attempt_id, work.assessment.id)
    await world.store.finish_assessment(work.assessment.id, assessor_id="assessor-1", feedback=report)
    ready = await ada.call("GET", path)
    assert ready.json()["status"] == "ready"
    assert ready.json()["feedback"] == report.model_dump(mode="json")
    assert "retry-after" not in ready.headers


async def test_an_attempt_without_answers_is_not_assessable(world: World, ada: Person):
    attempt_id = await ended_attempt(world, ada, said=[])
    answer = (await ada.call("GET", f"/api/attempts/{attempt_id}/feedback")).json()
    assert (answer["status"], answer["feedback"]) == ("not_assessable", None)
    assert answer["reason"]


async def test_a_failed_assessment_says_why_and_can_be_asked_for_again(world: World, ada: Person):
    attempt_id = await ended_attempt(world, ada)
    path = f"/api/attempts/{attempt_id}/feedback"
    assert problem_of(await ada.call("POST", path)) == (409, "assessment_running")
    work = await world.store.claim_assessment("assessor-1", lease_sec=60)
    assert work is not None
    assert problem_of(await ada.call("POST", path)) == (409, "assessment_running")
    await world.store.fail_assessment(
        work.assessment.id, assessor_id="assessor-1", reason="The model is down.", retry=False
    )
    failed = (await ada.call("GET", path)).json()
    assert (failed["status"], failed["reason"]) == ("failed", "The model is down.")

    again = await ada.call("POST", path)
    assert (again.status_code, again.json()["status"]) == (202, "queued")
    versions = (await ada.call("GET", f"{path}/versions")).json()["items"]
    assert [version["status"] for version in versions] == ["queued", "failed"]


async def test_an_older_feedback_stays_readable_beside_the_newer(world: World, ada: Person):
    attempt_id = await ended_attempt(world, ada)
    path = f"/api/attempts/{attempt_id}/feedback"
    for score in (60, 80):
        work = await world.store.claim_assessment("assessor-1", lease_sec=60)
        assert work is not None
        report = feedback(attempt_id, work.assessment.id, overall_score=score)
        await world.store.finish_assessment(work.assessment.id, assessor_id="assessor-1", feedback=report)
        if score == 60:
            world.clock.pass_sec(1)
            assert (await ada.call("POST", path)).status_code == 202
    versions = (await ada.call("GET", f"{path}/versions")).json()["items"]
    older = await ada.call("GET", path, params={"assessment": versions[1]["assessment_id"]})
    assert older.json()["feedback"]["overall_score"] == 60
    assert (await ada.call("GET", path)).json()["feedback"]["overall_score"] == 80
    unknown = await ada.call("GET", path, params={"assessment": "00000000-0000-4000-8000-000000000000"})
    assert problem_of(unknown) == (404, "not_found")


async def test_an_interview_that_goes_on_cannot_be_assessed(world: World, ada: Person):
    attempt_id = (await ada.start())["attempt"]["id"]
    assert problem_of(await ada.call("POST", f"/api/attempts/{attempt_id}/feedback")) == (409, "attempt_open")


async def test_what_areas_are_compared_by_is_not_for_candidates(world: World, ada: Person):
    attempt_id = await ended_attempt(world, ada)
    await assess(world, attempt_id, areas_for_improvement=[area("You hedge", "cGFja2Vk")])
    response = await ada.call("GET", f"/api/attempts/{attempt_id}/feedback")
    [shown] = response.json()["feedback"]["areas_for_improvement"]
    assert (shown["text"], shown["meaning"]) == ("You hedge", None)
    assert "cGFja2Vk" not in response.text
