"""The interviewer began too early: who goes on, and when it says so."""

import asyncio

import pytest

from storage.models.transcript import joined
from tests.behaviour.scripted import GOOD_ANSWER, Script
from tests.behaviour.test_interview import ready_then

pytestmark = pytest.mark.behaviour
REST = "And we measured it before and after the change."
YIELDS = ("Sorry, go on.", "Please, go ahead.", "Sorry, I cut in. Carry on.")


async def cut_into(*, keeps_talking: bool, share: float = 1.0) -> Script:
    """The second question cuts into the first answer; the candidate goes on at once or stops as well."""
    script = Script(ready_then(GOOD_ANSWER))
    interviewer = script.interviewer()
    interviewer._context.yield_share = share  # pyright: ignore[reportPrivateUsage]
    loop = asyncio.get_running_loop()
    voiced_at = 0.0
    script.conversation.candidate_voiced_at = lambda: loop.time() if keeps_talking else voiced_at
    running = asyncio.create_task(interviewer.run())
    while not any("number 1" in said for said in script.voice.said):
        await asyncio.sleep(0.1)
    script.reply = lambda said: None
    await asyncio.sleep(0.8)
    voiced_at = loop.time()
    script.candidate_is_speaking = True
    script.voice.stop()
    await asyncio.sleep(4)
    script.candidate_is_speaking = False
    script.reply = ready_then(GOOD_ANSWER)
    script.say_now(REST)
    await running
    return script


def yields(script: Script) -> list[str]:
    return [said for said in script.voice.said if said in YIELDS]


async def test_where_both_fall_silent_the_interviewer_asks_the_candidate_to_go_on():
    assert len(yields(await cut_into(keeps_talking=False))) == 1


async def test_who_keeps_talking_hears_nothing():
    assert not yields(await cut_into(keeps_talking=True))


async def test_a_setting_keeps_it_from_being_said():
    assert not yields(await cut_into(keeps_talking=False, share=0.0))


@pytest.mark.parametrize("keeps_talking", [True, False])
async def test_the_two_parts_are_one_turn_and_the_question_comes_again(keeps_talking: bool):
    script = await cut_into(keeps_talking=keeps_talking)
    answers = [turn for turn in joined(script.turns) if turn.speaker == "candidate" and turn.question_index == 0]
    assert [turn.text for turn in answers] == [f"{GOOD_ANSWER} {REST}"]
    assert sum("number 1" in said for said in script.voice.said) == 2
