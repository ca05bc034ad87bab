"""Follow-ups worded by a model that may fail in any way."""

import asyncio
from itertools import pairwise
from typing import Any

import pytest
from livekit.agents import APIConnectionError, llm

from agent.follow_up import FollowUp
from agent.wording import Wording, speakable
from tests.fakes.chat_model import ChatStream

pytestmark = pytest.mark.unit
FOUND = FollowUp(direction="What does such an index cost?", fallback="What does such an index cost?")


@pytest.mark.parametrize(
    "worded",
    [
        "",
        "Sure! Here is a list:\n- one\n- two",
        "```python\nprint('?')\n```?",
        "asdfghjklqwertyuiopzxcvbnmasdf qwe rty uio?",
        "Interviewer: What about the costs of it?",
        "%%%% ### 12 34 56 78 ?",
        "Why?",
        "word " * 60 + "?",
    ],
)
def test_words_that_cannot_be_spoken_are_refused(worded: str):
    assert speakable(worded) is None


def test_only_the_first_question_of_a_talkative_model_is_spoken():
    worded = "You mentioned reads. What does it cost to write a row? Also, tell me about caching."
    assert speakable(worded) == "You mentioned reads. What does it cost to write a row?"


class _Model:
    def __init__(self, *chunks: str, delay_sec: float = 0.0, error: Exception | None = None) -> None:
        self._chunks, self.delay_sec, self._error = list(chunks), delay_sec, error
        self.prompts: list[str] = []

    def chat(self, *, chat_ctx: llm.ChatContext, **_: Any) -> ChatStream:
        self.prompts.append(chat_ctx.messages()[0].text_content or "")
        return ChatStream(self._chunks, delay_sec=self.delay_sec, error=self._error)


async def worded_by(model: object, deadline_sec: float = 1.0) -> str:
    return await worded(Wording(model, deadline_sec=deadline_sec))  # pyright: ignore[reportArgumentType]


async def worded(wording: Wording, *, question: str = "What is an index?", answer: str = "A table of contents.") -> str:
    return await wording.word(FOUND, question=question, answer=answer, tone="neutral")


async def test_the_models_words_are_used_when_they_can_be_spoken():
    model = _Model("What does ", "such an index cost you?", " Nothing more.")
    assert await worded_by(model) == "What does such an index cost you?"


async def test_a_failing_slow_or_silly_model_gives_the_banks_words():
    assert await worded_by(_Model(error=APIConnectionError("gone"))) == FOUND.fallback
    assert await worded_by(_Model("What", delay_sec=5.0), deadline_sec=0.05) == FOUND.fallback
    assert await worded_by(_Model("lorem ipsum")) == FOUND.fallback
    assert await worded_by(_Model("Do you like working with other people in a team?")) == FOUND.fallback
    assert await worded_by(None) == FOUND.fallback


async def rephrased_by(model: object) -> str:
    wording = Wording(model, deadline_sec=1.0)  # pyright: ignore[reportArgumentType]
    return await wording.rephrase("What does a database index do for you, and what does it cost?", tone="neutral")


async def test_a_question_becomes_shorter_or_stays_as_it_is():
    assert await rephrased_by(_Model("What does an index do, and cost?")) == "What does an index do, and cost?"
    asked = "What does a database index do for you, and what does it cost?"
    assert await rephrased_by(_Model("What would you say that a database index really does for you?")) != asked
    assert (
        await rephrased_by(_Model("What does a database index do for you, and then what is it that it costs?")) == asked
    )
    assert await rephrased_by(_Model("Do you like your work?")) == asked
    assert await rephrased_by(_Model(error=APIConnectionError("gone"))) == asked


async def prepared_by(model: _Model, *, prepares: bool) -> None:
    wording = Wording(model, deadline_sec=1.0, prepares=prepares)  # pyright: ignore[reportArgumentType]
    wording.prepare(FOUND, question="What is an index?", tone="neutral")
    await asyncio.sleep(0.01)
    await wording.word(FOUND, question="What is an index?", answer="A table of contents.", tone="neutral")


async def test_what_is_read_beforehand_is_how_the_prompt_begins():
    model = _Model("?")
    await prepared_by(model, prepares=True)
    beginning, prompt = model.prompts
    assert prompt.startswith(beginning)
    assert all(known in beginning for known in ("What is an index?", FOUND.direction))
    assert len(prompt) - len(beginning) < 200


async def test_nothing_is_read_beforehand_where_that_costs_money():
    model = _Model("?")
    await prepared_by(model, prepares=False)
    assert len(model.prompts) == 1


async def test_a_server_that_fails_while_it_prepares_is_no_trouble():
    await prepared_by(_Model(error=APIConnectionError("gone")), prepares=True)


async def test_a_model_that_is_too_slow_is_waited_for_ever_more_rarely():
    model = _Model("What", delay_sec=5.0)
    wording = Wording(model, deadline_sec=0.01)  # pyright: ignore[reportArgumentType]
    asked: list[int] = []
    for number in range(1, 19):
        before = len(model.prompts)
        assert await worded(wording) == FOUND.fallback
        asked += [number] * (len(model.prompts) - before)
    assert asked == [1, 4, 9, 18]


async def test_a_model_that_fails_at_once_costs_no_wait_and_is_asked_again():
    model = _Model(error=APIConnectionError("gone"))
    wording = Wording(model, deadline_sec=1.0)  # pyright: ignore[reportArgumentType]
    assert [await worded(wording) for _ in range(3)] == [FOUND.fallback] * 3
    assert len(model.prompts) == 3


async def test_nothing_is_prepared_for_a_model_that_nobody_is_going_to_wait_for():
    model = _Model("What", delay_sec=5.0)
    wording = Wording(model, deadline_sec=0.01, prepares=True)  # pyright: ignore[reportArgumentType]
    await worded(wording)
    wording.prepare(FOUND, question="What is an index?", tone="neutral")
    await asyncio.sleep(0)
    assert len(model.prompts) == 1


async def test_a_model_that_was_slow_once_is_soon_trusted_again():
    model = _Model("What does such an index cost you?", delay_sec=5.0)
    wording = Wording(model, deadline_sec=0.5)  # pyright: ignore[reportArgumentType]
    assert await worded(wording) == FOUND.fallback
    model.delay_sec = 0.0
    assert [await worded(wording) == FOUND.fallback for _ in range(5)] == [True, True, False, False, False]


class _Reader(_Model):
    """Reads at a pace, by the clock that the wording looks at."""

    def __init__(self, sec_of_a_token: float, *, known_tokens: int = 0) -> None:
        super().__init__("What does such an index cost you?")
        self.sec_of_a_token, self._known_tokens, self._now_sec = sec_of_a_token, known_tokens, 0.0

    def clock(self) -> float:
        return self._now_sec

    def chat(self, *, chat_ctx: llm.ChatContext, **_: Any) -> ChatStream:
        super().chat(chat_ctx=chat_ctx)
        tokens = len(self.prompts[-1]) // 4
        self._now_sec += (tokens - self._known_tokens) * self.sec_of_a_token
        return ChatStream(self._chunks, tokens=tokens, known_tokens=self._known_tokens)


async def prepared_and_worded(wording: Wording, *, number: int = 0) -> str:
    question = f"Question {number}: what is an index?"
    wording.prepare(FOUND, question=question, tone="neutral")
    await asyncio.sleep(0.01)
    return await worded(wording, question=question)


async def test_a_model_that_was_seen_to_read_too_slowly_is_not_even_asked():
    model = _Reader(0.04)
    wording = Wording(model, deadline_sec=1.6, prepares=True, clock=model.clock)  # pyright: ignore[reportArgumentType]
    assert await prepared_and_worded(wording) == FOUND.fallback
    assert len(model.prompts) == 1, "read beforehand only"


async def test_a_model_that_reads_fast_enough_after_its_rest_is_asked():
    model = _Reader(0.04)
    wording = Wording(model, deadline_sec=1.6, prepares=True, clock=model.clock)  # pyright: ignore[reportArgumentType]
    spoken = [await prepared_and_worded(wording)]
    model.sec_of_a_token = 0.005
    spoken += [await prepared_and_worded(wording, number=number) for number in range(1, 5)]
    assert [text == FOUND.fallback for text in spoken] == [True, True, True, False, False]


async def test_what_the_server_had_read_before_says_nothing_of_its_pace():
    model = _Reader(0.04, known_tokens=150)
    wording = Wording(model, deadline_sec=1.6, prepares=True, clock=model.clock)  # pyright: ignore[reportArgumentType]
    assert await prepared_and_worded(wording) != FOUND.fallback


async def test_a_prompt_that_was_not_read_beforehand_takes_longer():
    model = _Reader(0.018)
    wording = Wording(model, deadline_sec=1.6, prepares=True, clock=model.clock)  # pyright: ignore[reportArgumentType]
    assert await prepared_and_worded(wording) != FOUND.fallback
    assert await worded(wording, question="What is a queue?") == FOUND.fallback


SAID = ["We had slow reads.", "So I looked at the plan,", "and it read every row."]


async def answered_by(model: _Model) -> list[str]:
    """The prompts, where the candidate's words arrive one after another."""
    wording = Wording(model, deadline_sec=1.0, prepares=True)  # pyright: ignore[reportArgumentType]
    for until in range(len(SAID) + 1):
        wording.prepare(FOUND, question="What is an index?", answer=" ".join(SAID[:until]), tone="neutral")
        await asyncio.sleep(0.01)
    await worded(wording, answer=" ".join(SAID))
    return model.prompts


async def test_an_answer_is_read_while_it_is_given():
    *read, prompt = await answered_by(_Model("?"))
    assert [SAID[-1] in beginning for beginning in read] == [False, False, False, True]
    assert all(prompt.startswith(beginning) for beginning in read)


async def test_an_answer_is_not_read_by_a_model_that_writes_too_slowly_anyway():
    model = _Reader(0.05)
    wording = Wording(model, deadline_sec=1.6, prepares=True, clock=model.clock)  # pyright: ignore[reportArgumentType]
    for answer in ("", *SAID):
        wording.prepare(FOUND, question="What is an index?", answer=answer, tone="neutral")
        await asyncio.sleep(0.01)
    assert len(model.prompts) == 1


async def test_of_what_came_while_the_model_was_reading_only_the_newest_is_read():
    wording = Wording(model := _Model("?"), deadline_sec=1.0, prepares=True)  # pyright: ignore[reportArgumentType]
    for until in range(len(SAID) + 1):
        wording.prepare(FOUND, question="What is an index?", answer=" ".join(SAID[:until]), tone="neutral")
        if until == 0:
            await asyncio.sleep(0)
    await asyncio.sleep(0.01)
    assert [SAID[0] in beginning for beginning in model.prompts] == [False, True]
    assert SAID[-1] in model.prompts[-1]


async def test_what_was_read_of_a_long_answer_stays_its_beginning_mostly():
    words = [f"word{number}" for number in range(300)]
    wording = Wording(model := _Model("?"), deadline_sec=1.0, prepares=True)  # pyright: ignore[reportArgumentType]
    for until in range(60, 300, 10):
        wording.prepare(FOUND, question="What is an index?", answer=" ".join(words[:until]), tone="neutral")
        await asyncio.sleep(0.01)
    grown = [after.startswith(before) for before, after in pairwise(model.prompts)]
    assert sum(grown) > 0.6 * len(grown)
    assert all(len(prompt.split("<answer>")[1].split()) <= 90 for prompt in model.prompts)
