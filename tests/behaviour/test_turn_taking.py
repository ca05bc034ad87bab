"""When a turn ends and when the interviewer is stopped, from what detector and recogniser say. No sound."""

import asyncio

import pytest

from agent.listening.thinking_room import ThinkingRoom
from agent.listening.turn_taking import TurnTaking
from agent.listening.turns import WINDOW_SEC, CandidateTurn, Recognised, SpokenWord, VoiceWindow

pytestmark = pytest.mark.behaviour
LIKELY, UNLIKELY = 0.6, 0.1


class Scene:
    """A candidate whose voice, words and turn probability are scripted; time is the loop's."""

    def __init__(self) -> None:
        self.turns: list[CandidateTurn] = []
        self.interruptions = 0
        self.interviewer_speaks = False
        self.sound_begins = False
        self.turn_taking = TurnTaking(
            ThinkingRoom(threshold=0.33, min_delay_sec=0.5, unsure_delay_sec=0.66, max_delay_sec=1.9),
            interruption_min_speech_sec=0.6,
            interviewer_is_speaking=lambda: self.interviewer_speaks,
            on_turn=self.turns.append,
            on_interruption=self._interrupted,
            speech_may_begin=lambda: self.sound_begins,
        )
        self._loop = asyncio.get_running_loop()

    def _interrupted(self) -> None:
        self.interruptions += 1
        self.interviewer_speaks = False

    async def speak(self, seconds: float) -> None:
        await self._windows(seconds, silent=False)

    async def pause(self, seconds: float, probability: float | None = None) -> None:
        """Silence; the detector answers 0.25 s into it."""
        if probability is None or seconds <= 0.25:
            await self._windows(seconds, silent=True)
            return
        await self._windows(0.25, silent=True)
        self.turn_taking.predicted(probability)
        await self._windows(seconds - 0.25, silent=True)

    def write(self, text: str, *, started_ago: float, ended_ago: float = 0.2, final: bool = True) -> None:
        """The recogniser delivers words that were said between those moments."""
        now = self._loop.time()
        words, start, end = text.split(), now - started_ago, now - ended_ago
        step = (end - start) / max(1, len(words))
        spoken = tuple(SpokenWord(word, start + n * step, start + (n + 1) * step, 0.9) for n, word in enumerate(words))
        self.turn_taking.recognised(Recognised(text, spoken, start, now, 0.9, final))

    async def _windows(self, seconds: float, *, silent: bool) -> None:
        for n in range(round(seconds / WINDOW_SEC)):
            await asyncio.sleep(WINDOW_SEC)
            silence_sec = (n + 1) * WINDOW_SEC if silent else 0.0
            speaking = not silent or silence_sec < 0.25
            self.turn_taking.hear(VoiceWindow(self._loop.time(), 0.1 if silent else 0.9, silence_sec, speaking))


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


async def test_a_dangling_word_gets_more_thinking_room_even_if_it_sounded_finished():
    scene = Scene()
    await scene.speak(2)
    await scene.pause(0.3, LIKELY)
    scene.write("I moved the data and", started_ago=2.3, ended_ago=0.3)
    await scene.pause(1.2)
    assert not scene.turns


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


async def test_who_goes_on_right_after_their_turn_was_taken_stops_the_interviewer_sooner():
    scene = Scene()
    await scene.speak(2)
    await scene.pause(0.3, LIKELY)
    scene.write("We replaced it.", started_ago=2.3, ended_ago=0.3)
    await scene.pause(0.6)
    scene.interviewer_speaks = True
    await scene.speak(0.35)
    assert scene.interruptions == 1


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
