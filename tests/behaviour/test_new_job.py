"""A job that takes an interview over from one that died."""

from collections.abc import Callable

import pytest

from prompts.lines import load_lines
from storage.models.attempt import Position
from storage.models.transcript import Turn
from tests.behaviour.scripted import GOOD_ANSWER, Script, ready_then

pytestmark = pytest.mark.behaviour
HALF = "Well, it is about alpha and also about beta, because"
REST = "gamma needs both of them, and I used that for years in production."


async def test_a_new_job_goes_on_at_the_question_without_a_second_greeting():
    script = Script(
        ready_then(GOOD_ANSWER), questions=3, resumed=True, position=Position(phase="question", question_index=1)
    )
    assert await script.run() == "completed"
    assert script.acts().count("greeting") == 0
    assert "number 1" in script.asked[0]
    assert len(script.asked) == 2


async def test_a_new_job_does_not_ask_again_what_was_answered():
    script = resumed_after(answer(GOOD_ANSWER), ready_then(GOOD_ANSWER))
    await script.run()
    assert not any("number 0" in said for said in script.voice.said)
    assert len(script.asked) == 1


async def test_a_new_job_lets_somebody_finish_who_was_cut_off_and_takes_both_parts_for_the_answer():
    rest = ready_then(GOOD_ANSWER)
    finish = tuple(load_lines().variants("finish_your_answer"))
    script = resumed_after_a_half(lambda said: REST if said.endswith(finish) else rest(said))
    await script.run()
    assert script.voice.said[0].endswith(finish)
    assert script.acts()[:2] == ["transition", "question"]
    assert not any("number 0" in said for said in script.voice.said)


async def test_saying_that_one_hears_the_interviewer_again_is_no_part_of_the_answer():
    rest = ready_then(GOOD_ANSWER)
    finish = tuple(load_lines().variants("finish_your_answer"))
    script = resumed_after_a_half(lambda said: "Okay, I can hear you again." if said.endswith(finish) else rest(said))
    await script.run()
    (told,) = [turn for turn in script.turns if turn.text == "Okay, I can hear you again."]
    assert told.intent == "other"
    assert script.acts()[:2] == ["transition", "question"]


async def test_who_has_nothing_to_add_to_what_was_cut_off_has_answered():
    script = resumed_after_a_half(ready_then(GOOD_ANSWER))
    await script.run()
    assert script.acts()[1] == "question"
    assert not any("number 0" in said for said in script.voice.said)


def answer(text: str, *, interrupted: bool = False) -> Turn:
    return Turn(
        seq=10_004,
        speaker="candidate",
        question_id="question-0",
        question_index=0,
        text=text,
        started_ms=1,
        ended_ms=2,
        interrupted=interrupted,
        intent="answer",
    )


def resumed_after(turn: Turn, reply: Callable[[str], str | None]) -> Script:
    position = Position(phase="question", question_index=0)
    return Script(reply, resumed=True, position=position, earlier_turns=[turn])


def resumed_after_a_half(reply: Callable[[str], str | None]) -> Script:
    return resumed_after(answer(HALF, interrupted=True), reply)


async def test_a_new_job_does_not_ask_a_declined_question():
    position = Position(phase="question", question_index=0, declined=["question-0"])
    script = Script(ready_then(GOOD_ANSWER), resumed=True, position=position)
    await script.run()
    assert not any("number 0" in said for said in script.voice.said)


async def test_a_job_lost_in_the_introduction_is_followed_by_no_second_greeting():
    greeted = Turn(
        seq=10_000,
        speaker="interviewer",
        question_id=None,
        question_index=None,
        text="Hello Robin.",
        started_ms=0,
        ended_ms=5000,
        act="greeting",
    )
    script = Script(
        ready_then(GOOD_ANSWER), resumed=True, position=Position(phase="introduction"), earlier_turns=[greeted]
    )
    assert await script.run() == "completed"
    assert "Robin" not in script.voice.said[0]
    assert len(script.asked) == 2


async def test_a_job_lost_in_the_middle_of_the_greeting_is_followed_by_an_excuse_and_no_second_one():
    script = Script(ready_then(GOOD_ANSWER), resumed=True, position=Position(phase="introduction"))
    assert await script.run() == "completed"
    assert script.voice.said[0].startswith(("Sorry", "I'm sorry", "Apologies"))
    assert len(script.asked) == 2
