"""The judgement of answers from standard input, as JSON."""

import asyncio
import io
import json
from typing import Any

import pytest

from agent.assessment.answer_command import parsed, run
from agent.assessment.on_device import OnDeviceJudge
from agent.assessment.on_device_grading import OnDeviceGrading
from agent.assessment.reference import sentences_of_reference

pytestmark = pytest.mark.unit
QUESTION = "What does an index on a database table cost, and what do you get for it?"
ANSWER = "With an index the database finds a row without reading the whole table, but every write gets slower."
POINTS = ["Finding a row needs no scan of the whole table", "Every write gets slower"]


def called(judge: OnDeviceJudge, arguments: list[str], stdin: str) -> tuple[int, list[dict[str, Any]], str]:
    out, errors = io.StringIO(), io.StringIO()
    grading = OnDeviceGrading(judge)
    judging = run(parsed(arguments), lambda: grading, stdin=io.StringIO(stdin), stdout=out, stderr=errors)
    code = asyncio.run(judging)
    return code, [json.loads(line) for line in out.getvalue().splitlines()], errors.getvalue()


def test_an_answer_is_judged_against_points_given_as_text(judge: OnDeviceJudge):
    code, [judged], errors = called(judge, ["--question", QUESTION, "--points", *POINTS], ANSWER)
    assert (code, errors) == (0, "")
    assert judged["status"] == "answered"
    assert [point["point"] for point in judged["points"]] == POINTS
    for point in judged["points"]:
        assert point["covered"] == "no" or point["quote"] in ANSWER
    assert 0 < judged["score"] <= 1


def test_who_does_not_know_gets_a_reason_and_no_score(judge: OnDeviceJudge):
    _, [judged], _ = called(judge, ["--question", QUESTION, "--points", *POINTS], "Sorry, I don't know.")
    assert judged["reason"] == "said they don't know"
    assert judged["score"] is None


def test_a_batch_is_answered_line_by_line_in_its_order(judge: OnDeviceJudge):
    lines = [
        {"id": "right", "question": QUESTION, "expected_points": POINTS, "answer": ANSWER},
        {
            "id": "by reference",
            "question": QUESTION,
            "reference_answer": f"{POINTS[0]}. {POINTS[1]}.",
            "answer": ANSWER,
        },
    ]
    code, judged, _ = called(judge, ["--batch"], "\n".join(map(json.dumps, lines)) + "\n\n")
    assert code == 0
    assert [one["id"] for one in judged] == ["right", "by reference"]
    assert [point["point"] for point in judged[1]["points"]] == POINTS


def test_a_bad_line_is_named_with_its_field_and_what_came_before_is_kept(judge: OnDeviceJudge):
    good = json.dumps({"id": "1", "question": QUESTION, "expected_points": POINTS, "answer": ANSWER})
    code, judged, errors = called(judge, ["--batch"], f'{good}\n{{"question": "{QUESTION}"}}\n')
    assert code == 2
    assert len(judged) == 1
    assert errors.startswith("line 2: answer: ")


def test_an_answer_without_anything_expected_is_refused(judge: OnDeviceJudge):
    code, judged, errors = called(judge, ["--question", QUESTION], ANSWER)
    assert (code, judged) == (2, [])
    assert "expected_points or reference_answer is needed" in errors


def test_headings_and_crumbs_of_a_reference_are_no_points():
    assert sentences_of_reference("Differences:\n-Sequence number\n-Flags. The header is longer!") == [
        "Sequence number",
        "The header is longer",
    ]


def test_closeness_to_a_reference_ranks_answers_by_what_they_have_of_it(judge: OnDeviceJudge):
    reference = "Finding a row needs no scan of the whole table. Every write gets slower, and it takes space."
    answers = [
        "It has to do with tables and the database, and you would want to have one on the table I suppose.",
        "It takes up some space.",
        "You find a row without scanning the whole table.",
        "Finding rows needs no full scan any more, but it takes space on disk and writing gets slower.",
    ]
    lines = [{"question": QUESTION, "reference_answer": reference, "answer": answer} for answer in answers]
    _, judged, _ = called(judge, ["--batch"], "\n".join(map(json.dumps, lines)))
    closeness = [one["closeness"] for one in judged]
    assert closeness == sorted(closeness)
    assert closeness[-1] - closeness[0] > 0.2
