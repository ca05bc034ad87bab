"""What code refuses of a question that a model wrote, and what it makes of one without a fault."""

from typing import Any

import pytest

from prompts.question_bank import load_bank
from storage.models.interview import QuestionKind
from tests.support.written_questions import written_question
from token_server.planning.faults import faults_of
from token_server.planning.written import PlanQuestion, WrittenQuestion, id_of, tidied

pytestmark = pytest.mark.unit

POINTS: list[dict[str, Any]] = written_question()["expected_points"]


def written(kind: QuestionKind = "technical", **changes: Any) -> WrittenQuestion:
    return tidied(WrittenQuestion.model_validate(written_question(kind, **changes)))


def faults(question: WrittenQuestion, kind: QuestionKind = "technical", *others: str) -> str:
    return "\n".join(faults_of(question, kind=kind, others=others))


def points(**changes: Any) -> list[dict[str, Any]]:
    """With the first of them changed."""
    return [POINTS[0] | changes, *POINTS[1:]]


@pytest.mark.parametrize("kind", ["technical", "behavioral"])
@pytest.mark.parametrize("number", range(20))
def test_a_good_question_has_no_fault(kind: QuestionKind, number: int):
    assert faults(written(kind, number=number), kind) == ""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("And then?", "2 words"),
        (" ".join(["How would you do this and that"] * 7) + "?", "49 words"),
        ("You keep the kettle away from the bridge.", "must end as a question"),
        ("How would you keep the kettle apart", "must end as a question"),
        ("How would you keep them apart? And what would it cost?", "more than one question"),
        ("It is slow. It is old. It is loud. How would you mend it?", "4 sentences"),
        ("What does `git rebase` do to a branch that others use?", "marks that can't be spoken"),
        ("Why would one run **two** of them side by side?", "marks that can't be spoken"),
        ("What do you think of the way www.example.com does it?", "a link"),
        ("What would you change about the page of example.com first?", "a link"),
        ("Would you write to jobs@example.org about it, and why?", "a link"),
        ("Could you call 030 1234 56789 when you are ready to answer?", "a number"),
        ("What is your home address, and how long have you lived there?", "private data"),
        ("Before we begin, what is your password and who else has it?", "private data"),
        ("How would you keep the \x07 and the bridge apart?", "nobody can read"),
        ("Why would you write a small test that shows the fault?", "text gives point 2 away"),
    ],
)
def test_a_text_that_cannot_be_asked_is_refused(text: str, fault: str):
    assert fault in faults(written(text=text))


@pytest.mark.parametrize(
    "text",
    [
        "How does C# give memory back that nobody uses any more?",
        "Your page got slow on Monday. Walk me through how you find the reason.",
        "Please describe how you would move a kettle across the bridge.",
        "How would you check that an address on a form is a real one?",
    ],
)
def test_what_can_be_asked_is_not_refused(text: str):
    assert faults(written(text=text)) == ""


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"kind": "behavioral"}, "kind must be technical"),
        ({"expected_points": POINTS[:2]}, "expected_points: 2 points, 3 to 6"),
        ({"expected_points": POINTS * 3}, "expected_points: 9 points"),
        ({"expected_points": [*POINTS, POINTS[0]]}, "points 1 and 4 say the same"),
        ({"expected_points": [point | {"importance": "bonus"} for point in POINTS]}, "importance must"),
        ({"expected_points": points(claim="It " * 16)}, "point 1, claim: 16 words"),
        ({"expected_points": points(paraphrases=["I look at the figures"])}, "point 1, paraphrases: 1 texts"),
        ({"expected_points": points(paraphrases=["the figures are old"] * 2)}, "twice"),
        ({"expected_points": points(keywords=[])}, "point 1 needs keywords"),
        ({"expected_points": points(keywords=[["time", "first"], ["bridge"]])}, "point 1 needs keywords"),
        ({"expected_points": points(keywords=[["kangaroo"]])}, "point 1 needs keywords"),
        ({"misconceptions": []}, "misconceptions"),
        ({"misconceptions": [{"claim": "It is never worth the trouble", "contradicts": 7}]}, "point 7, which is not"),
        ({"misconceptions": [{"claim": "One writes a small test", "contradicts": 1}]}, "reads like an expected point"),
        ({"follow_ups": ["What would you do then?"]}, "follow_ups: 1 questions"),
        ({"follow_ups": ["What would you do then?", "Tell me more."]}, "follow-up 2 must end with a question mark"),
        ({"follow_ups": ["What would you do then?", "Would you roll it out slowly?"]}, "follow-up 2 gives point 3"),
        ({"hint": "Think of the figures of the day before."}, "hint gives point 1 away by “figures”"),
        ({"hint": "Measure first, then compare it with yesterday."}, "hint gives point 1 away"),
        ({"hint": "See https://example.org for the answer to it."}, "hint has a link"),
        ({"answer_sec": 5}, "answer_sec: 5 seconds"),
    ],
)
def test_a_key_that_cannot_judge_is_refused(changes: dict[str, Any], fault: str):
    assert fault in faults(written(**changes))


@pytest.mark.parametrize(
    "story",
    [
        [],
        [{"part": part, "shows": "what it was"} for part in ("situation", "result", "number")],
        [{"part": "action", "shows": "what they did"}] * 3,
    ],
)
def test_a_behavioral_question_says_what_its_story_shows(story: list[dict[str, str]]):
    assert "story" in faults(written("behavioral", story=story), "behavioral")


def test_a_question_that_was_asked_before_is_refused_in_other_words_too():
    earlier = "When the lantern moves, how do you keep bridge and kettle apart?"
    assert "another question" in faults(written(), "technical", "What is a lock?", earlier)


def test_keywords_that_tell_nothing_are_left_out():
    keywords = [["figures", "kettle", "time", "figures"], ["bridge", "now"], ["yesterday"]]
    question = written(expected_points=points(keywords=keywords))
    assert question.expected_points[0].keywords == [["figures"], ["yesterday"]]
    assert faults(question) == ""


def test_surplus_fields_and_a_technical_story_do_no_harm():
    story = [{"part": "action", "shows": "nothing"}]
    assert written(story=story, difficulty="hard").story == []


def test_a_key_is_made_with_ids_that_stay_for_the_same_words():
    made = PlanQuestion.of_written(written("behavioral"), "conflict")
    question_id = id_of(made.text)
    assert made.key.question_id == question_id == id_of(f"  {made.text.upper()} ")
    assert question_id.startswith("llm-")
    assert [point.point_id for point in made.key.expected_points] == [f"{question_id}-p{n}" for n in (1, 2, 3)]
    assert made.key.misconceptions[0].contradicts == f"{question_id}-p2"
    assert (made.key.competency, [part.part for part in made.key.story][1]) == ("conflict", "action")
    assert made.planned(3).model_dump() == {
        "question_id": question_id,
        "index": 3,
        "kind": "behavioral",
        "text": made.text,
        "reason": None,
        "asked_before": False,
    }


def test_no_question_of_the_bank_would_be_refused():
    refused: dict[str, list[str]] = {}
    for question in load_bank().questions:
        numbers = {point.point_id: number for number, point in enumerate(question.expected_points, 1)}
        fields = question.model_dump()
        for wrong in fields["misconceptions"]:
            wrong["contradicts"] = numbers.get(wrong["contradicts"])
        found = faults_of(tidied(WrittenQuestion.model_validate(fields)), kind=question.kind, others=[])
        refused |= {question.question_id: found} if found else {}
    assert refused == {}
