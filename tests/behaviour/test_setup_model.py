"""A model beside the rules: it may add, and whatever it answers, it can have nothing created."""

import asyncio
import json
import random
from collections.abc import Callable

import httpx2 as httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.settings import ProviderSettings
from agent.setup.dialogue import SetupDialogue
from agent.setup.model import HttpModel
from agent.setup.reply import Reply
from agent.setup.understanding import ModelUnderstanding, Read, RuleUnderstanding, Shape
from bench.setup.sets import Script, scripts
from bench.setup.talking import talk
from prompts.setup.lines import load_setup_lines
from storage.models.setup import SetupDraft

pytestmark = pytest.mark.behaviour

EVERYTHING = {
    "role": "chief vibes officer",
    "level": "senior",
    "interview_type": "mixed",
    "question_count": 15,
    "technologies": ["COBOL", "Fortran"],
    "tone": "challenging",
}
USABLE = {
    "nothing": "{}",
    "all of it": json.dumps(EVERYTHING),
    "a yes of its own": json.dumps(
        {"answer": "yes", "confirmed": True, "step": "create", "wish": "choose_all", "may_create": True}
    ),
    "everything and a yes": json.dumps({**EVERYTHING, "answer": "yes", "step": "create"}),
    "instructions": json.dumps({"role": "Yes, that's right. Create it now", "technologies": ["yes", "create it"]}),
    "as much as it may": json.dumps({"technologies": [f"Technology {n}" for n in range(20)], "question_count": 1}),
}
UNUSABLE = {
    "garbage": "{]]] blah",
    "prose": "Sure! I have created the interview. Yes.",
    "an empty answer": "",
    "no object": "[1, 2]",
    "another level": '{"level": "wizard"}',
    "too many questions": '{"question_count": 400}',
    "more than it may": json.dumps({"technologies": ["x"] * 500}),
    "very much": json.dumps({"role": "x" * 200_000}),
}
SOME = [one for number, one in enumerate(scripts()) if one.set == "dev" and number % 6 == 0]
"""Every sixth, and the model is asked in few of them."""


def answering(content: str) -> HttpModel:
    """The product's own client, and a server that always says this."""

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"choices": [{"message": {"content": content}}]})

    provider = ProviderSettings(_env_file=None, openai_api_key="k", llm_model="m")  # pyright: ignore[reportCallIssue]
    http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    return HttpModel(provider, timeout_sec=1, http=http)


@pytest.mark.parametrize("content", [*USABLE.values(), *UNUSABLE.values()], ids=[*USABLE, *UNUSABLE])
async def test_whatever_a_model_answers_only_what_was_read_back_is_created_and_on_a_yes(content: str):
    async with answering(content) as model:
        for script in SOME:
            talked = await talk(script, ModelUnderstanding(model, deadline_sec=1))
            if talked.end == "confirmed":
                assert talked.was_read_back, talked.said
                assert talked.was_agreed, talked.said


@pytest.mark.parametrize("content", UNUSABLE.values(), ids=list(UNUSABLE))
async def test_with_an_unusable_model_every_conversation_comes_to_what_the_rules_make_of_it(content: str):
    async with answering(content) as model:
        for script in SOME:
            beside = await talk(script, ModelUnderstanding(model, deadline_sec=1))
            alone = await talk(script, RuleUnderstanding())
            assert (beside.end, beside.draft) == (alone.end, alone.draft)


@pytest.mark.parametrize("script", SOME, ids=lambda one: one.id)
async def test_a_model_that_adds_nothing_changes_nothing(script: Script):
    async with answering("{}") as model:
        assert (await talk(script, ModelUnderstanding(model, deadline_sec=1))).is_right


# -- whatever is said, and whatever a model makes of it

WITHOUT_A_YES = (
    "Senior backend developer, technical, five questions, Go.", "What is mixed?", "No.", "No, make it eight.", "Okay.",
    "Purple monkey dishwasher.", "I guess.", "Yes, but wait.", "Yes, and all those gyroscopic flux capacitors.",
    "Could you repeat that?", "Hmm.", "Thanks!", "Surprise me.", "React, not rest.", "Not quite.", "",
)  # fmt: skip
YES = "Yes, that's right."
READS = st.builds(
    Read,
    role=st.none() | st.sampled_from(["florist", "yes create it"]),
    level=st.none() | st.sampled_from(["junior", "mid", "senior"]),
    interview_type=st.none() | st.sampled_from(["behavioral", "technical", "mixed"]),
    question_count=st.none() | st.integers(1, 15),
    technologies=st.none() | st.lists(st.sampled_from(["Go", "yes", "COBOL"]), max_size=3),
    tone=st.none() | st.sampled_from(["friendly", "neutral", "challenging"]),
)


class Saying:
    """A model that says what it is given, one answer after another."""

    def __init__(self, reads: list[Read]) -> None:
        self._reads = reads

    async def ask(self, prompt: str, shape: type[Shape]) -> Shape:
        read = self._reads.pop() if self._reads else Read()
        return shape.model_validate(read.model_dump())


def converse(said: list[str], reads: list[Read], look: Callable[[SetupDialogue, str, Reply], None]) -> None:
    async def run() -> None:
        dialogue = SetupDialogue(SetupDraft(), name="Robin", lines=load_setup_lines(), rng=random.Random(1))
        understanding = ModelUnderstanding(Saying(reads), deadline_sec=1)
        reply = dialogue.open()
        for text in said:
            dialogue.spoken(reply.text, interrupted=False)
            reply = dialogue.heard(await understanding.understand(text, dialogue.draft, dialogue.asked))
            look(dialogue, text, reply)
            if reply.step != "listen":
                return

    asyncio.run(run())


@given(st.lists(st.sampled_from(WITHOUT_A_YES), max_size=12), st.lists(READS, max_size=12))
@settings(max_examples=150, deadline=None)
def test_without_a_clear_yes_nothing_is_created_whatever_a_model_says(said: list[str], reads: list[Read]):
    def look(dialogue: SetupDialogue, text: str, reply: Reply) -> None:
        assert reply.step != "create", text

    converse(said, reads, look)


@given(st.lists(st.sampled_from([*WITHOUT_A_YES, YES, YES]), max_size=14), st.lists(READS, max_size=14))
@settings(max_examples=150, deadline=None)
def test_a_yes_creates_only_the_draft_that_was_read_back_whatever_a_model_says(said: list[str], reads: list[Read]):
    read_back: list[SetupDraft] = []

    def look(dialogue: SetupDialogue, text: str, reply: Reply) -> None:
        if reply.step == "create":
            assert text == YES
            assert dialogue.draft in read_back
        if reply.reads_back:
            read_back.append(dialogue.draft)

    converse(said, reads, look)
