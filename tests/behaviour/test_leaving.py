"""Candidates who leave in the middle of an answer, as by a reload of the page, and come back."""

import asyncio

import pytest

from prompts.lines import load_lines
from storage.models.transcript import joined
from tests.behaviour.room_scene import RoomScene
from tests.behaviour.scripted import GOOD_ANSWER, VAGUE_ANSWER, Script
from tests.behaviour.test_acknowledging import SlowModel, wording

pytestmark = pytest.mark.behaviour
HALF = "Well, it is about alpha and also about beta, because"
REST = "gamma needs both of them, and I used that for years in production."
RELOAD_SEC = 1.4
SOON, LATE = 0.45, 2.2
"""After the candidate left their words are recognised: before they are back, or after."""


async def reloaded(*, words_after_sec: float, words: str = HALF) -> RoomScene:
    """Comes back in the middle of the first answer, and hears what the interviewer says."""
    room = await RoomScene.asked()
    await room.quiet(2.0)
    await room.speak(3.0)
    room.words_are_owed = True
    room.leaves()
    await room.stays_away(RELOAD_SEC, words, words_after_sec=words_after_sec)
    room.words_are_owed = words_after_sec > RELOAD_SEC
    room.comes_back()
    if words_after_sec > RELOAD_SEC:
        await room.quiet(words_after_sec - RELOAD_SEC)
        room.recognise(words)
        room.words_are_owed = False
    await room.hears_out()
    return room


@pytest.fixture(params=[SOON, LATE], ids=["recognised while away", "recognised once back"])
def words_after_sec(request: pytest.FixtureRequest) -> float:
    return request.param


async def test_who_is_back_hears_one_short_sentence_and_the_question_once_and_nothing_else(words_after_sec: float):
    room = await reloaded(words_after_sec=words_after_sec)
    said = room.said_since_back()
    assert len(said) == 1
    assert said == room.welcomes()
    assert said[0].endswith("What is topic number 0 about?")
    await room.ends()


async def test_half_an_answer_brings_neither_a_follow_up_nor_the_next_question(words_after_sec: float):
    room = await reloaded(words_after_sec=words_after_sec, words="Well, I have worked with that for")
    assert "follow_up" not in room.script.acts()
    assert len(room.script.asked) == 1
    assert room.script.progress.position.question_index == 0
    await room.ends()


async def test_what_is_said_next_goes_on_with_the_answer(words_after_sec: float):
    """Only together have both parts what was asked for."""
    room = await reloaded(words_after_sec=words_after_sec)
    await room.answers(REST)
    await room.hears_out(begins_within_sec=4.0)
    assert "follow_up" not in room.script.acts()
    assert "number 1" in room.voice.said[-1]
    assert len(room.welcomes()) == 1
    await room.ends()


async def test_saying_that_one_is_back_is_no_part_of_the_answer(words_after_sec: float):
    room = await reloaded(words_after_sec=words_after_sec)
    await room.answers("Yes, I'm back.", seconds=1.0)
    await room.quiet(4.0)
    assert room.said_since_back() == room.welcomes()
    await room.answers(REST)
    await room.hears_out(begins_within_sec=4.0)
    assert room.row("Yes, I'm back").intent == "other"
    assert "number 1" in room.voice.said[-1]
    await room.ends()


async def test_who_asks_whether_they_are_heard_is_told_so_and_asked_again(words_after_sec: float):
    room = await reloaded(words_after_sec=words_after_sec)
    await room.answers("Hello? Can you hear me?", seconds=1.0)
    await room.hears_out(begins_within_sec=4.0)
    _, answer = room.said_since_back()
    assert any(answer.startswith(line) for line in load_lines().variants("i_hear_you"))
    assert answer.endswith("What is topic number 0 about?")
    await room.ends()


async def test_the_half_is_written_down_before_the_welcome_and_at_its_time(words_after_sec: float):
    room = await reloaded(words_after_sec=words_after_sec)
    await room.answers(REST)
    await room.quiet(4.0)
    question, half, welcome, rest = room.rows[2:6]
    assert (half.text, rest.text) == (HALF, REST)
    assert half.words
    assert half.started_ms == pytest.approx(half.words[0].started_ms, abs=200)
    assert 1_500 < half.started_ms - question.ended_ms < 3_000
    assert half.ended_ms <= welcome.started_ms
    assert welcome.act == "repeat"
    assert [turn.seq for turn in joined(room.rows)] == [turn.seq for turn in room.rows]
    await room.ends()


async def test_an_answer_that_was_over_before_they_left_counts_and_what_comes_next_is_said_once():
    room = await RoomScene.asked(Script(lambda said: None, wording=wording(SlowModel(seconds=1.5))))
    await room.answers(VAGUE_ANSWER)
    await room.quiet(2.2)
    assert room.script.turns[-1].text == VAGUE_ANSWER
    await room.is_away(3.0)
    await room.hears_out()
    assert len(room.said_since_back()) == 1
    assert room.said_since_back() == room.welcomes()
    assert "follow_up" in room.script.acts()
    await room.ends()


async def test_who_goes_on_with_an_answer_and_leaves_then_is_not_asked_what_was_meant_to_follow():
    model = SlowModel(seconds=6.0)
    room = await RoomScene.asked(Script(lambda said: None, wording=wording(model)))
    await room.answers(VAGUE_ANSWER)
    while not model.asked_at:
        await room.quiet(0.1)
    await room.quiet(0.3)
    await room.speak(3.0)
    await room.is_away(RELOAD_SEC, "And I have also seen alpha", words_after_sec=SOON)
    await room.hears_out()
    assert "follow_up" not in [turn.act for turn in room.rows if turn.started_ms > 30_000]
    assert room.said_since_back() == room.welcomes()
    assert room.rows[-2].text == "And I have also seen alpha"
    await room.ends()


async def test_the_next_question_that_cut_into_an_answer_comes_again_after_a_return():
    room = await RoomScene.asked()
    await room.answers(GOOD_ANSWER)
    while not any("number 1" in said for said in room.voice.said):
        await room.quiet(0.1)
    await room.quiet(0.4)
    await room.speak(0.5)
    room.voice.stop()
    await room.speak(1.5)
    await room.is_away(RELOAD_SEC, "And we measured it before", words_after_sec=SOON)
    await room.hears_out()
    assert len(room.said_since_back()) == 1
    assert room.said_since_back() == room.welcomes()
    assert "number 1" in room.said_since_back()[0]
    assert room.row("And we measured").question_id == "question-0"
    await room.ends()


async def test_who_says_nothing_more_is_asked_again_before_the_interview_moves_on():
    room = await reloaded(words_after_sec=SOON, words="Well, I have worked with that for")
    await room.quiet(30)
    assert room.script.acts()[-2:] == ["rephrase", "nudge"]
    await room.quiet(30)
    assert "follow_up" not in room.script.acts()
    assert len(room.script.asked) == 2
    await room.ends()


async def test_half_a_wish_is_no_wish():
    room = await reloaded(words_after_sec=SOON, words="Let's skip this")
    assert room.script.progress.position.declined == []
    assert room.said_since_back() == room.welcomes()
    await room.ends()


async def test_half_a_yes_begins_no_interview():
    room = RoomScene(Script(lambda said: None))
    room.running = asyncio.create_task(room.interviewer.run())
    await room.until_silent()
    await room.speak(3.0)
    await room.is_away(RELOAD_SEC, "Yes, I'm ready, I only", words_after_sec=SOON)
    await room.quiet(1.0)
    await room.until_silent()
    assert room.script.asked == []
    assert room.said_since_back() == room.welcomes()
    await room.ends()


async def test_who_comes_and_goes_is_welcomed_once():
    room = await RoomScene.asked()
    await room.speak(3.0)
    await room.is_away(RELOAD_SEC, HALF, words_after_sec=SOON)
    await room.is_away(RELOAD_SEC)
    await room.hears_out()
    assert len([said for said in room.welcomes() if "number 0" in said]) == len(room.said_since_back()) == 1
    await room.ends()


async def test_who_leaves_with_a_sound_that_was_no_word_is_welcomed_too():
    room = await RoomScene.asked()
    await room.speak(0.3)
    await room.is_away(RELOAD_SEC)
    await room.hears_out(begins_within_sec=4.0)
    assert len(room.said_since_back()) == 1
    assert room.said_since_back() == room.welcomes()
    await room.ends()


async def test_who_does_not_come_back_leaves_what_they_said():
    room = await RoomScene.asked()
    await room.speak(3.0)
    room.leaves()
    await room.stays_away(RELOAD_SEC, HALF, words_after_sec=SOON)
    room.conversation.end()
    await asyncio.gather(room.running, return_exceptions=True)
    assert room.rows[-1].text == HALF


async def test_a_question_that_waited_for_the_return_is_asked_once_and_says_so():
    room = await RoomScene.asked()
    await room.answers(VAGUE_ANSWER)
    while room.rows[-1].text != VAGUE_ANSWER:
        await room.quiet(0.032)
    room.leaves()
    await room.stays_away(3.0)
    assert "follow_up" not in room.script.acts()
    room.comes_back()
    await room.hears_out()
    assert room.said_since_back() == room.welcomes()
    assert room.said_since_back()[0].endswith("Could you say more about side 0?")
    await room.ends()


async def test_who_goes_on_before_their_last_words_are_recognised_says_it_in_one_turn_and_is_welcomed_behind_it():
    room = await RoomScene.asked()
    await room.speak(3.0)
    room.words_are_owed = True
    await room.is_away(RELOAD_SEC)
    await room.speak(3.0)
    assert room.said_since_back() == []
    room.words_are_owed = False
    room.write(f"{HALF} {REST}", started_ago=7.0, ended_ago=0.05)
    await room.hears_out(begins_within_sec=4.0)
    assert room.said_since_back() == room.welcomes()
    assert [turn.text for turn in room.rows][3] == f"{HALF} {REST}"
    await room.ends()


async def test_when_our_own_line_was_broken_nothing_is_cut_off():
    room = await RoomScene.asked()
    await room.speak(3.0)
    room.conversation.line_came_back()
    await room.speak(1.0)
    room.write(f"{HALF} {REST}", started_ago=4.0, ended_ago=0.05)
    await room.quiet(6.0)
    await room.until_silent()
    assert "number 1" in room.voice.said[-1]
    await room.ends()
