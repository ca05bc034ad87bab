"""Follow-ups: chosen by code."""

import pytest

from agent.follow_up import FollowUp, heard_points, next_follow_up
from storage.models.interview import ExpectedPoint, QuestionKey, Tone

pytestmark = pytest.mark.unit
KEY = QuestionKey(
    question_id="q",
    expected_points=[
        ExpectedPoint(point_id="a", claim="An index speeds up reads", keywords=[["speed", "fast"], ["read", "query"]]),
        ExpectedPoint(point_id="b", claim="It slows down writes", keywords=[["slow"], ["write", "insert"]]),
        ExpectedPoint(point_id="c", claim="It takes space", keywords=[["space", "disk", "memory"]]),
    ],
    follow_ups=["What does it cost?", "How would you find out?"],
)


def chosen(answer: str, *, asked: int = 0, last: str | None = None, time_is_up: bool = False) -> FollowUp | None:
    return next_follow_up(
        KEY, answer=answer, last_answer=last or answer, asked=asked, tone="neutral", time_is_up=time_is_up
    )


TONES: tuple[Tone, ...] = ("friendly", "neutral", "challenging")


def test_points_are_heard_with_the_usual_endings():
    heard = heard_points(KEY.expected_points, "It speeds queries up, but inserts get slower and it needs disk space.")
    assert [point.point_id for point in heard] == ["a", "b", "c"]


def test_an_answer_with_most_points_gets_no_follow_up():
    assert chosen("Reads get fast, inserts become slow.") is None


def test_an_answer_with_few_points_gets_the_next_direction():
    first = chosen("It is a kind of table of contents for the rows of a table.")
    assert first is not None
    assert first.direction == "What does it cost?"


def test_there_are_never_more_than_two_and_none_when_time_is_up():
    assert chosen("Something else entirely.", asked=2) is None
    assert chosen("Something else entirely.", time_is_up=True) is None


def test_a_short_reply_to_a_follow_up_is_not_pressed_further():
    assert chosen("It is like a table of contents. Not sure.", asked=1, last="Not sure.") is None


OPENING, PRESSING = "What happened next?", "Why was that the right thing to do?"
SEVERAL = KEY.model_copy(update={"follow_ups": [OPENING, PRESSING, "Who was it for?", "What if it fails?"]})
LONG = "I would add one on the column that we look things up by, and then measure it again."


def pressed(tone: Tone, answer: str = LONG) -> list[str]:
    """Every follow-up of a question whose answers bring nothing."""
    asked: list[str] = []
    while found := next_follow_up(
        SEVERAL, answer=answer, last_answer=answer, asked=len(asked), tone=tone, time_is_up=False
    ):
        asked.append(found.direction)
    return asked


def test_the_tone_moves_how_often_a_question_is_followed_up():
    assert [len(pressed(tone)) for tone in TONES] == [1, 2, 3]


def test_a_friendly_interviewer_invites_and_a_challenging_one_presses():
    assert pressed("friendly") == [OPENING]
    assert pressed("neutral") == [OPENING, PRESSING]
    assert pressed("challenging") == [PRESSING, "What if it fails?", OPENING]


def test_a_challenging_interviewer_is_content_later():
    two_of_three = "Reads get fast, inserts become slow." + " I think so." * 4
    assert [bool(pressed(tone, two_of_three)) for tone in TONES] == [False, False, True]


def test_nobody_is_pressed_on_after_short_answers():
    assert [len(pressed(tone, "No idea.")) for tone in TONES] == [1, 1, 2]
