"""The model reads an answer while it is given."""

import asyncio

import pytest

from agent.follow_up import FollowUp
from agent.wording import Wording
from storage.models.interview import Tone
from tests.behaviour.scripted import GOOD_ANSWER, VAGUE_ANSWER, Script, ready_then

pytestmark = pytest.mark.behaviour


class Noting(Wording):
    """Takes note of what may be read."""

    def __init__(self) -> None:
        super().__init__(None, deadline_sec=1.0)
        self.prepared: list[tuple[str, str]] = []

    def prepare(self, follow_up: FollowUp, *, question: str, answer: str = "", tone: Tone) -> None:
        self.prepared.append((follow_up.direction, answer))


async def prepared_while(*parts: str, answers: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each part is recognised while the first question is being answered."""
    noting = Noting()
    replies = ready_then(*answers)

    def reply(said: str) -> str | None:
        if "topic number 0" in said:
            for number, part in enumerate(parts):
                after_sec = 3.0 + 0.5 * number
                asyncio.get_running_loop().call_later(0.35 * len(said.split()) + after_sec, script.going_on, part)
        return replies(said)

    script = Script(reply, questions=1, wording=noting)
    await script.run()
    return noting.prepared


async def test_it_gets_the_answer_as_far_as_it_was_given():
    prepared = await prepared_while("Well, I have", "Well, I have worked", answers=(VAGUE_ANSWER, GOOD_ANSWER))
    first = "Could you say more about side 0?"
    assert prepared[:3] == [(first, ""), (first, "Well, I have"), (first, "Well, I have worked")]


async def test_the_next_follow_up_is_read_as_soon_as_one_was_asked():
    prepared = await prepared_while(answers=(VAGUE_ANSWER, GOOD_ANSWER))
    assert prepared[1] == ("Could you say more about side 1?", "")
