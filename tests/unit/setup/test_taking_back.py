"""What one turn takes away, exchanges or moves, and what only looks like it."""

import pytest

from agent.setup.parser import parse
from storage.models.setup import SetupDraft
from tests.support.setup_turns import after, read

pytestmark = pytest.mark.unit


def test_technologies_can_all_be_taken_away_or_exchanged():
    draft = SetupDraft(technologies=["Java", "Redis"])
    assert parse("Actually scrap the technologies.", draft, "confirm").slots.technologies == ()
    assert parse("Replace all of that with just Python.", draft, "confirm").replaces


@pytest.mark.parametrize(
    ("text", "technologies"),
    [
        ("Take the technologies out.", []),
        ("Actually, remove all of those tools.", []),
        ("Lose every technology except PostgreSQL.", ["PostgreSQL"]),
        ("Drop everything but Go.", ["Go"]),
        ("Keep only the first one.", ["Go"]),
        ("Just the last technology, please.", ["PostgreSQL"]),
        ("Forget those technologies, use Kafka instead.", ["Kafka"]),
        ("Change Go to Rust and PostgreSQL to MySQL.", ["Rust", "MySQL"]),
        ("Kafka in place of Go.", ["PostgreSQL", "Kafka"]),
        ("Go is out, add Kafka.", ["PostgreSQL", "Kafka"]),
    ],
)
def test_what_is_said_of_all_technologies_or_of_several_is_done(text: str, technologies: list[str]):
    assert after(text).technologies == technologies


def test_a_role_that_nobody_asked_for_is_corrected_where_the_old_one_is_named():
    assert after("Sorry, I should have said midwife, not nurse.", "level", role="nurse").role == "midwife"
    assert after("It's not a nurse, it's a midwife.", "confirm", role="nurse").role == "midwife"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Bump me up one level from mid.", "senior"),
        ("One level down.", "junior"),
        ("I'm retraining after twelve years in retail.", "mid"),
    ],
)
def test_a_level_is_moved_from_where_it_stands(text: str, level: str):
    assert after(text, "confirm", level="mid").level == level


@pytest.mark.parametrize(
    ("text", "technologies"),
    [
        ("Remove the technology PostgreSQL.", ["Go"]),
        ("Looks good, but remove the technology PostgreSQL.", ["Go"]),
        ("Don't remove any tools.", ["Go", "PostgreSQL"]),
        ("Remove just the last one.", ["Go", "PostgreSQL"]),
        ("It's only the last one that's wrong.", ["Go", "PostgreSQL"]),
        ("Just the first two questions.", ["Go", "PostgreSQL"]),
        ("Add Kafka. Brilliant. And Redis.", ["Go", "PostgreSQL", "Kafka", "Redis"]),
    ],
)
def test_what_only_looks_like_it_takes_nothing_else_away(text: str, technologies: list[str]):
    assert after(text).technologies == technologies


def test_what_comes_in_an_exchange_is_not_given_up_in_the_next():
    two = ["Java", "Redis"]
    added = after("Replace Java with Python, and add React with TypeScript.", technologies=two)
    assert added.technologies == ["Redis", "Python", "React", "TypeScript"]
    swapped = after("Swap Java for Kotlin and Rust, and Redis for Kafka.", technologies=two)
    assert swapped.technologies == ["Kotlin", "Rust", "Kafka"]


def test_out_of_something_takes_nothing_back():
    assert read("Technical out of the three, please.", "interview_type").slots.interview_type == "technical"


@pytest.mark.parametrize(
    "text",
    ["I'm not a nurse anymore, but I'd like to go back.", "I've been a carer for twelve months, not a nurse."],
)
def test_not_being_something_any_more_names_no_role(text: str):
    assert after(text, "level", role="nurse").role in ("nurse", "carer")


def test_a_word_without_end_is_read_in_no_time():
    assert after(f"It's {'ha' * 200}.", "level", role="nurse").role == "nurse"


@pytest.mark.parametrize("text", ["My English level is low, sorry.", "Don't bump it up, mid is fine."])
def test_other_levels_move_none(text: str):
    assert after(text, "confirm", level="mid").level == "mid"


@pytest.mark.parametrize("text", ["Hi, my name's Ruby.", "My name is Julia.", "This is Julia speaking."])
def test_somebodys_name_is_no_technology(text: str):
    assert read(text).slots.technologies is None


def test_halves_of_both_kinds_leave_the_number():
    assert after("Split it in half, half technical and half behavioral.", question_count=6).question_count == 6
