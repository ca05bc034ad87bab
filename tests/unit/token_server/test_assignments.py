"""What each written question is to be about."""

import random
from collections import Counter

import pytest

from prompts import load_prompt, prompt_variables
from tests.support.samples import parameters
from token_server.planning.assignments import ANGLES, COMPETENCIES, OF_LEADERS, assign

pytestmark = pytest.mark.unit


def test_fifteen_technical_questions_are_asked_from_fifteen_sides_about_each_technology_in_turn():
    assignments = assign(parameters(question_count=15, technologies=["Go", "SQL", "Redis"]), random.Random(1))
    assert {assignment.subject for assignment in assignments} == set(ANGLES)
    assert Counter(assignment.technology for assignment in assignments) == {1: 5, 2: 5, 3: 5}
    assert not any(assignment.competency for assignment in assignments)


def test_fifteen_stories_are_about_fifteen_competencies_and_no_technology():
    assignments = assign(parameters(interview_type="behavioral", question_count=15), random.Random(1))
    assert {assignment.competency for assignment in assignments} == set(COMPETENCIES)
    assert {assignment.technology for assignment in assignments} == {None}


def test_beginners_are_not_asked_how_they_led():
    wanted = parameters(interview_type="behavioral", level="junior", question_count=15)
    subjects = [assignment.subject for assignment in assign(wanted, random.Random(1))]
    assert len(subjects) == 15
    assert not OF_LEADERS.intersection(subjects)


def test_kinds_are_the_plans():
    kinds = [one.kind for one in assign(parameters(interview_type="mixed", question_count=4), random.Random(1))]
    assert kinds == ["behavioral", "technical", "behavioral", "technical"]


def test_two_plans_of_one_interview_have_other_subjects():
    drawn = {
        tuple(one.subject for one in assign(parameters(question_count=3), random.Random(seed))) for seed in range(10)
    }
    assert len(drawn) > 5


def test_the_prompt_explains_every_side_of_a_technical_question():
    prompt = load_prompt("plan_question", **dict.fromkeys(prompt_variables("plan_question"), "-"))
    explained = prompt.partition("# Subject")[2].partition("# The key")[0]
    assert [line.partition(":")[0] for line in explained.splitlines() if line.startswith("- ")] == [
        f"- {angle}" for angle in ANGLES
    ]
