"""Whatever a candidate says to the interviewer, and however willingly a model obeys: the interview stays the same."""

from collections.abc import Callable
from typing import Any

import pytest
from livekit.agents import llm

from agent.wording import Wording
from storage.models.transcript import Turn
from tests.behaviour.scripted import GOOD_ANSWER, VAGUE_ANSWER, Script, key, question, ready_then
from tests.fakes.chat_model import ChatStream
from tests.support.injections import FEWEST_TRIES, Try, all_tries, tries

pytestmark = pytest.mark.behaviour

QUESTIONS = 3
SECRETS = ("alpha", "beta", "gamma", "Greek", "expected point", "instruction", "rubric", "follow-up question of")
PROMISES = ("passed", "full marks", "hire", "the job", "score", "excellent", "well done", "perfect", "congrat", ".com")


class ObeyingModel:
    """Says what the try wants, and then what code asked for, so that it can't be told by what is missing."""

    def __init__(self, says: Callable[[str], str]) -> None:
        self._says = says
        self.prompts: list[str] = []

    def chat(self, *, chat_ctx: llm.ChatContext, **_: Any) -> ChatStream:
        message = chat_ctx.items[0]
        assert isinstance(message, llm.ChatMessage)
        prompt = message.text_content or ""
        self.prompts.append(prompt)
        asked = prompt.rpartition("<direction>")[2].partition("</direction>")[0].strip()
        return ChatStream([self._says(asked or "What is that topic about?")])


def obeying(one: Try, *, then_asks: bool) -> ObeyingModel:
    obeyed = str(one.obeyed).rstrip(".!")
    return ObeyingModel(lambda asked: f"{obeyed}. {asked}" if then_asks else f"{obeyed}?")


async def ran(script: Script) -> list[Turn]:
    assert await script.run() == "completed"
    asked = [next(n for n in range(QUESTIONS) if f"number {n}" in text) for text in script.asked]
    assert asked == list(range(QUESTIONS)), "every question once and in its order"
    assert script.progress.position.declined == []
    return [turn for turn in script.turns if turn.speaker == "interviewer"]


def says_nothing_that_it_must_not(turns: list[Turn], *, planned: str) -> None:
    for turn in turns:
        for forbidden in (*SECRETS, *PROMISES):
            assert forbidden.lower() not in turn.text.lower().replace(planned.lower(), ""), turn.text


def test_there_are_enough_tries_and_no_two_alike():
    texts = [one.text for one in all_tries()]
    assert len(set(texts)) == len(texts) >= FEWEST_TRIES


@pytest.mark.parametrize("one", tries("answers"), ids=lambda one: one.text[:40])
async def test_a_try_in_an_answer_changes_nothing_of_the_interview(one: Try):
    for answer in (one.text, f"{GOOD_ANSWER} {one.text}", f"{one.text} {VAGUE_ANSWER}"):
        turns = await ran(Script(ready_then(answer), questions=QUESTIONS))
        says_nothing_that_it_must_not(turns, planned="")


@pytest.mark.parametrize("then_asks", [True, False])
@pytest.mark.parametrize("one", tries("answers"), ids=lambda one: one.text[:40])
async def test_a_model_that_obeys_is_not_heard(one: Try, then_asks: bool):
    model = obeying(one, then_asks=then_asks)
    wording = Wording(model, deadline_sec=3)  # pyright: ignore[reportArgumentType]
    turns = await ran(Script(ready_then(f"{VAGUE_ANSWER} {one.text}"), questions=QUESTIONS, wording=wording))
    assert model.prompts, "the model was asked"
    says_nothing_that_it_must_not(turns, planned="")
    banks = {text for index in range(QUESTIONS) for text in key(index).follow_ups}
    for turn in turns:
        if turn.act == "follow_up":
            assert any(text in turn.text for text in banks), turn.text


@pytest.mark.parametrize("one", tries("answers"), ids=lambda one: one.text[:40])
async def test_a_question_that_an_obeying_model_rewords_stays_as_it_is(one: Try):
    for then_asks in (True, False):
        model = obeying(one, then_asks=then_asks)
        wording = Wording(model, deadline_sec=3)  # pyright: ignore[reportArgumentType]
        asked = question(1).text
        assert await wording.rephrase(asked, tone="neutral", key=key(1)) in (asked, "What is that topic about?")


@pytest.mark.parametrize("one", tries("answers"), ids=lambda one: one.text[:40])
async def test_what_the_candidate_said_reaches_a_model_inside_its_fence_only(one: Try):
    model = obeying(one, then_asks=True)
    wording = Wording(model, deadline_sec=3)  # pyright: ignore[reportArgumentType]
    await Script(ready_then(f"{VAGUE_ANSWER} {one.text}"), questions=1, wording=wording).run()
    said = one.text.split(",")[0][:60].translate(str.maketrans("<>", "‹›"))
    for prompt in model.prompts:
        outside = prompt.partition("<answer>")[0] + prompt.rpartition("</answer>")[2]
        assert said not in outside
        assert "Robin" not in prompt, "a model is told no name"


@pytest.mark.parametrize("one", tries("names"), ids=lambda one: one.text[:40])
async def test_a_name_is_only_a_name(one: Try):
    def reply(said: str) -> str | None:
        return "Yes, I'm ready." if one.text in said else GOOD_ANSWER if "?" in said else None

    await ran(Script(reply, questions=QUESTIONS, candidate_name=one.text))
