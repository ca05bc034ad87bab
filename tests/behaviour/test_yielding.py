"""The interviewer began too early: who goes on, and when it says so."""

import asyncio

import pytest

from storage.models.transcript import joined
from tests.behaviour.scripted import GOOD_ANSWER, Script, ready_then

pytestmark = pytest.mark.behaviour
REST = "And we measured it before and after the change."
YIELDS = ("Sorry, go on.", "Please, go ahead.", "Sorry, I cut in. Carry on.")


async def cut_into(*, talks_on_sec: float, share: float = 1.0) -> Script:
    """The second question cuts into the first answer; the candidate stops as well, or goes on for so long."""
    script = Script(ready_then(GOOD_ANSWER))
    interviewer = script.interviewer()
    interviewer._context.yield_share = share  # pyright: ignore[reportPrivateUsage]
    loop = asyncio.get_running_loop()
    voiced_until = 0.0
    script.conversation.candidate_voiced_at = lambda: min(loop.time(), voiced_until)
    running = asyncio.create_task(interviewer.run())
    while not any("number 1" in said for said in script.voice.said):
        await asyncio.sleep(0.1)
    script.reply = lambda said: None
    await asyncio.sleep(0.8)
    voiced_until = loop.time() + talks_on_sec
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
    assert len(yields(await cut_into(talks_on_sec=0.2))) == 1


@pytest.mark.parametrize("talks_on_sec", [0.5, 0.9, 60.0])
async def test_who_keeps_talking_hears_nothing(talks_on_sec: float):
    assert not yields(await cut_into(talks_on_sec=talks_on_sec))


async def test_a_setting_keeps_it_from_being_said():
    assert not yields(await cut_into(talks_on_sec=0.0, share=0.0))


@pytest.mark.parametrize("talks_on_sec", [0.0, 60.0])
async def test_the_two_parts_are_one_turn_and_the_question_comes_again(talks_on_sec: float):
    script = await cut_into(talks_on_sec=talks_on_sec)
    answers = [turn for turn in joined(script.turns) if turn.speaker == "candidate" and turn.question_index == 0]
    assert [turn.text for turn in answers] == [f"{GOOD_ANSWER} {REST}"]
    assert sum("number 1" in said for said in script.voice.said) == 2
