"""What is no answer to the question that stands."""

import pytest

from agent.listening.turns import CandidateTurn
from agent.tasks.asides import asks_if_heard, is_aside, is_closed, says_is_back

pytestmark = pytest.mark.unit
OPEN, CLOSED = "What does an index cost?", "You said it was slow. Did it help in the end?"
ASKED_UNTIL = 100.0


def aside(text: str, asked: str = OPEN, *, after_sec: float = 1.0) -> bool:
    began = ASKED_UNTIL + after_sec
    return is_aside(CandidateTurn(text, (), began, began + 0.4, 0.9, False, None), asked=asked, asked_until=ASKED_UNTIL)


@pytest.mark.parametrize("text", ["Mhm.", "Okay.", "Right, I see.", "Um.", "Hmm...", "Uh, um."])
def test_a_listeners_sound_is_no_answer_whenever_it_comes(text: str):
    assert aside(text, after_sec=0.5)
    assert aside(text, after_sec=6.0)


def test_a_yes_to_an_open_question_is_only_a_reaction_if_it_comes_at_once():
    assert aside("Yeah.", after_sec=0.3)
    assert not aside("Yeah.", after_sec=4.0)


def test_a_sound_that_began_in_the_question_counts_as_at_once():
    assert aside("Yes.", after_sec=-0.2)


@pytest.mark.parametrize("text", ["Yes.", "Yeah, sure.", "Okay."])
def test_where_yes_answers_the_question_it_is_the_answer(text: str):
    assert not aside(text, CLOSED)


@pytest.mark.parametrize("text", ["", "No.", "Indexes slow down writes.", "Sorry?", "Forty two."])
def test_anything_else_is_for_the_interview_to_judge(text: str):
    assert not aside(text)


def test_only_a_question_that_yes_answers_is_closed():
    assert is_closed("Have you ever used it?")
    assert is_closed("So, would you do that again?")
    assert not is_closed("Could you give me an example?")
    assert not is_closed("Can you walk me through it?")
    assert not is_closed("Why did you do that?")
    assert not is_closed("Do tell. What is it?")


@pytest.mark.parametrize(
    "text",
    [
        "Yes, I'm back.",
        "I'm here again.",
        "I was disconnected for a moment.",
        "Yeah, I'm still here.",
        "Sorry about that, I lost the connection. I'm back now.",
        "Okay, I can hear you again, thanks.",
    ],
)
def test_who_was_away_may_say_that_they_are_there_again(text: str):
    assert says_is_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "Yes.",
        "I'm back, so the index makes writes slower.",
        "We rolled back.",
        "I'm here for the people.",
        "Sorry?",
        "",
    ],
)
def test_what_says_more_than_that_is_heard_as_it_is(text: str):
    assert not says_is_back(text)


def test_who_asks_whether_they_are_heard_wants_an_answer():
    assert asks_if_heard("Hello? Can you hear me?")
    assert not asks_if_heard("People can hear you think when they do.")
