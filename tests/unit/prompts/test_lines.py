"""The interviewer's fixed lines."""

import re
from random import Random

import pytest

from prompts import PromptError
from prompts.lines import LINE_NAMES, LineName, load_lines, spoken_count

pytestmark = pytest.mark.unit

LINES = load_lines()
VALUES: dict[str, str | int] = {
    "name": "Ada",
    "role": "backend developer",
    "question_count": 5,
    "question": "Why this role?",
    "hint": "Think of a good day.",
}
PRAISE = re.compile(
    r"\b(excellent|perfect|amazing|awesome|impressive|good answer|great answer|well done|brilliant)\b", re.I
)
each_line = pytest.mark.parametrize("name", LINE_NAMES)


def values_of(name: LineName) -> dict[str, str | int]:
    return {variable: VALUES[variable] for variable in LINES.variables(name)}


@each_line
def test_a_line_never_repeats_the_variant_said_last(name: LineName) -> None:
    rng, last = Random(7), ""
    for turn in range(50):
        values = values_of(name)
        if "question" in values:
            values["question"] = f"Question {turn}?"
        said = LINES.pick(name, rng, avoid=last or None, **values)
        if last:
            assert re.sub(r"Question \d+\?", "", said) != re.sub(r"Question \d+\?", "", last)
        last = said


@each_line
def test_a_line_can_be_spoken_and_praises_nobody(name: LineName) -> None:
    for variant in LINES.variants(name):
        assert not re.search(r"[*_`#<>\[\]|\\/&]", variant.replace("question_count", ""))
        assert not PRAISE.search(variant)
        sentences = re.split(r"(?<=[.?!])\s+", variant)
        assert all(len(sentence.split()) <= 25 for sentence in sentences), variant


def test_what_is_said_often_has_enough_variants() -> None:
    often: tuple[LineName, ...] = ("next_question", "acknowledge_answer", "acknowledge_points")
    assert all(len(LINES.variants(name)) >= 4 for name in often)


def test_the_greeting_names_person_role_and_number() -> None:
    for seed in range(10):
        said = LINES.pick("greeting", Random(seed), name="Ada", role="backend developer", question_count=5)
        assert "Ada" in said
        assert "backend developer" in said
        assert "five questions" in said


def test_one_question_is_spoken_in_the_singular() -> None:
    said = LINES.pick("demo_greeting", Random(1), question_count=1)
    assert "one question" in said
    assert "questions" not in said
    assert spoken_count(15, "question") == "fifteen questions"


def test_braces_in_a_name_are_only_text() -> None:
    assert "{role}" in LINES.pick("closing", Random(1), name="{role}")


def test_missing_and_surplus_variables_are_refused() -> None:
    with pytest.raises(PromptError, match="greeting"):
        LINES.pick("greeting", Random(1), name="Ada")
    with pytest.raises(PromptError, match="sorry_go_on"):
        LINES.pick("sorry_go_on", Random(1), name="Ada")


def test_the_same_seed_picks_the_same_line() -> None:
    assert LINES.pick("not_heard", Random(3)) == LINES.pick("not_heard", Random(3))
