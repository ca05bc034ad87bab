"""How things are said: by the situation, and calmer and slower to somebody who struggles."""

import asyncio

import pytest

from agent.delivery.styles import DeliveryStyle, for_hibari
from agent.listening.turns import CandidateTurn, SpokenWord
from storage.models.attempt import Position
from storage.models.interview import Tone
from storage.models.transcript import Turn
from tests.behaviour.scripted import GOOD_ANSWER, VAGUE_ANSWER, Script

pytestmark = pytest.mark.behaviour

WORD_SEC, LONG_PAUSE_SEC = 0.33, 2.0


class SpokenScript(Script):
    """Words have times; a hesitant candidate stops for two seconds after every fourth one."""

    hesitant: bool = False

    def say_now(self, text: str, *, lasting_sec: float = 3.0) -> None:
        del lasting_sec
        spoken: list[SpokenWord] = []
        at = 0.0
        for number, word in enumerate(text.split(), 1):
            spoken.append(SpokenWord(word, at, at + WORD_SEC, 0.9))
            at += WORD_SEC + (LONG_PAUSE_SEC if self.hesitant and number % 4 == 0 else 0.0)
        began = asyncio.get_running_loop().time() - at
        words = tuple(
            SpokenWord(word.text, began + word.started_at, began + word.ended_at, word.confidence) for word in spoken
        )
        self.conversation.heard_turn(CandidateTurn(text, words, began, began + at, 0.9, False, 0.8))


def interview(answer: str, *, hesitant: bool = False, tone: Tone = "neutral", questions: int = 3) -> SpokenScript:
    def reply(said: str) -> str | None:
        if "Robin" in said and "?" in said:
            return "Yes, I'm ready."
        return answer if "?" in said else None

    script = SpokenScript(reply, questions=questions, tone=tone)
    script.hesitant = hesitant
    return script


def speeds(styles: list[DeliveryStyle]) -> list[float]:
    return [for_hibari(style).speed for style in styles]


async def test_every_utterance_has_the_style_of_its_situation():
    script = interview(VAGUE_ANSWER, questions=1)
    await script.run()
    assert [style.manner for style in script.voice.styles] == ["warm", "neutral", "curious", "curious", "warm"]


async def test_a_challenging_interviewer_is_firm_where_an_answer_lacks_something():
    script = interview(VAGUE_ANSWER, tone="challenging", questions=1)
    await script.run()
    assert [style.manner for style in script.voice.styles] == ["warm", "firm", "firm", "firm", "warm"]


async def test_who_pauses_long_within_answers_hears_a_calmer_and_slower_interviewer():
    fluent, hesitant = interview(VAGUE_ANSWER), interview(VAGUE_ANSWER, hesitant=True)
    await fluent.run()
    await hesitant.run()
    assert len(fluent.voice.styles) == len(hesitant.voice.styles)
    # all between the first answer and the closing, which is warm anyway
    for usual, gentle in zip(fluent.voice.styles[2:-1], hesitant.voice.styles[2:-1], strict=True):
        assert for_hibari(gentle).speed < for_hibari(usual).speed - 0.05
    assert [style.manner for style in hesitant.voice.styles].count("calm") >= 4
    assert "calm" not in [style.manner for style in fluent.voice.styles]


async def test_it_is_slower_after_not_knowing_and_picks_up_again_with_good_answers():
    answers = iter(["I don't know.", "I don't know.", *[GOOD_ANSWER] * 9])

    def reply(said: str) -> str | None:
        if "Robin" in said and "?" in said:
            return "Yes, I'm ready."
        return next(answers) if "?" in said else None

    script = SpokenScript(reply, questions=7)
    await script.run()
    asked = [style for style, said in zip(script.voice.styles, script.voice.said, strict=True) if "number" in said]
    paces = speeds(asked)
    assert paces[0] > paces[1] > paces[2]
    assert paces[-1] == paces[0]


async def test_a_job_that_takes_over_knows_how_the_candidate_was_doing():
    earlier = interview("I, I, um, we, we had the, the thing, um, that, that went, um, wrong, wrong there, um, um.")
    await earlier.run()
    script = interview(VAGUE_ANSWER)
    script.resumed, script.earlier_turns = True, earlier.turns
    script.position = Position(phase="question", question_index=2)
    await script.run()
    assert script.voice.styles[0].why.startswith("welcome_back, candidate str")


async def test_styles_that_were_heard_are_counted():
    script = interview(VAGUE_ANSWER, questions=1)
    await script.run()
    assert script.conversation.deliveries.counts == {"warm": 2, "neutral": 1, "curious": 2}


def spoken_by_interviewer(turns: list[Turn]) -> int:
    return sum(turn.speaker == "interviewer" for turn in turns)


async def test_every_heard_utterance_is_counted_once():
    script = interview(GOOD_ANSWER)
    await script.run()
    assert sum(script.conversation.deliveries.counts.values()) == spoken_by_interviewer(script.turns)
