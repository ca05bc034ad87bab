"""How many questions a turn asks for."""

import pytest

from agent.setup.found import Asked
from agent.setup.parser import parse
from storage.models.setup import SetupDraft
from tests.support.setup_turns import read

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "asked", "count"),
    [
        ("Five.", "question_count", 5),
        ("Five. No wait seventh.", "question_count", 7),
        ("It's my fifth interview.", "question_count", None),
        ("about five technical ones", "anything", 5),
        ("12 questions", "anything", 12),
        ("junior tester, 12 qs", "anything", 12),
        ("tester, 5 q's, technical", "anything", 5),
        ("make it 8q pls", "confirm", 8),
        ("a tough one, and the questions ten", "confirm", 10),
        ("No, the other one, technical.", "interview_type", None),
        ("The highest of the three.", "level", None),
        ("Technical. Sorry, wrong one.", "interview_type", None),
        ("One less than ten.", "question_count", 9),
        ("Not many, four.", "question_count", 4),
        ("Not many for.", "question_count", 4),
        ("I'd feel better with seven", "confirm", 7),
        ("better seven than five", "confirm", 7),
        ("five or six", "question_count", 6),
        ("between five and seven", "question_count", 7),
        ("half a dozen", "question_count", 6),
        ("a couple", "question_count", 2),
        ("no more than four", "question_count", 4),
        ("just one", "question_count", 1),
        ("ate", "question_count", 8),
        ("twenty minutes", "question_count", 5),
        ("make it for questions", "confirm", 4),
        ("two behavioral and three technical questions", "anything", 5),
        ("five, no, six", "question_count", 6),
        ("as many as possible", "question_count", 15),
        ("I have five years of experience", "anything", None),
        ("Java 17 and Python 3", "technologies", None),
        ("a technical one", "anything", None),
        ("one moment", "question_count", None),
        ("The first two", "technologies", None),
        ("five plus years", "level", None),
        ("for two roles", "anything", None),
        ("the next one", "question_count", None),
    ],
)
def test_numbers_of_questions(text: str, asked: Asked, count: int | None):
    assert read(text, asked).slots.question_count == count


@pytest.mark.parametrize(("text", "count"), [("Twenty.", 20), ("a hundred questions", 100), ("zero", 0), ("25", 25)])
def test_a_number_that_no_interview_has_is_told(text: str, count: int):
    heard = read(text, "question_count")
    assert heard.slots.question_count is None
    assert heard.count_outside == count


def test_one_more_thing_is_no_question_more():
    assert parse("Yes. Oh, one more thing, add GraphQL.", SetupDraft(), "confirm").count_change == 0


def test_a_number_that_is_heard_as_several_is_one_where_it_is_the_whole_answer():
    assert parse("Elevens.", SetupDraft(), "question_count").slots.question_count == 11
    assert parse("I have two eights at school.", SetupDraft(), "anything").slots.question_count is None
