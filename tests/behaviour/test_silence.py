"""Silence, going blank and time to think. Every wait is a number of seconds of the loop's clock."""

import asyncio
from collections.abc import Callable

import pytest

from agent.tasks.silence import read_reply
from agent.wording import Wording
from prompts.lines import load_lines
from storage.models.transcript import Intent
from tests.behaviour.scripted import GOOD_ANSWER, PATIENCE, VAGUE_ANSWER, Script
from tests.behaviour.test_acknowledging import SlowModel, opening_of

pytestmark = pytest.mark.behaviour
LINES = load_lines()
QUESTION = "What is topic number 0 about?"
MARGIN_SEC = 0.1


def says_nothing(said: str) -> str | None:
    return "Yes, I'm ready." if "Robin" in said and "?" in said else None


class Silent:
    """An interview whose candidate is only heard when the test says something."""

    def __init__(self, questions: int = 1, wording: Wording | None = None) -> None:
        self.script = Script(says_nothing, questions=questions)
        if wording is not None:
            self.script.wording = wording
        self.voice = self.script.voice
        self.running = asyncio.create_task(self.script.run())

    async def until(self, happened: Callable[[], bool]) -> None:
        async with asyncio.timeout(300):
            while not happened():  # virtual time: looking often costs nothing
                await asyncio.sleep(0.05)

    async def asked(self) -> None:
        """The question's sound has ended."""
        await self.until(lambda: bool(self.script.asked))

    async def silent_again(self) -> None:
        await self.until(lambda: not self.voice.is_speaking)

    async def seconds_to_next_words(self) -> float:
        now, before = asyncio.get_running_loop().time(), len(self.voice.began)
        await self.until(lambda: len(self.voice.began) > before)
        return self.voice.began[before][0] - now

    async def offered(self) -> None:
        await self.asked()
        await self.until(lambda: "nudge" in self.script.acts())
        await self.silent_again()

    async def answer(self) -> None:
        self.script.say_now(GOOD_ANSWER)
        assert await self.running == "completed"


async def test_after_silence_come_simpler_words_then_an_offer_then_the_next_question_each_in_its_time():
    silent = Silent(questions=2)
    await silent.asked()
    waits: list[float] = []
    for _ in range(3):
        await silent.silent_again()
        waits.append(await silent.seconds_to_next_words())
        await asyncio.sleep(1)
        await silent.silent_again()
    expected = (PATIENCE.rephrase_after_sec, PATIENCE.offer_after_sec, PATIENCE.move_on_after_sec)
    assert waits == [pytest.approx(seconds, abs=MARGIN_SEC + 0.2) for seconds in expected]
    assert silent.script.acts() == ["greeting", "question", "rephrase", "nudge", "question"]
    assert any(silent.script.asked[1].startswith(words) for words in LINES.variants("silence_move_on"))
    silent.running.cancel()


async def test_simpler_words_come_from_the_model_after_encouraging_ones():
    model = SlowModel(seconds=2.0, words="What is topic number zero?")
    silent = Silent(wording=Wording(model, deadline_sec=1.6))  # pyright: ignore[reportArgumentType]
    await silent.until(lambda: "rephrase" in silent.script.acts())
    said = next(turn.text for turn in silent.script.turns if turn.act == "rephrase")
    assert said.endswith("What is topic number zero?")
    assert any(said.startswith(words) for words in LINES.variants("silence_nudge"))
    await silent.answer()


async def test_without_a_model_the_question_itself_comes_again():
    silent = Silent()
    await silent.until(lambda: "rephrase" in silent.script.acts())
    assert next(turn.text for turn in silent.script.turns if turn.act == "rephrase").endswith(QUESTION)
    await silent.answer()


@pytest.mark.parametrize("reply", ["Yes, please.", "A hint would be great.", "The hint.", "Sure."])
async def test_who_takes_the_offer_gets_the_hint_and_it_is_written_down(reply: str):
    silent = Silent()
    await silent.offered()
    silent.script.say_now(reply)
    await silent.until(lambda: "hint" in silent.script.acts())
    assert silent.script.progress.position.hints == {"question-0": 1}
    assert "Greek alphabet" in silent.voice.said[-1]
    assert [turn.intent for turn in silent.script.turns if turn.text == reply] == ["hint"]
    await silent.answer()


@pytest.mark.parametrize("reply", ["Let's move on.", "Go on to the next one.", "Skip it, please.", "Let's go on."])
async def test_who_wants_to_move_on_moves_on(reply: str):
    silent = Silent(questions=2)
    await silent.offered()
    silent.script.say_now(reply)
    await silent.until(lambda: len(silent.script.asked) == 2)
    assert silent.script.progress.position.declined == ["question-0"]
    silent.running.cancel()


async def test_who_wants_neither_gets_time():
    silent = Silent()
    await silent.offered()
    silent.script.say_now("No, thanks.")
    await asyncio.sleep(1)
    await silent.silent_again()
    assert await silent.seconds_to_next_words() > PATIENCE.thinking_time_sec - 3
    await silent.answer()


async def test_an_answer_to_the_offer_is_an_answer():
    silent = Silent()
    await silent.offered()
    await silent.answer()
    assert silent.script.acts()[-1] == "closing"
    assert silent.script.progress.position.hints == {}


async def test_after_a_hint_only_moving_on_is_offered():
    silent = Silent()
    await silent.asked()
    silent.script.conversation.commanded("hint")
    await silent.offered()
    assert silent.voice.said[-1] in LINES.variants("silence_offer_no_hint")
    silent.script.say_now("Yes.")
    assert await silent.running == "completed"


async def test_silence_after_a_follow_up_brings_it_once_more_and_then_the_next_question():
    script = Script(lambda said: says_nothing(said) or (VAGUE_ANSWER if "number" in said else None), questions=2)
    running = asyncio.create_task(script.run())
    async with asyncio.timeout(300):
        while len(script.asked) < 2:  # virtual time
            await asyncio.sleep(0.5)
    acts = script.acts()
    assert acts[: acts.index("question", 2) + 1] == ["greeting", "question", "follow_up", "rephrase", "question"]
    running.cancel()


async def test_a_candidate_who_says_nothing_at_all_is_led_to_the_end():
    script = Script(says_nothing, questions=3)
    assert await script.run() == "completed"
    assert len(script.asked) == 3


async def test_time_to_think_is_kept_with_one_short_line_and_the_answer_counts():
    silent = Silent()
    await silent.asked()
    silent.script.say_now("Hmm, give me a second.")
    await asyncio.sleep(0.2)
    assert silent.voice.said[-1] in LINES.variants("thinking_time")
    await silent.silent_again()
    spoken = len(silent.voice.began)
    await asyncio.sleep(10)
    silent.script.say_now("Sorry, one more moment.")
    await asyncio.sleep(PATIENCE.thinking_time_sec - 2)
    assert len(silent.voice.began) == spoken
    await silent.answer()
    assert silent.script.acts() == ["greeting", "question", "nudge", "closing"]


async def test_when_the_time_to_think_is_over_the_interviewer_helps_along():
    silent = Silent()
    await silent.asked()
    silent.script.say_now("Let me think.")
    await asyncio.sleep(0.2)
    await silent.silent_again()
    wait_sec = await silent.seconds_to_next_words()
    assert PATIENCE.thinking_time_sec - 2 < wait_sec <= PATIENCE.thinking_time_sec
    assert silent.script.acts() == ["greeting", "question", "nudge"]
    await silent.answer()


async def test_nothing_is_said_to_a_request_that_turn_taking_waited_for_already():
    silent = Silent()
    await silent.asked()
    silent.script.ended_ago_sec = 8.0
    silent.script.say_now("Let me think.")
    before = len(silent.voice.began)
    wait_sec = await silent.seconds_to_next_words()
    assert wait_sec == pytest.approx(PATIENCE.thinking_time_sec - 8, abs=MARGIN_SEC)
    assert silent.voice.began[before][1] in LINES.variants("silence_nudge")
    await silent.answer()


async def test_an_answer_that_pauses_for_thought_goes_on_and_is_one_answer():
    silent = Silent()
    await silent.asked()
    silent.script.say_now("It is about alpha and, um, let me think.")
    spoken = len(silent.voice.began)
    await asyncio.sleep(12)
    assert len(silent.voice.began) == spoken
    silent.script.say_now("And about beta and gamma, which I used for years in production.")
    assert await silent.running == "completed"
    assert silent.script.acts() == ["greeting", "question", "closing"]


async def test_who_paused_for_thought_and_says_no_more_has_answered():
    silent = Silent()
    await silent.asked()
    silent.script.say_now("It is about alpha and, um, let me think.")
    await silent.until(lambda: "follow_up" in silent.script.acts())
    said = next(turn.text for turn in silent.script.turns if turn.act == "follow_up")
    assert not opening_of(said)
    silent.running.cancel()


@pytest.mark.parametrize("sound", ["Mhm.", "Okay.", "Um.", "Right, okay."])
async def test_a_listening_sound_after_the_question_is_no_answer(sound: str):
    silent = Silent()
    await silent.asked()
    await asyncio.sleep(1)
    silent.script.say_now(sound, lasting_sec=0.4)
    spoken = len(silent.voice.began)
    await asyncio.sleep(PATIENCE.rephrase_after_sec - 1)
    assert len(silent.voice.began) == spoken
    assert [turn.intent for turn in silent.script.turns if turn.text == sound] == ["other"]
    await silent.answer()
    assert silent.script.acts() == ["greeting", "question", "closing"]


@pytest.mark.parametrize(
    ("reply", "means"),
    [
        ("Yes, please.", "hint"),
        ("A hint, please.", "hint"),
        ("Could you help me?", "hint"),
        ("No hint, let's go on.", "skip"),
        ("Let's go on.", "skip"),
        ("The next one, please.", "skip"),
        ("No, I'm fine.", "hold"),
        ("Not yet.", "hold"),
        ("It has to do with the register at the back of a book.", None),
        ("I don't know.", None),
    ],
)
def test_replies_to_an_offer(reply: str, means: Intent | None):
    assert read_reply(reply, hint_offered=True) == means


def test_yes_means_moving_on_where_only_that_was_offered():
    assert read_reply("Yes.", hint_offered=False) == "skip"
