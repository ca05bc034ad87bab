"""When a turn ends and when the interviewer is stopped, from what detector and recogniser say. No sound."""

import asyncio

import pytest

from tests.behaviour.turn_scene import LIKELY, UNLIKELY, Scene

pytestmark = pytest.mark.behaviour


async def test_a_turn_ends_after_a_likely_end_and_carries_the_words():
    scene = Scene()
    await scene.speak(2)
    await scene.pause(0.3, LIKELY)
    scene.write("I measured it first.", started_ago=2.3, ended_ago=0.3)
    await scene.pause(0.5)
    assert [turn.text for turn in scene.turns] == ["I measured it first."]
    assert 1.9 < scene.turns[0].ended_at - scene.turns[0].started_at < 2.3


async def test_a_turn_waits_for_words_that_the_recogniser_still_owes():
    scene = Scene()
    await scene.speak(2)
    await scene.pause(1.5, LIKELY)
    assert not scene.turns
    scene.write("It came late.", started_ago=3.4, ended_ago=1.5)
    assert [turn.text for turn in scene.turns] == ["It came late."]


async def half_recognised(silent_sec: float) -> Scene:
    """The other half is at the recogniser's all the while."""
    scene = Scene()
    await scene.speak(1)
    scene.write("It began well.", started_ago=1, ended_ago=0.1, final=False)
    await scene.speak(1)
    scene.words_are_owed = True
    await scene.pause(silent_sec, LIKELY)
    return scene


async def test_a_recogniser_that_is_known_to_be_at_work_is_waited_for():
    scene = await half_recognised(8)
    assert not scene.turns
    scene.write("It began well. It came very late.", started_ago=10, ended_ago=8)
    await scene.pause(0.1)
    assert [turn.text for turn in scene.turns] == ["It began well. It came very late."]


async def test_words_that_the_recogniser_has_just_made_out_are_let_arrive():
    scene = await half_recognised(6)
    scene.words_are_owed = False
    await scene.pause(0.6)
    assert not scene.turns
    scene.write("It began well. It came late.", started_ago=9, ended_ago=7)
    await scene.pause(0.1)
    assert [turn.text for turn in scene.turns] == ["It began well. It came late."]


async def test_a_recogniser_that_had_nothing_to_say_after_all_is_not_waited_for_for_long():
    scene = Scene()
    await scene.speak(2)
    scene.words_are_owed = True
    await scene.pause(6, LIKELY)
    scene.words_are_owed = False
    await scene.pause(1.2)
    assert len(scene.turns) == 1


async def test_a_recogniser_that_never_finishes_is_not_waited_for_for_ever():
    scene = Scene()
    await scene.speak(2)
    scene.words_are_owed = True
    await scene.pause(16, LIKELY)
    assert len(scene.turns) == 1


async def test_no_sentence_is_lost_when_an_earlier_one_is_already_there():
    scene = Scene()
    await scene.speak(2)
    await scene.pause(0.3, LIKELY)
    scene.write("First sentence.", started_ago=2.3, ended_ago=0.3)
    await scene.speak(2)
    await scene.pause(0.9, LIKELY)
    assert not scene.turns
    scene.write("Second sentence.", started_ago=2.9, ended_ago=0.9)
    assert [turn.text for turn in scene.turns] == ["First sentence. Second sentence."]


async def test_an_unlikely_end_gets_more_thinking_room():
    scene = Scene()
    await scene.speak(2)
    await scene.pause(0.3, UNLIKELY)
    scene.write("What I would do there", started_ago=2.3, ended_ago=0.3)
    await scene.pause(1.4)
    assert not scene.turns
    await scene.pause(0.4)
    assert len(scene.turns) == 1


async def test_a_pause_inside_an_answer_is_one_turn():
    scene = Scene()
    await scene.speak(2)
    await scene.pause(0.5, LIKELY)
    scene.write("First part.", started_ago=2.5, ended_ago=0.5)
    await scene.speak(2)
    await scene.pause(0.3, LIKELY)
    scene.write("Second part.", started_ago=2.3, ended_ago=0.3)
    await scene.pause(0.6)
    assert [turn.text for turn in scene.turns] == ["First part. Second part."]


async def test_the_final_text_of_a_turn_that_was_taken_on_its_preview_is_not_heard_twice():
    scene = Scene()
    await scene.speak(2)
    await scene.pause(0.3, LIKELY)
    scene.write("Only once.", started_ago=2.3, ended_ago=0.3, final=False)
    await scene.pause(0.6)
    scene.write("Only once.", started_ago=2.9, ended_ago=0.9)
    await scene.pause(3, LIKELY)
    assert [turn.text for turn in scene.turns] == ["Only once."]


async def test_a_turn_ends_although_no_more_sound_arrives():
    scene = Scene()
    await scene.speak(2)
    await scene.pause(0.3, LIKELY)
    scene.write("Then I muted myself.", started_ago=2.3, ended_ago=0.3)
    await asyncio.sleep(1)
    assert len(scene.turns) == 1


@pytest.mark.parametrize("sound", ["Mhm.", "Yeah, okay.", "I'm home."])
async def test_an_acknowledgement_neither_stops_the_interviewer_nor_makes_a_turn(sound: str):
    scene = Scene()
    scene.interviewer_speaks = True
    await scene.speak(0.4)
    await scene.pause(0.3, LIKELY)
    scene.write(sound, started_ago=0.7, ended_ago=0.3)
    await scene.pause(3)
    assert scene.interruptions == 0
    assert not scene.turns


@pytest.mark.parametrize("words", ["Wait.", "Stop.", "Sorry, one question."])
async def test_words_that_ask_for_the_floor_stop_the_interviewer_however_short(words: str):
    scene = Scene()
    scene.interviewer_speaks = True
    await scene.speak(0.4)
    await scene.pause(0.3, LIKELY)
    scene.write(words, started_ago=0.7, ended_ago=0.3, final=False)
    assert scene.interruptions == 1


async def test_a_wish_in_interim_text_stops_the_interviewer_while_it_is_spoken():
    scene = Scene()
    scene.interviewer_speaks = True
    await scene.speak(0.5)
    scene.turn_taking.interim("Sorry, can I")
    assert scene.interruptions == 1


async def test_real_speech_over_the_interviewer_stops_it_and_becomes_a_turn():
    scene = Scene()
    scene.interviewer_speaks = True
    await scene.speak(1.5)
    assert scene.interruptions == 1
    await scene.pause(0.3, LIKELY)
    scene.write("I have already told you about that.", started_ago=1.8, ended_ago=0.3)
    await scene.pause(0.6)
    assert scene.turns[0].interrupted_interviewer


async def test_a_cough_makes_no_turn():
    scene = Scene()
    await scene.speak(0.4)
    await scene.pause(0.5, LIKELY)
    scene.turn_taking.settled()
    await scene.pause(3)
    assert not scene.turns


async def test_long_speech_without_words_is_a_turn_to_ask_about():
    scene = Scene()
    await scene.speak(2.5)
    await scene.pause(0.5, LIKELY)
    scene.turn_taking.settled()
    await scene.pause(2.5)
    assert [turn.text for turn in scene.turns] == [""]


async def test_sound_that_may_be_speech_delays_the_end_for_a_moment_only():
    scene = Scene()
    scene.sound_begins = True
    await scene.speak(2)
    await scene.pause(0.3, LIKELY)
    scene.write("I measured it first.", started_ago=2.3, ended_ago=0.3)
    await scene.pause(0.5)
    assert not scene.turns
    await scene.pause(0.5)
    assert len(scene.turns) == 1


async def test_an_end_keeps_the_words_of_a_turn_that_is_going_on():
    scene = Scene()
    await scene.speak(2)
    await scene.pause(0.3, UNLIKELY)
    scene.write("I was just about to say", started_ago=2.3, ended_ago=0.3)
    scene.turn_taking.finish()
    assert [turn.text for turn in scene.turns] == ["I was just about to say"]


async def test_an_end_keeps_no_acknowledgement_of_the_closing():
    scene = Scene()
    scene.interviewer_speaks = True
    await scene.speak(0.4)
    await scene.pause(0.1)
    scene.write("Mhm.", started_ago=0.5, ended_ago=0.1, final=False)
    scene.turn_taking.finish()
    assert not scene.turns


async def test_words_too_quiet_for_the_detector_end_after_their_own_silence_and_in_order():
    scene = Scene()
    await scene.pause(5)
    scene.write("I speak quietly.", started_ago=1.5, ended_ago=0.1)
    assert not scene.turns
    await scene.pause(2.5)
    assert [turn.text for turn in scene.turns] == ["I speak quietly."]
    assert scene.turns[0].ended_at >= scene.turns[0].started_at


async def test_the_candidate_has_the_floor_from_their_first_sound_to_the_end_of_their_turn():
    scene = Scene()
    assert scene.turn_taking.answering_since is None
    began_at = asyncio.get_running_loop().time()
    await scene.speak(2)
    assert scene.turn_taking.answering_since == pytest.approx(began_at, abs=0.2)
    scene.write("We moved it to a queue.", started_ago=2)
    await scene.pause(1, LIKELY)
    assert scene.turn_taking.answering_since is None


async def test_who_speaks_over_the_interviewer_has_not_got_the_floor():
    scene = Scene()
    scene.interviewer_speaks = True
    await scene.speak(1)
    assert scene.turn_taking.answering_since is None


async def test_who_goes_on_over_a_reply_has_the_floor_once_the_interviewer_has_stopped():
    scene = Scene()
    scene.interviewer_speaks = True
    began_at = asyncio.get_running_loop().time()
    await scene.speak(1)
    scene.interviewer_speaks = False
    await scene.speak(1)
    assert scene.turn_taking.answering_since == pytest.approx(began_at, abs=0.2)


async def test_who_was_just_told_to_go_on_is_given_the_time_for_it():
    scene = Scene()
    await scene.speak(2)
    scene.write("We moved it to a queue.", started_ago=2)
    scene.turn_taking.floor.leave_until(asyncio.get_running_loop().time() + 1.5)
    await scene.pause(1.4, LIKELY)
    assert not scene.turns
    await scene.pause(0.3)
    assert len(scene.turns) == 1


async def test_a_turn_that_goes_on_is_told_as_far_as_it_is_recognised():
    scene = Scene()
    await scene.speak(2)
    await scene.pause(0.3, LIKELY)
    scene.write("First sentence.", started_ago=2.3, ended_ago=0.3)
    assert (scene.turns, scene.heard_so_far) == ([], ["First sentence."])
    await scene.speak(2)
    await scene.pause(0.9, LIKELY)
    scene.write("Second sentence.", started_ago=2.9, ended_ago=0.9)
    assert scene.heard_so_far[-1] == scene.turns[0].text == "First sentence. Second sentence."


async def test_an_answer_that_began_over_the_interviewer_is_told_as_far_as_it_is_recognised():
    scene = Scene()
    scene.interviewer_speaks = True
    await scene.speak(0.6)
    await scene.pause(0.1)
    scene.write("Wait, I know this.", started_ago=0.6, ended_ago=0.1)
    assert scene.interruptions == 1
    await scene.speak(2)
    scene.write("We put a queue in front of it.", started_ago=2, ended_ago=0.1)
    assert scene.heard_so_far == ["Wait, I know this.", "Wait, I know this. We put a queue in front of it."]


async def test_a_listeners_sound_is_told_to_nobody():
    scene = Scene()
    scene.interviewer_speaks = True
    await scene.speak(0.4)
    await scene.pause(0.2)
    scene.write("Mhm.", started_ago=0.6, ended_ago=0.2)
    assert scene.heard_so_far == []
