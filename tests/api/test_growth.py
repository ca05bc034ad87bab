"""Two attempts compared, and progress over all of them."""

import pytest

from prompts.question_bank import load_bank
from storage.models.feedback import AboutQuestion, PointCoverage, QuestionFeedback
from storage.models.meaning import packed
from tests.api.support import Person, World, assessed_attempt, ended_attempt, problem_of
from tests.support.samples import area, grader

pytestmark = pytest.mark.api

HEDGING = packed([0.0, 1.0])


def question(covered: str) -> QuestionFeedback:
    point = PointCoverage.model_validate({"point": "It is fast", "covered": covered, "quote": None, "point_id": "fast"})
    return QuestionFeedback(
        question_id="sql-index",
        index=0,
        text="What about an index?",
        status="answered",
        score=50,
        comment="",
        expected_points=[point],
    )


async def test_the_two_newest_assessed_attempts_are_compared(world: World, ada: Person):
    interview_id = (await ada.interview())["id"]
    await assessed_attempt(world, ada, interview_id, overall_score=20)
    before = await assessed_attempt(world, ada, interview_id, overall_score=50, questions=[question("no")])
    after = await assessed_attempt(world, ada, interview_id, overall_score=64, questions=[question("yes")])
    await ended_attempt(world, ada, interview_id=interview_id)

    response = await ada.call("GET", f"/api/interviews/{interview_id}/comparison")
    assert response.status_code == 200, response.text
    seen = response.json()
    assert (seen["from"]["attempt_id"], seen["to"]["attempt_id"]) == (before, after)
    assert (seen["from"]["number"], seen["to"]["number"]) == (2, 3)
    assert seen["overall"] == {"from": 50, "to": 64, "difference": 14, "spread": 5, "change": "better"}
    assert (seen["comparable"], seen["why"]) == (True, None)
    assert [point["point"] for point in seen["questions"][0]["newly_covered"]] == ["It is fast"]
    assert seen["delivery"]["longest_pause_sec"] == {"from": 1.5, "to": 1.5, "difference": 0}


async def test_any_two_can_be_named_in_either_order(world: World, ada: Person):
    interview_id = (await ada.interview())["id"]
    ids = [await assessed_attempt(world, ada, interview_id, overall_score=score) for score in (20, 50, 60)]

    async def numbers(**query: str) -> tuple[int, int]:
        seen = (await ada.call("GET", f"/api/interviews/{interview_id}/comparison", params=query)).json()
        return seen["from"]["number"], seen["to"]["number"]

    assert await numbers(**{"from": ids[0]}) == (1, 3)
    assert await numbers(to=ids[1]) == (1, 2)
    assert await numbers(**{"from": ids[2], "to": ids[0]}) == (3, 1)


async def test_two_judges_are_said_to_be_no_comparison(world: World, ada: Person):
    interview_id = (await ada.interview())["id"]
    await assessed_attempt(world, ada, interview_id, overall_score=50)
    await assessed_attempt(world, ada, interview_id, overall_score=90, grader=grader(kind="llm", model="gpt"))
    seen = (await ada.call("GET", f"/api/interviews/{interview_id}/comparison")).json()
    assert seen["comparable"] is False
    assert "a language model" in seen["why"]
    assert (seen["overall"]["difference"], seen["overall"]["change"]) == (40, "not_comparable")


async def test_there_is_nothing_to_compare_before_two_attempts_have_feedback(world: World, ada: Person):
    interview_id = (await ada.interview())["id"]
    path = f"/api/interviews/{interview_id}/comparison"
    assert problem_of(await ada.call("GET", path)) == (409, "not_comparable")
    first = await assessed_attempt(world, ada, interview_id)
    assert problem_of(await ada.call("GET", path)) == (409, "not_comparable")
    waiting = await ended_attempt(world, ada, interview_id=interview_id)
    refused = await ada.call("GET", path, params={"from": first, "to": waiting})
    assert problem_of(refused) == (409, "not_comparable")
    assert refused.json()["detail"] == "Attempt 2 has no feedback."


async def test_an_attempt_is_not_compared_with_itself_or_with_what_comes_before_the_first(world: World, ada: Person):
    interview_id = (await ada.interview())["id"]
    path = f"/api/interviews/{interview_id}/comparison"
    first, last = [await assessed_attempt(world, ada, interview_id) for _ in range(2)]
    itself = await ada.call("GET", path, params={"from": last})
    assert problem_of(itself) == (422, "validation_failed")
    assert [error["field"] for error in itself.json()["errors"]] == ["from"]
    assert problem_of(await ada.call("GET", path, params={"to": first})) == (409, "not_comparable")


async def test_an_attempt_of_another_interview_is_not_found(world: World, ada: Person, eve: Person):
    interview_id = (await ada.interview())["id"]
    mine = await assessed_attempt(world, ada, interview_id)
    elsewhere, theirs = await assessed_attempt(world, ada), await assessed_attempt(world, eve)
    path = f"/api/interviews/{interview_id}/comparison"
    for other in (elsewhere, theirs, "no-uuid"):
        assert problem_of(await ada.call("GET", path, params={"from": other})) == (404, "not_found")
        assert problem_of(await ada.call("GET", path, params={"from": mine, "to": other})) == (404, "not_found")


async def test_progress_goes_over_all_interviews_and_is_ones_own(world: World, ada: Person, eve: Person):
    first = await assessed_attempt(world, ada, overall_score=40, areas_for_improvement=[area("You hedge", HEDGING)])
    await assessed_attempt(world, eve, overall_score=99)
    again = [area("Say what you are sure of", HEDGING)]
    second = await assessed_attempt(world, ada, overall_score=60, areas_for_improvement=again)
    third = await assessed_attempt(world, ada, overall_score=80)
    await ended_attempt(world, ada)

    response = await ada.call("GET", "/api/progress")
    assert response.status_code == 200, response.text
    seen = response.json()
    assert [(point["attempt_id"], point["overall_score"]) for point in seen["points"]] == [
        (first, 40),
        (second, 60),
        (third, 80),
    ]
    assert seen["points"][0]["title"] == "Backend developer (mid, technical)"
    assert seen["overall_trend"] == {"first": 40, "last": 80, "difference": 40, "count": 3, "change": "better"}
    assert {one["trend"]["change"] for one in seen["categories"]} == {"too_few"}
    [recurring] = seen["recurring_areas"]
    assert (recurring["text"], recurring["attempts"]) == ("Say what you are sure of", [first, second])
    assert recurring["trend"] == "falling"
    assert HEDGING not in response.text


async def test_an_attempt_counts_once_by_its_newest_feedback(world: World, ada: Person):
    attempt_id = await assessed_attempt(world, ada, overall_score=40)
    await ada.call("POST", f"/api/attempts/{attempt_id}/feedback")
    seen = (await ada.call("GET", "/api/progress")).json()
    assert [point["overall_score"] for point in seen["points"]] == [40]


async def test_what_progress_offers_to_practise_makes_an_interview_that_begins_with_it(world: World, ada: Person):
    costs = area("Say what an index costs.").model_copy(
        update={"about": [AboutQuestion(question_id="sql-index-cost", kind="technical")]}
    )
    found_in = (await ada.interview(interview_type="mixed", question_count=4))["id"]
    for _ in range(2):
        await assessed_attempt(world, ada, found_in, areas_for_improvement=[costs])

    practice = (await ada.call("GET", "/api/progress")).json()["practice"]
    [offered] = practice["areas"]
    assert (practice["interview_id"], practice["interview_type"]) == (found_in, "technical")
    assert offered["subjects"] == ["databases"]

    focus = [{"text": offered["text"], "question_ids": offered["question_ids"]}]
    made = await ada.interview(interview_type=practice["interview_type"], question_count=4, focus=focus)
    assert made["focus"] == focus
    bank = load_bank()
    first, second, *_ = [bank.question(question["question_id"]) for question in made["questions"]]
    assert (first.topic, second.topic) == ("databases", "databases")
    assert made["questions"][0]["reason"] == {"because": "practice", "name": "databases"}
    again = await ada.interview(interview_type="technical", question_count=4, focus=focus)
    asked = {question["question_id"] for question in made["questions"]}
    assert asked.isdisjoint(question["question_id"] for question in again["questions"][:2]), "fresh ones each time"


async def test_advice_without_its_questions_is_taken_too(ada: Person):
    assert (await ada.interview(focus=["You hedge"]))["focus"] == [{"text": "You hedge", "question_ids": []}]


async def test_progress_is_empty_for_somebody_new_and_closed_to_strangers(world: World, ada: Person):
    seen = (await ada.call("GET", "/api/progress")).json()
    assert (seen["points"], seen["recurring_areas"], seen["practice"]) == ([], [], None)
    assert problem_of(await world.http.get("/api/progress")) == (401, "unauthenticated")
