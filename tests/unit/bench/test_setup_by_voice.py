"""The candidate of the set-up bench: knows what was asked from the assistant's words, and says the same once more."""

from random import Random
from typing import get_args

import pytest

from bench.setup.asked import asked_in
from bench.setup.cues import Cues, all_words
from bench.setup.outcome import Outcome, Said
from bench.setup.sets import YES, Script
from prompts.setup.lines import load_setup_lines
from storage.models.setup import NEEDED_FIELDS, SetupDraft, SetupField

pytestmark = pytest.mark.unit
LINES = load_setup_lines()
DRAFT = SetupDraft(
    role="backend developer", interview_type="technical", level="senior", question_count=5, technologies=["Go"]
)
SCRIPT = Script.model_validate(
    {
        "id": "one",
        "set": "dev",
        "says": ["Hello."],
        "at": {"role": ["Nurse."]},
        "want": ["backend developer", "technical", "senior", 5, ["Go"]],
    }
)


@pytest.mark.parametrize("name", [name for name in get_args(SetupField) if name in NEEDED_FIELDS])
def test_each_question_tells_what_it_asks(name: SetupField):
    for variant in (*LINES.variants(f"ask_{name}"), *LINES.variants(f"offer_{name}")):  # pyright: ignore[reportArgumentType]
        assert asked_in(f"Okay, senior nurse. {variant}") == name


@pytest.mark.parametrize("variant", LINES.variants("ask_technologies_besides"))
def test_who_is_asked_for_more_technologies_knows_it(variant: str):
    assert asked_in(f"Okay, fifteen questions. {variant.format(known='Android and Kotlin')}") == "technologies"


def test_the_last_question_counts():
    read = LINES.pick("read_back", Random(1), summary="a technical interview")
    assert asked_in(f"Which role is it for? {read} {LINES.variants('ask_confirm')[0]}") == "confirm"
    assert asked_in("Welcome back.") is None


def test_who_was_not_heard_is_asked_again():
    assert {asked_in(variant) for variant in LINES.variants("not_heard")} == {"again"}


def test_the_script_is_said_in_its_order_and_ends_with_a_yes():
    cues = Cues(SCRIPT)
    said = [cues.next("anything"), cues.next("role"), cues.next("role"), cues.next("confirm")]
    assert said == ["Hello.", "Nurse.", None, YES]


def test_the_same_is_said_twice_more_at_the_most():
    cues = Cues(SCRIPT)
    cues.next("anything")
    said = [cues.reply("role") for _ in range(4)]
    assert said == ["Nurse.", "Nurse.", "Nurse.", None]


def test_who_is_asked_for_what_was_said_among_other_things_says_it_alone():
    cues = Cues(SCRIPT)
    cues.next("anything")
    said = [cues.reply(asked) for asked in ("level", "question_count", "technologies", "interview_type")]
    assert said == ["Senior.", "Five questions.", "Go.", "Technical."]
    assert set(said) <= set(all_words(SCRIPT))


def outcome(*said: Said, draft: SetupDraft = DRAFT, interview: dict[str, object] | None = None) -> Outcome:
    return Outcome(SCRIPT, "am_michael", draft, "confirmed", list(said), interview)


def test_a_yes_before_the_read_back_was_not_read_back():
    summary = "A technical interview for a senior backend developer, five questions, Go."
    assert outcome(Said("assistant", summary), Said("candidate", "Yes.")).was_read_back
    assert not outcome(Said("candidate", "Yes."), Said("assistant", summary)).was_read_back
    assert not outcome(Said("assistant", "Five questions, Go."), Said("candidate", "Yes.")).was_read_back


def test_an_interview_that_differs_from_the_draft_is_not_stored_as_confirmed():
    made = DRAFT.model_dump(include=set(NEEDED_FIELDS))
    assert outcome(interview=made).is_stored
    assert not outcome(interview={**made, "question_count": 6}).is_stored
    assert not outcome().is_stored
