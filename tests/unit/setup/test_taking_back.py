"""What one turn takes away, exchanges or moves, and what only looks like it."""

from typing import Any

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
        ("Everything but Go.", ["PostgreSQL"]),
        ("Leave out everything except Go.", ["Go"]),
        ("PostgreSQL yes, Go no.", ["PostgreSQL"]),
        ("Keep Go, the rest can go.", ["Go"]),
        ("Go and PostgreSQL aren't needed, only Kafka.", ["Kafka"]),
        ("The Go bit isn't necessary.", ["PostgreSQL"]),
        ("PostgreSQL doesn't belong there.", ["Go"]),
        ("They don't use PostgreSQL.", ["Go"]),
        ("Take the last one out.", ["Go"]),
        ("Replace the last one with Kafka.", ["Go", "Kafka"]),
        ("The last one should be Kafka.", ["Go", "Kafka"]),
        ("PostgreSQL should be MySQL.", ["Go", "MySQL"]),
        ("Make MySQL out of PostgreSQL.", ["Go", "MySQL"]),
        ("MySQL should replace PostgreSQL.", ["Go", "MySQL"]),
        ("PostgreSQL was a slip of the tongue, I meant MySQL.", ["Go", "MySQL"]),
        ("PostgreSQL, I mean MySQL.", ["Go", "MySQL"]),
        ("I meant MySQL when I said PostgreSQL.", ["Go", "MySQL"]),
        ("You wrote PostgreSQL, it's MySQL.", ["Go", "MySQL"]),
        ("The database isn't PostgreSQL, it's MySQL.", ["Go", "MySQL"]),
        ("Swap MySQL in for PostgreSQL.", ["Go", "MySQL"]),
        ("Make it eight and drop PostgreSQL.", ["Go"]),
        # names that nobody listed
        ("Nobody uses Go, put Weebly instead.", ["PostgreSQL", "Weebly"]),
        ("Replace PostgreSQL with Weebly, please.", ["Go", "Weebly"]),
        ("Swap Go and PostgreSQL for Kafka and Weebly.", ["Kafka", "Weebly"]),
        ("Add Weebly.", ["Go", "PostgreSQL", "Weebly"]),
    ],
)
def test_what_is_said_of_all_technologies_or_of_several_is_done(text: str, technologies: list[str]):
    assert after(text).technologies == technologies


def test_a_role_that_nobody_asked_for_is_corrected_where_the_old_one_is_named():
    assert after("Sorry, I should have said midwife, not nurse.", "level", role="nurse").role == "midwife"
    assert after("It's not a nurse, it's a midwife.", "confirm", role="nurse").role == "midwife"


@pytest.mark.parametrize(
    "text",
    [
        "Change nurse to midwife.",
        "Change the role to midwife and the number of questions to eight.",
        "The role is wrong, it's midwife.",
        "The role is midwife and I want ten questions.",
        "Make it midwife instead of nurse.",
        "Midwife rather than nurse.",
        "Nurse is wrong. It should be midwife.",
        "Please put midwife as the role.",
        "Actually it's midwife.",
        "My mistake, I wanted to say midwife.",
        "You heard nurse, but I said midwife.",
    ],
)
def test_a_role_is_corrected_after_it_was_read_back(text: str):
    assert after(text, role="nurse").role == "midwife"


def test_one_word_of_a_role_is_exchanged():
    assert after("Secondary, not primary.", role="primary teacher").role == "secondary teacher"


@pytest.mark.parametrize("text", ["My last job was as a waiter.", "The job is remote.", "The position is in Berlin."])
def test_what_is_told_of_a_job_names_no_other(text: str):
    assert after(text, role="nurse").role == "nurse"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Bump me up one level from mid.", "senior"),
        ("One level down.", "junior"),
        ("The next level up, please.", "senior"),
        ("Drop the level by one.", "junior"),
        ("Don't drop the level.", "mid"),
        ("Lower the level of detail.", "mid"),
        ("Keep the level the same. No, make it junior.", "junior"),
        ("Raise the level a step.", "senior"),
        ("I'm junior, you wrote mid.", "junior"),
        ("Take it down to four.", "mid"),
        ("I'm retraining after twelve years in retail.", "mid"),
    ],
)
def test_a_level_is_moved_from_where_it_stands(text: str, level: str):
    assert after(text, "confirm", level="mid").level == level


@pytest.mark.parametrize(
    ("text", "technologies"),
    [
        ("Remove the technology PostgreSQL.", ["Go"]),
        ("Keep the first technology, the other can go.", ["Go"]),
        ("PostgreSQL is out as well.", ["Go"]),
        ("We're moving off PostgreSQL, so replace it with MongoDB.", ["Go", "MongoDB"]),
        ("PostgreSQL's not for this job, get rid of it.", ["Go"]),
        ("Not PostgreSQL, everyone expects PostgreSQL, what I do is Rust.", ["Go", "Rust"]),
        ("Looks good, but remove the technology PostgreSQL.", ["Go"]),
        ("Don't remove any tools.", ["Go", "PostgreSQL"]),
        ("Don't drop PostgreSQL.", ["Go", "PostgreSQL"]),
        ("Please don't take PostgreSQL out.", ["Go", "PostgreSQL"]),
        ("PostgreSQL isn't a mistake.", ["Go", "PostgreSQL"]),
        ("PostgreSQL should be fine.", ["Go", "PostgreSQL"]),
        ("Nothing wrong with PostgreSQL.", ["Go", "PostgreSQL"]),
        ("Drop PostgreSQL, my brain hurts.", ["Go"]),
        ("The last one is fine.", ["Go", "PostgreSQL"]),
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


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Cut that down by three.", 3),
        ("Raise it by two.", 8),
        ("Six is two too many.", 4),
        ("One too few.", 7),
        ("Lose three of the questions.", 3),
        ("Add two questions.", 8),
        ("Take it down to five.", 5),
        ("No, sorry, back to four.", 4),
        ("Set the number of questions to eight.", 8),
        ("Make it eight and drop Go.", 8),
        ("Skip Go and go with nine questions.", 9),
        ("Ten. No, wait, two fewer than that.", 8),
        ("Ten. Actually that's too long, halve it.", 5),
        ("Five, that's one less.", 5),
        ("You heard six, but I said eight.", 8),
        ("Eight in place of six.", 8),
        ("I'd take five questions.", 5),
        ("Don't change the number.", 6),
    ],
)
def test_a_number_is_changed_by_so_many_or_to_so_many(text: str, count: int):
    assert after(text, question_count=6).question_count == count


def test_a_technology_that_nobody_listed_can_be_named_again():
    two = ["Figma", "Gizmo Studio"]
    assert after("Gizmo Studio can go.", technologies=two).technologies == ["Figma"]
    assert after("Figma instead of Gizmo Studio.", technologies=["Gizmo Studio"]).technologies == ["Figma"]


def test_who_tells_their_level_with_a_title_keeps_the_role():
    told = after("Since one year I am junior developer, so junior.", "level", role="Android developer")
    assert (told.role, told.level) == ("Android developer", "junior")


def test_a_field_that_is_left_as_it_was_keeps_its_value():
    changed = after("Make it behavioral. Hmm, no, scratch that, leave the type as it was, but drop the level by one.")
    assert (changed.interview_type, changed.level) == ("technical", "mid")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("The other kind, please.", "behavioral"), ("Technical should be behavioral.", "behavioral")],
)
def test_the_kind_is_exchanged(text: str, kind: str):
    assert after(text).interview_type == kind


@pytest.mark.parametrize(
    ("text", "undoes"),
    [
        ("No, leave it in after all.", "removal"),
        ("Put it back, please.", "removal"),
        ("Undo that.", "all"),
        ("No, leave it as it was.", "all"),
        ("Never mind, the old version was fine.", "all"),
        ("Yes, leave it in.", None),
        ("Put Redis back.", None),
    ],
)
def test_the_last_correction_is_taken_back(text: str, undoes: str | None):
    assert read(text, "confirm").undoes == undoes


def test_a_technology_of_the_roles_name_goes_with_it():
    was: dict[str, Any] = {"role": "Java developer", "technologies": ["Java", "Docker"]}
    assert after("It's Python developer now.", **was).technologies == ["Docker", "Python"]
    assert after("It's data engineer now.", **was).technologies == ["Java", "Docker"]
    assert after("It's Java architect now.", **was).technologies == ["Java", "Docker"]
