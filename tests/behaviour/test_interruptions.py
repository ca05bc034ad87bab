"""What becomes of sounds over the interviewer: held, resumed, stopped. No sound, virtual time."""

import asyncio

import pytest

from tests.behaviour.test_turn_taking import LIKELY, Scene

pytestmark = pytest.mark.behaviour


async def over_the_interviewer() -> Scene:
    """The interviewer has been speaking for a while."""
    scene = Scene()
    scene.interviewer_speaks = True
    await scene.pause(3)
    return scene


def events(scene: Scene) -> list[str]:
    return [event for _, event in scene.sound]


async def test_the_interviewer_is_silent_within_150_ms_of_detected_voice():
    scene = await over_the_interviewer()
    began_at = asyncio.get_running_loop().time()
    await scene.speak(0.3)
    assert events(scene) == ["paused"]
    assert scene.sound[0][0] - began_at <= 0.15


async def test_an_acknowledgement_lets_the_interviewer_go_on_as_soon_as_its_words_are_known():
    scene = await over_the_interviewer()
    began_at = asyncio.get_running_loop().time()
    await scene.speak(0.5)
    await scene.pause(0.25)
    scene.write("Yeah.", started_ago=0.75, ended_ago=0.25, final=False)
    await scene.pause(1)
    assert events(scene) == ["paused", "resumed"]
    assert scene.sound[1][0] - began_at < 0.9
    assert scene.interruptions == 0


@pytest.mark.parametrize("seconds", [0.3, 0.5, 0.8, 1.2])
async def test_a_cough_or_a_laugh_without_words_lets_the_interviewer_go_on(seconds: float):
    scene = await over_the_interviewer()
    began_at = asyncio.get_running_loop().time()
    await scene.speak(seconds)
    await scene.pause(1.0)
    assert events(scene) == ["paused", "resumed"]
    assert scene.sound[1][0] - began_at < max(1.2, seconds + 0.6)
    scene.turn_taking.settled()
    await scene.pause(3)
    assert scene.interruptions == 0
    assert not scene.turns


async def test_a_listener_who_speaks_twice_is_heard_twice_and_stops_nothing():
    scene = await over_the_interviewer()
    for _ in range(2):
        await scene.speak(0.4)
        await scene.pause(0.3)
        scene.write("Mhm.", started_ago=0.7, ended_ago=0.3)
        await scene.pause(2)
    assert events(scene) == ["paused", "resumed"] * 2
    assert scene.interruptions == 0
    assert not scene.turns


async def test_words_that_come_late_stop_an_interviewer_who_has_gone_on():
    scene = await over_the_interviewer()
    await scene.speak(0.4)
    await scene.pause(1.0)
    assert events(scene) == ["paused", "resumed"]
    scene.write("Wait.", started_ago=1.4, ended_ago=1.0)
    assert scene.interruptions == 1


async def test_a_sentence_that_begins_like_an_acknowledgement_stops_the_interviewer():
    scene = await over_the_interviewer()
    await scene.speak(0.5)
    await scene.pause(0.2)
    scene.write("Yeah.", started_ago=0.7, ended_ago=0.2, final=False)
    await scene.speak(1.0)
    await scene.pause(0.3, LIKELY)
    scene.write("Yeah. But I never used that one.", started_ago=2.0, ended_ago=0.3)
    assert scene.interruptions == 1
    await scene.pause(1)
    assert [turn.text for turn in scene.turns] == ["Yeah. But I never used that one."]


async def test_a_real_sentence_stays_silent_from_its_beginning_and_becomes_a_turn():
    scene = await over_the_interviewer()
    await scene.speak(1.2)
    await scene.pause(0.3, LIKELY)
    scene.write("We did that last year.", started_ago=1.5, ended_ago=0.3)
    await scene.pause(1)
    assert events(scene) == ["paused"]
    assert scene.interruptions == 1
    assert [turn.text for turn in scene.turns] == ["We did that last year."]


async def test_long_speech_stops_the_interviewer_before_its_words_are_known():
    scene = await over_the_interviewer()
    await scene.speak(1.6)
    assert scene.interruptions == 1


async def test_the_interviewers_own_words_coming_back_stop_nothing_and_make_no_turn():
    scene = await over_the_interviewer()
    await scene.speak(1.0)
    await scene.pause(0.3, LIKELY)
    scene.write("design a cache for product", started_ago=1.3, ended_ago=0.3)
    await scene.pause(3)
    assert scene.interruptions == 0
    assert events(scene) == ["paused", "resumed"]
    assert not scene.turns


async def test_few_words_right_after_a_turn_was_taken_go_on_with_it():
    scene = Scene()
    await scene.speak(2)
    await scene.pause(0.3, LIKELY)
    scene.write("We wrote it", started_ago=2.3, ended_ago=0.3)
    await scene.pause(0.9)
    scene.interviewer_speaks = True
    await scene.speak(0.5)
    await scene.pause(0.3, LIKELY)
    scene.write("in Python.", started_ago=0.8, ended_ago=0.3, final=False)
    assert scene.interruptions == 1
    await scene.pause(1)
    assert [turn.text for turn in scene.turns] == ["We wrote it", "in Python."]


async def test_words_that_the_recogniser_guessed_of_a_short_sound_right_after_a_turn_are_a_listeners():
    scene = Scene()
    await scene.speak(2)
    await scene.pause(0.3, LIKELY)
    scene.write("We wrote it in Python.", started_ago=2.3, ended_ago=0.3)
    await scene.pause(0.9)
    scene.interviewer_speaks = True
    await scene.speak(0.5)
    await scene.pause(0.3, LIKELY)
    scene.write("My arms.", started_ago=0.8, ended_ago=0.3, confidence=0.24)
    await scene.pause(2)
    assert scene.interruptions == 0
    assert [turn.text for turn in scene.turns] == ["We wrote it in Python."]


async def test_without_pausing_only_words_and_length_stop_the_interviewer():
    scene = Scene(pause_after_sec=None, min_speech_sec=0.6)
    scene.interviewer_speaks = True
    await scene.pause(3)
    await scene.speak(0.5)
    assert not scene.sound
    await scene.speak(0.3)
    assert scene.interruptions == 1


async def test_a_sound_of_which_the_recogniser_makes_nothing_lets_the_interviewer_go_on_at_once():
    scene = await over_the_interviewer()
    began_at = asyncio.get_running_loop().time()
    await scene.speak(0.4)
    await scene.pause(0.3)
    scene.turn_taking.interim("")
    assert events(scene) == ["paused", "resumed"]
    assert scene.sound[1][0] - began_at < 0.75
