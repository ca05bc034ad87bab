"""Follow-ups: chosen by code, worded by a model that may fail in any way."""

import asyncio
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any

import pytest
from livekit.agents import APIConnectionError, llm

from agent.follow_up import FollowUp, FollowUpWording, heard_points, next_follow_up, speakable
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
FOUND = FollowUp(direction="What does such an index cost?", fallback="What does such an index cost?")


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


class _Stream:
    def __init__(self, chunks: list[str], delay_sec: float, error: Exception | None) -> None:
        self._chunks, self._delay_sec, self._error = chunks, delay_sec, error

    async def __aenter__(self) -> "_Stream":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    async def __aiter__(self) -> AsyncIterator[llm.ChatChunk]:
        if self._error:
            raise self._error
        for text in self._chunks:
            await asyncio.sleep(self._delay_sec)
            yield llm.ChatChunk(id="1", delta=llm.ChoiceDelta(role="assistant", content=text))


class _Model:
    def __init__(self, *chunks: str, delay_sec: float = 0.0, error: Exception | None = None) -> None:
        self._chunks, self._delay_sec, self._error = list(chunks), delay_sec, error
        self.prompts: list[str] = []

    def chat(self, *, chat_ctx: llm.ChatContext, **_: Any) -> _Stream:
        self.prompts.append(chat_ctx.messages()[0].text_content or "")
        return _Stream(self._chunks, self._delay_sec, self._error)


async def worded_by(model: object, deadline_sec: float = 1.0) -> str:
    wording = FollowUpWording(model, deadline_sec=deadline_sec)  # pyright: ignore[reportArgumentType]
    return await wording.word(FOUND, question="What is an index?", answer="A table of contents.", tone="neutral")


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
    wording = FollowUpWording(model, deadline_sec=1.0)  # pyright: ignore[reportArgumentType]
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
    wording = FollowUpWording(model, deadline_sec=1.0, prepares=prepares)  # pyright: ignore[reportArgumentType]
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
