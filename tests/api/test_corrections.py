"""Candidates correct what the recogniser misheard, beside what it wrote."""

from typing import Any

import pytest

from tests.api.support import Person, World, assess, ended_attempt, exported, problem_of
from tests.support.samples import turn

pytestmark = pytest.mark.api

SAID = [
    turn(10_001, speaker="interviewer", intent=None, act="question", text="What is an index?", confidence=None),
    turn(10_002, text="An in text makes it fast."),
]


async def shown(person: Person, attempt_id: str) -> list[tuple[str, str | None]]:
    items = (await person.call("GET", f"/api/attempts/{attempt_id}/turns")).json()["items"]
    return [(item["text"], item["corrected_text"]) for item in items]


async def test_a_correction_stands_beside_what_was_recognised(world: World, ada: Person):
    attempt_id = await ended_attempt(world, ada, said=SAID)
    path = f"/api/attempts/{attempt_id}/turns/10002/correction"
    response = await ada.call("PUT", path, json={"text": "  An index makes it fast.\n"})
    assert response.status_code == 200
    assert response.json() == {
        "seq": 10_002,
        "text": "An index makes it fast.",
        "corrected_at": response.json()["corrected_at"],
    }
    assert await shown(ada, attempt_id) == [
        ("What is an index?", None),
        ("An in text makes it fast.", "An index makes it fast."),
    ]


async def test_another_correction_replaces_it_and_taking_it_back_leaves_what_was_recognised(world: World, ada: Person):
    attempt_id = await ended_attempt(world, ada, said=SAID)
    path = f"/api/attempts/{attempt_id}/turns/10002/correction"
    for text in ("An index.", "An index makes it fast."):
        assert (await ada.call("PUT", path, json={"text": text})).json()["text"] == text
    assert (await shown(ada, attempt_id))[1] == (SAID[1].text, "An index makes it fast.")
    for _ in range(2):
        assert (await ada.call("DELETE", path)).status_code == 204
    assert (await shown(ada, attempt_id))[1] == (SAID[1].text, None)


async def test_a_part_that_goes_on_is_corrected_by_itself(world: World, ada: Person):
    said = [*SAID, turn(10_003, speaker="interviewer", text="Right."), turn(10_004, text="And rights slower.")]
    said[-1] = said[-1].model_copy(update={"goes_on": True})
    attempt_id = await ended_attempt(world, ada, said=said)
    await ada.call("PUT", f"/api/attempts/{attempt_id}/turns/10004/correction", json={"text": "And writes slower."})

    items = (await ada.call("GET", f"/api/attempts/{attempt_id}/turns")).json()["items"]
    assert [item["seq"] for item in items] == [10_001, 10_002, 10_003]
    whole = items[1]
    assert whole["text"] == "An in text makes it fast. And rights slower."
    assert whole["corrected_text"] == "An in text makes it fast. And writes slower."
    assert whole["parts"] == [
        {"seq": 10_002, "text": "An in text makes it fast.", "corrected_text": None},
        {"seq": 10_004, "text": "And rights slower.", "corrected_text": "And writes slower."},
    ]
    assert [items[0]["parts"], items[2]["parts"]] == [[], []]


async def test_corrections_come_with_their_page(world: World, ada: Person):
    attempt_id = await ended_attempt(world, ada, said=[turn(seq) for seq in (10_001, 10_002, 10_003)])
    path = f"/api/attempts/{attempt_id}/turns"
    await ada.call("PUT", f"{path}/10003/correction", json={"text": "Corrected."})
    first = (await ada.call("GET", path, params={"limit": 2})).json()
    rest = (await ada.call("GET", path, params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [item["corrected_text"] for item in first["items"] + rest["items"]] == [None, None, "Corrected."]


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
async def test_only_what_the_candidate_said_can_be_corrected(world: World, ada: Person, method: str):
    attempt_id = await ended_attempt(world, ada, said=SAID)
    response = await ada.call(
        method, f"/api/attempts/{attempt_id}/turns/10001/correction", json={"text": "What is an interval?"}
    )
    assert problem_of(response) == (422, "validation_failed")
    [error] = response.json()["errors"]
    assert error["field"] == "seq"
    assert "said by the interviewer" in error["message"]


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize("seq", ["9999", "10003", "0", "-1", "99999999999"])
async def test_a_turn_that_is_not_there_is_not_found(world: World, ada: Person, method: str, seq: str):
    attempt_id = await ended_attempt(world, ada, said=SAID)
    response = await ada.call(method, f"/api/attempts/{attempt_id}/turns/{seq}/correction", json={"text": "x"})
    assert problem_of(response) == (404, "not_found")


async def test_nothing_is_corrected_while_the_interview_goes_on(world: World, ada: Person):
    attempt_id = (await ada.start())["attempt"]["id"]
    await world.go_live(attempt_id)
    await world.store.append_turns(attempt_id, SAID)
    response = await ada.call("PUT", f"/api/attempts/{attempt_id}/turns/10002/correction", json={"text": "x"})
    assert problem_of(response) == (409, "attempt_open")
    assert response.json()["attempt_id"] == attempt_id
    assert await shown(ada, attempt_id) == [(said.text, None) for said in SAID]


@pytest.mark.parametrize(
    "body", [{}, {"text": ""}, {"text": " \n"}, {"text": "x" * 50_001}, {"text": "a\x00b"}, {"text": "x", "seq": 1}]
)
async def test_a_wrong_correction_is_refused(world: World, ada: Person, body: dict[str, Any]):
    attempt_id = await ended_attempt(world, ada, said=SAID)
    response = await ada.call("PUT", f"/api/attempts/{attempt_id}/turns/10002/correction", json=body)
    assert problem_of(response) == (422, "validation_failed")
    assert (await shown(ada, attempt_id))[1][1] is None


async def test_feedback_says_that_something_was_corrected_since_until_it_is_made_again(world: World, ada: Person):
    attempt_id = await ended_attempt(world, ada, said=SAID)
    path, turn_path = f"/api/attempts/{attempt_id}/feedback", f"/api/attempts/{attempt_id}/turns/10002/correction"
    await ada.call("PUT", turn_path, json={"text": "An index, I said."})
    assert (await ada.call("GET", path)).json()["corrections_since"] is False, "it waits, and will read it"

    await assess(world, attempt_id)
    ready = (await ada.call("GET", path)).json()
    assert (ready["status"], ready["corrections_since"]) == ("ready", False)
    await ada.call("PUT", turn_path, json={"text": "An index makes it fast."})
    assert (await ada.call("GET", path)).json()["corrections_since"] is True

    assert (await ada.call("POST", path)).status_code == 202
    await assess(world, attempt_id, corrected_turns=[10_002])
    newest = (await ada.call("GET", path)).json()
    assert (newest["corrections_since"], newest["feedback"]["corrected_turns"]) == (False, [10_002])
    older = (await ada.call("GET", path, params={"assessment": ready["assessment_id"]})).json()
    assert older["corrections_since"] is True
    await ada.call("DELETE", turn_path)
    assert (await ada.call("GET", path)).json()["corrections_since"] is True


async def test_the_assessor_gets_what_was_corrected(world: World, ada: Person):
    attempt_id = await ended_attempt(world, ada, said=SAID)
    await ada.call("PUT", f"/api/attempts/{attempt_id}/turns/10002/correction", json={"text": "An index, I said."})
    work = await world.store.claim_assessment("assessor-1", lease_sec=60)
    assert work is not None
    assert [(one.seq, one.text) for one in work.corrections] == [(10_002, "An index, I said.")]
    assert work.turns == SAID


async def test_corrections_are_part_of_what_can_be_taken_along(world: World, ada: Person):
    attempt_id = await ended_attempt(world, ada, said=SAID)
    await ada.call("PUT", f"/api/attempts/{attempt_id}/turns/10002/correction", json={"text": "An index, I said."})
    turns = (await exported(ada))["turns.json"]
    corrected = [(row["seq"], row["corrected_text"]) for row in turns if row["corrected_text"] is not None]
    assert corrected == [(10_002, "An index, I said.")]
