"""What the interviewer opens with after an answer, and when."""

import asyncio
from itertools import pairwise
from typing import Any

import pytest
from livekit.agents import APIConnectionError

from agent.wording import Wording
from prompts.lines import load_lines
from tests.behaviour.scripted import GOOD_ANSWER, VAGUE_ANSWER, Script, ready_then
from tests.fakes.chat_model import ChatStream

pytestmark = pytest.mark.behaviour
LINES = load_lines()
NEUTRAL = LINES.variants("acknowledge_answer")
POINTS = LINES.variants("acknowledge_points")
WORDED = "Could you say more about one side of it?"
DEADLINE_SEC = 1.6
SOME_POINTS = "It is mostly about alpha, which I have used for years, and not much else comes to mind."


class SlowModel:
    """Answers after a while, or fails."""

    def __init__(self, *, seconds: float = 1.0, error: Exception | None = None, words: str = WORDED) -> None:
        self._seconds, self._error, self._words = seconds, error, words
        self._streams: list[ChatStream] = []
        self.asked_at: list[float] = []

    @property
    def given_up(self) -> int:
        return sum(stream.was_given_up for stream in self._streams)

    def chat(self, **_: Any) -> ChatStream:
        self.asked_at.append(asyncio.get_running_loop().time())
        self._streams.append(ChatStream([self._words], delay_sec=self._seconds, error=self._error))
        return self._streams[-1]


def wording(model: SlowModel) -> Wording:
    return Wording(model, deadline_sec=DEADLINE_SEC)  # pyright: ignore[reportArgumentType]


def follow_ups(script: Script) -> list[str]:
    return [turn.text for turn in script.turns if turn.act == "follow_up"]


def opening_of(said: str) -> str | None:
    """Its acknowledgement, if it begins with one."""
    return next((words for words in (*NEUTRAL, *POINTS) if said.startswith(words)), None)


async def test_the_acknowledgement_is_heard_while_the_model_still_words_the_follow_up():
    model = SlowModel(seconds=1.2)
    script = Script(ready_then(VAGUE_ANSWER, GOOD_ANSWER), questions=1, wording=wording(model))
    await script.run()
    turn_ended_at = model.asked_at[0]
    (opened_at, opening), (asked_at, question) = [one for one in script.voice.began if one[0] >= turn_ended_at - 0.01][
        :2
    ]
    assert opened_at == pytest.approx(turn_ended_at, abs=0.1)
    assert opening in NEUTRAL
    assert (question, asked_at - turn_ended_at) == (WORDED, pytest.approx(1.2, abs=0.2))


async def test_acknowledgement_and_follow_up_are_one_turn_of_the_transcript():
    script = Script(ready_then(VAGUE_ANSWER, GOOD_ANSWER), questions=1, wording=wording(SlowModel()))
    await script.run()
    (said,) = follow_ups(script)
    assert opening_of(said)
    assert said.endswith(WORDED)


@pytest.mark.parametrize("model", [SlowModel(seconds=30), SlowModel(seconds=0.2, error=APIConnectionError("gone"))])
async def test_a_model_that_fails_or_is_slow_leaves_the_banks_words_after_the_acknowledgement(model: SlowModel):
    script = Script(ready_then(VAGUE_ANSWER, GOOD_ANSWER), questions=1, wording=wording(model))
    await script.run()
    (said,) = follow_ups(script)
    assert opening_of(said)
    assert said.endswith("Could you say more about side 0?")
    began = [at for at, words in script.voice.began if words == "Could you say more about side 0?"]
    assert began[0] - model.asked_at[0] <= DEADLINE_SEC + 0.05


@pytest.mark.parametrize(("model", "is_opened"), [(None, False), (SlowModel(seconds=0.5), True)])
async def test_a_follow_up_whose_words_are_there_needs_no_acknowledgement(model: SlowModel | None, is_opened: bool):
    at_once = Wording(None, deadline_sec=DEADLINE_SEC)
    script = Script(
        ready_then(VAGUE_ANSWER, GOOD_ANSWER),
        questions=1,
        wording=at_once if model is None else wording(model),
        acknowledge_ready_share=0.0,
    )
    await script.run()
    (said,) = follow_ups(script)
    assert bool(opening_of(said)) == is_opened


@pytest.mark.parametrize(("share", "ended_ago_sec"), [(0.0, 0.0), (1.0, 1.6)])
async def test_the_next_question_comes_without_one_mostly_and_always_after_a_long_silence(
    share: float, ended_ago_sec: float
):
    script = Script(ready_then(GOOD_ANSWER), questions=4, acknowledge_ready_share=share, ended_ago_sec=ended_ago_sec)
    await script.run()
    assert len(script.asked) == 4
    assert not any(opening_of(asked) for asked in script.asked)


async def test_before_words_that_are_there_it_is_brief():
    script = Script(ready_then(VAGUE_ANSWER, SOME_POINTS), questions=6)
    await script.run()
    openings = [opening for said in script.voice.said if (opening := opening_of(said))]
    assert len(openings) > 6
    assert all(len(opening) <= 10 for opening in openings)


async def test_no_acknowledgement_comes_twice_running():
    script = Script(ready_then(VAGUE_ANSWER), questions=12)
    await script.run()
    openings = [
        opening for turn in script.turns if turn.speaker == "interviewer" and (opening := opening_of(turn.text))
    ]
    assert len(openings) > 20
    assert all(one != other for one, other in pairwise(openings))


async def test_only_an_answer_with_points_is_told_that_it_helps():
    vague = Script(ready_then(VAGUE_ANSWER), questions=6)
    short = Script(ready_then("Alpha."), questions=6)
    good = Script(ready_then(SOME_POINTS), questions=6)
    for script in (vague, short, good):
        await script.run()
    assert not any(opening_of(said) in POINTS for script in (vague, short) for said in script.voice.said)
    helped = [opening_of(said) for said in good.voice.said if opening_of(said)]
    assert helped
    assert all(opening in POINTS for opening in helped)


@pytest.mark.parametrize(
    "words", ["I don't know.", "Skip this one, please.", "Could you repeat that?", "A hint, please."]
)
async def test_what_is_no_answer_gets_no_acknowledgement(words: str):
    script = Script(ready_then(words, GOOD_ANSWER), questions=2)
    await script.run()
    reply = script.voice.said[2]
    assert not opening_of(reply)


async def test_not_knowing_a_follow_up_gets_no_thanks_for_the_answer():
    script = Script(ready_then(VAGUE_ANSWER, "I don't know.", GOOD_ANSWER), questions=2)
    await script.run()
    next_question = next(said for said in script.voice.said if "number 1" in said)
    assert any(next_question.startswith(words) for words in LINES.variants("declined_question"))
    assert script.progress.position.declined == []


async def test_after_silence_nobody_is_thanked():
    script = Script(ready_then(VAGUE_ANSWER), questions=2)
    answered = script.reply
    script.reply = lambda said: None if "Could you say more" in said else answered(said)
    await script.run()
    next_question = next(said for said in script.voice.said if "number 1" in said)
    assert any(next_question.startswith(words) for words in LINES.variants("silence_move_on"))


async def test_who_goes_on_while_the_follow_up_is_worded_is_not_asked_it():
    model = SlowModel(seconds=1.5)
    script = Script(ready_then(VAGUE_ANSWER), questions=1, wording=wording(model))
    running = asyncio.create_task(script.run())
    while not model.asked_at:
        await asyncio.sleep(0.05)
    await asyncio.sleep(1.2)
    script.voice.stop()
    await asyncio.sleep(2)
    assert WORDED not in " ".join(script.voice.said)
    assert model.given_up == 1
    assert script.progress.position.follow_ups_asked == 0
    script.say_now(GOOD_ANSWER)
    assert await running == "completed"


async def test_a_command_between_acknowledgement_and_follow_up_is_heeded():
    model = SlowModel(seconds=1.5)
    script = Script(ready_then(VAGUE_ANSWER), questions=2, wording=wording(model))
    running = asyncio.create_task(script.run())
    while not model.asked_at:
        await asyncio.sleep(0.05)
    await asyncio.sleep(1.0)
    script.conversation.commanded("skip")
    await asyncio.sleep(0.2)
    assert script.progress.position.follow_ups_asked == 0
    script.reply = ready_then(GOOD_ANSWER)
    assert await running == "completed"
    assert len(script.asked) == 2
