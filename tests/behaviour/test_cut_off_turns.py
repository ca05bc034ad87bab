"""Turns whose speaker leaves the room in the middle of them."""

import pytest

from tests.behaviour.turn_scene import LIKELY, UNLIKELY, Scene

pytestmark = pytest.mark.behaviour


async def test_a_turn_that_its_speaker_leaves_ends_as_soon_as_its_words_are_there():
    scene = Scene()
    await scene.speak(3)
    scene.turn_taking.candidate_left()
    await scene.pause(0.6, UNLIKELY)
    assert scene.turns == []
    scene.write("It is about caches and", started_ago=3.6, ended_ago=0.6)
    assert [(turn.text, turn.cut_off) for turn in scene.turns] == [("It is about caches and", True)]
    assert not scene.turn_taking.candidate_back()


async def test_a_turn_that_was_cut_off_is_handed_over_without_a_word_too():
    scene = Scene()
    await scene.speak(0.3)
    scene.turn_taking.candidate_left()
    await scene.pause(1.0)
    assert scene.turn_taking.candidate_back()
    await scene.pause(3.0)
    assert [(turn.text, turn.cut_off) for turn in scene.turns] == [("", True)]


async def test_sound_that_comes_late_of_somebody_who_has_left_is_cut_off_too():
    scene = Scene()
    scene.turn_taking.candidate_left()
    await scene.speak(1)
    scene.write("It is about", started_ago=1)
    await scene.pause(1.0)
    assert [turn.cut_off for turn in scene.turns] == [True]


async def test_after_a_return_turns_are_whole_again():
    scene = Scene()
    scene.turn_taking.candidate_left()
    await scene.pause(1)
    assert not scene.turn_taking.candidate_back()
    await scene.speak(2)
    scene.write("It is about caches.", started_ago=2, ended_ago=0.05)
    await scene.pause(3, LIKELY)
    assert [turn.cut_off for turn in scene.turns] == [False]
