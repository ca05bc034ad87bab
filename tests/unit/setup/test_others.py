"""What somebody tells of other people is nothing that they want."""

import pytest

from tests.support.setup_turns import read

pytestmark = pytest.mark.unit


def test_a_brothers_level_and_technology_are_his():
    told = read("My brother is a senior Java developer, but I'm after a junior job, QA engineer it's called.").slots
    assert (told.role, told.level, told.technologies) == ("QA engineer", "junior", None)


def test_what_is_said_of_him_in_the_same_sentence_is_his_too():
    told = read(
        "My brother is a network engineer and he had fifteen questions, all technical, about Cisco. I'm not him. "
        "I'm a photographer and I want a behavioral interview."
    ).slots
    assert (told.role, told.interview_type) == ("photographer", "behavioral")
    assert (told.question_count, told.technologies) == (None, None)


@pytest.mark.parametrize(
    ("text", "level"), [("Senior. My colleague is the junior.", "senior"), ("My sister's a senior, I'm mid.", "mid")]
)
def test_the_own_level_counts(text: str, level: str):
    assert read(text, "level").slots.level == level


def test_advice_is_taken_as_it_is_said():
    assert read("My friend says mixed.", "interview_type").slots.interview_type == "mixed"


def test_where_nobody_else_is_spoken_of_it_is_the_answer():
    assert read("My friend is a React developer.", "role").slots.role == "React developer"
