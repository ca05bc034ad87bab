"""What each written question is to be about."""

import random
from collections import Counter

import pytest

from prompts import load_prompt, prompt_variables
from storage.models.interview import InterviewParameters
from tests.support.samples import parameters
from token_server.planning.assignments import ANGLES, COMPETENCIES, OF_LEADERS, Assignment, assign
from token_server.planning.focus import competency_focuses, technology_focuses
from token_server.planning.kinds import planned_kinds
from token_server.planning.material import Material

pytestmark = pytest.mark.unit


def assigned(wanted: InterviewParameters, seed: int = 1, resume: str | None = None) -> list[Assignment]:
    material = Material.of(wanted, resume)
    technologies, competencies = technology_focuses(wanted, material), competency_focuses(material)
    return assign(wanted, planned_kinds(wanted), technologies, competencies, random.Random(seed))


def test_fifteen_technical_questions_are_asked_from_fifteen_sides_about_each_technology_in_turn():
    assignments = assigned(parameters(question_count=15, technologies=["Go", "SQL", "Redis"]))
    assert {assignment.subject for assignment in assignments} == set(ANGLES)
    assert Counter(assignment.technology for assignment in assignments) == {1: 5, 2: 5, 3: 5}
    assert not any(assignment.competency for assignment in assignments)


def test_fifteen_stories_are_about_fifteen_competencies_and_no_technology():
    assignments = assigned(parameters(interview_type="behavioral", question_count=15))
    assert {assignment.competency for assignment in assignments} == set(COMPETENCIES)
    assert {assignment.technology for assignment in assignments} == {None}


def test_beginners_are_not_asked_how_they_led():
    wanted = parameters(interview_type="behavioral", level="junior", question_count=15)
    subjects = [assignment.subject for assignment in assigned(wanted)]
    assert len(subjects) == 15
    assert not OF_LEADERS.intersection(subjects)


def test_kinds_are_the_plans():
    kinds = [one.kind for one in assigned(parameters(interview_type="mixed", question_count=4))]
    assert kinds == ["behavioral", "technical", "behavioral", "technical"]


def test_two_plans_of_one_interview_have_other_subjects():
    drawn = {tuple(one.subject for one in assigned(parameters(question_count=3), seed)) for seed in range(10)}
    assert len(drawn) > 5


def test_the_prompt_explains_every_side_of_a_technical_question():
    prompt = load_prompt("plan_question", **dict.fromkeys(prompt_variables("plan_question"), "-"))
    explained = prompt.partition("# Subject")[2].partition("# The key")[0]
    assert [line.partition(":")[0] for line in explained.splitlines() if line.startswith("- ")] == [
        f"- {angle}" for angle in ANGLES
    ]


def test_what_the_documents_name_is_assigned_with_the_reason():
    wanted = parameters(
        interview_type="mixed",
        question_count=4,
        technologies=[],
        job_description="Kafka and Terraform. You mentor others.",
    )
    first, second, third, fourth = assigned(wanted, resume="I ran Kafka for years.")
    assert (first.competency, first.reason and first.reason.because) == ("mentoring", "job_not_resume")
    assert (second.technology, second.reason and second.reason.because) == (1, "job_and_resume")
    assert third.reason is None
    assert (fourth.technology, fourth.reason and fourth.reason.because) == (2, "job_not_resume")
