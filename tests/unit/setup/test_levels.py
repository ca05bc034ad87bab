"""Which level a turn tells."""

import pytest

from tests.support.setup_turns import read

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("senior", "senior"),
        ("seen your", "senior"),
        ("mid-level", "mid"),
        ("the middle one", "mid"),
        ("entry level", "junior"),
        ("not senior, mid", "mid"),
        ("junior to mid", "mid"),
        ("junior, I mean mid", "mid"),
        ("I have one year of experience", "junior"),
        ("four years", "mid"),
        ("ten years of experience", "senior"),
        ("about a year and a half of experience", "junior"),
        ("five plus years", "mid"),
        ("between the two", "mid"),
        ("no experience", "junior"),
        ("straight out of school", "junior"),
        ("Mid. Not quite senior.", "mid"),
        ("Without a doubt junior.", "junior"),
        ("Mid, I'm no beginner any more.", "mid"),
        ("Mid. I have to catch a train.", "mid"),
    ],
)
def test_levels(text: str, level: str):
    assert read(text, "level").slots.level == level


def test_a_level_is_told_beside_the_word():
    assert read("hi, software engineer, technical, level middle").slots.level == "mid"
    assert read("Java developer. Level medium.").slots.level == "mid"
    assert read("I'm a nurse and my English level is low.").slots.level is None
    assert read("No experience with React, frontend developer.").slots.level is None


def test_neither_junior_nor_senior_is_in_between():
    assert read("Neither junior nor senior.", "level").slots.level == "mid"
