"""How much silence a speaker gets, by what they said and how they pause. Scripted voice, words and probabilities."""

import pytest

from agent.listening.thinking_room import Delays, Expected, ThinkingRoom
from tests.behaviour.turn_scene import LIKELY, UNLIKELY, Scene

pytestmark = pytest.mark.behaviour

DELAYS = Delays(min_sec=0.4, unsure_sec=0.55, max_sec=1.1, doubtful_sec=1.9, open_sec=3.3, hold_sec=20.0)
MAYBE = 0.45
WHOLE_ANSWER = (
    "I looked at the logs first and found the bad release. Then I rolled it back, and told the customers what had "
    "happened that night."
)


def _scene(expected: Expected = "answer") -> Scene:
    room = ThinkingRoom(0.36, DELAYS)
    room.expect(expected)
    return Scene(endpointing=room)


async def _say(scene: Scene, text: str, probability: float, *, stop: float | None = 0.97) -> None:
    """Four seconds of speech, and the first third of a second after them."""
    await scene.speak(4)
    await scene.pause(0.3, probability)
    scene.write(text, started_ago=4.3, ended_ago=0.4, stop=stop)


async def test_a_whole_answer_that_sounds_finished_is_replied_to_at_once():
    scene = _scene()
    await _say(scene, WHOLE_ANSWER, LIKELY)
    await scene.pause(0.15)
    assert len(scene.turns) == 1


async def test_a_whole_answer_that_sounds_as_if_it_went_on_gets_a_second():
    scene = _scene()
    await _say(scene, WHOLE_ANSWER, UNLIKELY)
    await scene.pause(0.5)
    assert not scene.turns
    await scene.pause(0.5)
    assert len(scene.turns) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"{WHOLE_ANSWER} And",
        f"{WHOLE_ANSWER} So, um...",
        f"{WHOLE_ANSWER} I have worked with message queues,",
        f"{WHOLE_ANSWER} I would retry with.",
    ],
)
async def test_whoever_stops_in_mid_sentence_has_three_seconds(text: str):
    scene = _scene()
    await _say(scene, text, MAYBE)
    await scene.pause(2.7)
    assert not scene.turns
    await scene.pause(0.5)
    assert len(scene.turns) == 1


async def test_a_full_stop_that_the_recogniser_doubts_is_no_end():
    scene = _scene()
    await _say(scene, WHOLE_ANSWER, MAYBE, stop=0.5)
    await scene.pause(2.5)
    assert not scene.turns


async def test_a_short_sentence_is_hardly_an_answer_to_a_question_about_experience():
    scene = _scene()
    await _say(scene, "I once deleted a production table by mistake.", LIKELY)
    await scene.pause(1.5)
    assert not scene.turns
    await scene.speak(4)
    await scene.pause(0.3, LIKELY)
    scene.write("I restored it from the backup and added a second confirmation.", started_ago=4.3, stop=0.97)
    await scene.pause(3)
    assert len(scene.turns) == 1


async def test_a_melody_beyond_doubt_makes_up_for_a_recogniser_that_is_unsure_of_the_mark():
    scene = _scene()
    await _say(scene, WHOLE_ANSWER, 0.7, stop=0.5)
    await scene.pause(1.0)
    assert len(scene.turns) == 1


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        (WHOLE_ANSWER, 0.62),
        (WHOLE_ANSWER, 0.4),
        (WHOLE_ANSWER.rstrip(".") + ",", None),
        (WHOLE_ANSWER.rstrip("."), None),
    ],
)
async def test_a_sentence_that_may_have_been_broken_off_gets_two_seconds(text: str, stop: float | None):
    scene = _scene()
    await _say(scene, text, LIKELY, stop=stop)
    await scene.pause(1.3)
    assert not scene.turns
    await scene.pause(0.5)
    assert len(scene.turns) == 1


@pytest.mark.parametrize(("text", "stop"), [("I'm ready", None), ("I'm ready.", 0.6), ("Yes", None)])
async def test_a_reply_needs_no_mark_at_its_end(text: str, stop: float | None):
    scene = _scene("reply")
    await _say(scene, text, LIKELY, stop=stop)
    await scene.pause(0.3)
    assert len(scene.turns) == 1


async def test_a_short_sentence_is_a_reply_to_are_you_ready():
    scene = _scene("reply")
    await _say(scene, "Yes, I am.", LIKELY)
    await scene.pause(0.3)
    assert len(scene.turns) == 1


@pytest.mark.parametrize("text", ["Could you repeat the question?", "I shipped it, and that's it."])
async def test_a_request_and_a_closing_need_no_thinking_room(text: str):
    scene = _scene()
    await _say(scene, text, UNLIKELY)
    await scene.pause(0.2)
    assert len(scene.turns) == 1


async def test_whoever_has_paused_long_between_sentences_is_given_that_again():
    scene = _scene()
    await _say(scene, WHOLE_ANSWER, UNLIKELY)
    await scene.pause(0.55)
    await scene.speak(4)
    await scene.pause(0.3, LIKELY)
    scene.write(WHOLE_ANSWER, started_ago=4.3, ended_ago=0.4, stop=0.97)
    await scene.pause(0.45)
    assert not scene.turns
    await scene.pause(0.5)
    assert len(scene.turns) == 1


async def test_let_me_think_inside_an_answer_holds_the_floor():
    scene = _scene()
    await _say(scene, f"{WHOLE_ANSWER} Give me a second.", LIKELY)
    await scene.pause(12)
    assert not scene.turns
    await scene.speak(4)
    await scene.pause(0.3, LIKELY)
    scene.write("We also added an alarm.", started_ago=4.3, ended_ago=0.4, stop=0.97)
    await scene.pause(2)
    assert [turn.text for turn in scene.turns] == [f"{WHOLE_ANSWER} Give me a second. We also added an alarm."]


async def test_time_that_was_asked_for_is_over_some_day():
    scene = _scene()
    await _say(scene, f"{WHOLE_ANSWER} Let me think.", LIKELY)
    await scene.pause(20.2)
    assert len(scene.turns) == 1


async def test_who_announces_more_gets_to_say_it():
    scene = _scene("follow_up")
    await _say(scene, "Hold on, actually, I would like to say something about that.", LIKELY)
    await scene.pause(3)
    assert not scene.turns
    await _say(scene, "Threads share the memory of one process.", LIKELY)
    await scene.pause(0.6)
    assert len(scene.turns) == 1


async def test_who_announces_more_to_a_question_about_the_interview_is_answered():
    scene = _scene("reply")
    await _say(scene, "I'd like to add something.", LIKELY)
    await scene.pause(1.2)
    assert len(scene.turns) == 1


async def test_a_turn_that_only_asks_for_time_ends_so_that_it_can_be_granted():
    scene = _scene()
    await _say(scene, "Give me a second.", LIKELY)
    await scene.pause(1.2)
    assert len(scene.turns) == 1


async def test_time_that_was_asked_for_is_no_part_of_the_answer():
    scene = _scene("follow_up")
    await _say(scene, "Let me think about that.", LIKELY)
    await scene.pause(1.2)
    await _say(scene, "Threads share the memory of one process.", LIKELY)
    await scene.pause(0.6)
    assert len(scene.turns) == 1


async def test_whoever_was_cut_off_has_not_begun_anew():
    scene = _scene()
    await _say(scene, WHOLE_ANSWER, LIKELY)
    await scene.pause(0.5)
    await _say(scene, "That was all.", LIKELY)
    await scene.pause(0.3)
    assert len(scene.turns) == 2


async def _begun_upon_after(
    scene: Scene, pause_sec: float, says: str = "Then I wrote a test for it, and we changed how we deploy."
) -> None:
    """A whole answer, a reply that begins, and somebody who goes on over it."""
    await _say(scene, WHOLE_ANSWER, LIKELY)
    await scene.pause(0.2)
    assert len(scene.turns) == 1
    scene.interviewer_speaks = True
    await scene.pause(pause_sec - 0.5)
    await scene.speak(2)
    scene.write(says, started_ago=2.0, ended_ago=0.0)
    assert scene.interruptions == 1


async def test_who_was_begun_upon_and_went_on_is_not_begun_upon_at_the_next_such_pause():
    scene = _scene()
    await _begun_upon_after(scene, 1.2)
    await scene.pause(1.4, LIKELY)
    assert len(scene.turns) == 1
    await scene.pause(0.4)
    assert len(scene.turns) == 2


@pytest.mark.parametrize("words", ["Hold on, can you repeat the first part of that?", "Weight."])
async def test_who_breaks_into_a_reply_at_once_has_not_been_begun_upon(words: str):
    scene = _scene()
    await _begun_upon_after(scene, 1.2, words)
    await scene.pause(0.6, LIKELY)
    assert len(scene.turns) == 2


async def test_who_stops_a_reply_that_was_going_on_for_long_has_not_been_begun_upon():
    scene = _scene()
    await _begun_upon_after(scene, 5.0)
    await scene.pause(0.6, LIKELY)
    assert len(scene.turns) == 2


async def test_who_stops_a_reply_and_then_answers_has_not_been_begun_upon():
    scene = _scene()
    await _begun_upon_after(scene, 5.0, "Wait.")
    await scene.pause(1.2, LIKELY)
    assert len(scene.turns) == 2
    scene.interviewer_speaks = True
    await scene.pause(0.2)
    await _say(scene, WHOLE_ANSWER, LIKELY)
    await scene.pause(0.3)
    assert len(scene.turns) == 3


async def test_who_hums_to_the_end_of_a_reply_and_then_answers_has_not_been_begun_upon():
    scene = _scene()
    await _say(scene, WHOLE_ANSWER, LIKELY)
    await scene.pause(0.2)
    scene.interviewer_speaks = True
    await scene.pause(1.5)
    await scene.speak(0.5)
    scene.write("to my hand,", started_ago=0.5, ended_ago=0.0, confidence=0.4)
    scene.interviewer_speaks = False
    await scene.pause(0.7)
    await _say(scene, WHOLE_ANSWER, LIKELY)
    await scene.pause(0.3)
    assert len(scene.turns) == 2
