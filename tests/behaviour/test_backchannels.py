"""When the interviewer makes a listener's sound, from what detector and turn taking say. No sound."""

import asyncio
import random
from itertools import pairwise

import pytest

from agent.listening.backchannels import BackChannelRules, BackChannels
from agent.listening.turns import WINDOW_SEC, VoiceWindow

pytestmark = pytest.mark.behaviour
GOES_ON, MAY_BE_OVER, OVER = 0.08, 0.3, 0.6
SOUND_SEC = 0.45
DETECTION_SEC = 0.06
HANG_OVER_SEC = 0.09


class Answer:
    """A candidate with the floor, heard as the ears hear them."""

    def __init__(self, rules: BackChannelRules | None = None, *, seed: int = 1) -> None:
        self._loop = asyncio.get_running_loop()
        self.began_at: float | None = self._loop.time()
        self.interviewer_speaks = False
        self.sound_rises = False
        self.is_loud = False
        self.asked = 0
        self.played: list[tuple[float, str]] = []
        self.stopped_at: list[float] = []
        self.floor_left_until = 0.0
        self.sounds = ["mhm", "right", "i_see", "okay"]
        self._pause_began_at = 0.0
        self.back_channels = BackChannels(
            rules or BackChannelRules(),
            answering_since=lambda: self.began_at,
            interviewer_is_speaking=lambda: self.interviewer_speaks,
            speech_may_begin=lambda: self.sound_rises,
            candidate_is_loud=lambda: self.is_loud,
            sounds=lambda: self.sounds,
            play=self._play,
            stop=lambda: self.stopped_at.append(self._loop.time()),
            leave_floor_until=self._leave_floor,
            rng=random.Random(seed),
        )

    def _play(self, name: str) -> float:
        self.played.append((self._loop.time(), name))
        return SOUND_SEC

    def _leave_floor(self, at: float) -> None:
        self.floor_left_until = at

    async def speak(self, seconds: float) -> None:
        for _ in range(round(seconds / WINDOW_SEC)):
            await self._window(0.9, speaking=True)

    async def pause(self, seconds: float, probability: float) -> None:
        """Silence, of which the first 0.09 s still count as voiced. The turn detector answers a moment after asked."""
        self._pause_began_at = self._loop.time()
        await self.speak(HANG_OVER_SEC)
        for number in range(round((seconds - HANG_OVER_SEC) / WINDOW_SEC)):
            await self._window(0.05, speaking=number * WINDOW_SEC < 0.25)
            if self.back_channels.wants_prediction():
                self.asked += 1
                self._loop.call_later(DETECTION_SEC, self.back_channels.predicted, probability)

    async def _window(self, speech_probability: float, *, speaking: bool) -> None:
        await asyncio.sleep(WINDOW_SEC)
        self.back_channels.hear(VoiceWindow(self._loop.time(), speech_probability, 0.0, speaking))

    @property
    def times(self) -> list[float]:
        return [at for at, _ in self.played]

    @property
    def into_pause_sec(self) -> float:
        return self.times[-1] - self._pause_began_at


async def test_a_thinking_pause_in_a_long_answer_gets_one_sound_early_in_the_pause():
    answer = Answer()
    await answer.speak(5)
    await answer.pause(1.5, GOES_ON)
    assert len(answer.played) == 1
    assert 0.1 <= answer.into_pause_sec <= 0.33
    assert answer.back_channels.given == 1


async def test_a_short_answer_gets_none():
    answer = Answer()
    await answer.speak(2.5)
    await answer.pause(1.0, GOES_ON)
    assert not answer.played
    assert answer.asked == 0, "the detector isn't troubled where its answer can't matter"


async def test_an_answer_that_may_be_complete_gets_none():
    answer = Answer()
    for probability in (OVER, MAY_BE_OVER):
        await answer.speak(6)
        await answer.pause(1.5, probability)
    assert answer.asked == 2
    assert not answer.played


async def test_who_has_hardly_spoken_yet_gets_none():
    answer = Answer()
    await answer.speak(0.5)
    await answer.pause(5, GOES_ON)
    await answer.speak(0.5)
    await answer.pause(1, GOES_ON)
    assert not answer.played


@pytest.mark.parametrize("seed", range(5))
async def test_sounds_are_apart_within_the_rate_and_never_the_same_twice_running(seed: int):
    answer = Answer(seed=seed)
    for _ in range(40):
        await answer.speak(2)
        await answer.pause(1, GOES_ON)
    minutes = 40 * 3 / 60
    assert 2 <= len(answer.played) / minutes <= 4
    assert all(later - earlier >= 4 for earlier, later in pairwise(answer.times))
    names = [name for _, name in answer.played]
    assert all(one != other for one, other in pairwise(names))


async def test_words_that_go_on_as_before_leave_it_under_them():
    answer = Answer()
    await answer.speak(5)
    await answer.pause(0.3, GOES_ON)
    answer.sound_rises = True
    await answer.speak(2)
    assert len(answer.played) == 1
    assert not answer.stopped_at


async def test_who_goes_on_loudly_cancels_it():
    answer = Answer()
    answer.is_loud = True
    await answer.speak(5)
    await answer.pause(0.3, GOES_ON)
    began_at = answer.times[-1]
    await answer.speak(0.2)
    assert 0 < answer.stopped_at[0] - began_at < SOUND_SEC
    await answer.speak(1)
    assert len(answer.stopped_at) == 1


async def test_the_end_of_the_turn_cancels_it():
    answer = Answer()
    await answer.speak(5)
    await answer.pause(0.3, GOES_ON)
    answer.began_at = None
    await answer.pause(0.1 + HANG_OVER_SEC, GOES_ON)
    assert len(answer.stopped_at) == 1


async def test_none_while_the_interviewer_speaks_or_sound_is_rising():
    answer = Answer()
    await answer.speak(5)
    answer.interviewer_speaks = True
    await answer.pause(1, GOES_ON)
    answer.interviewer_speaks, answer.sound_rises = False, True
    await answer.speak(1)
    await answer.pause(1, GOES_ON)
    assert not answer.played


async def test_an_answer_of_the_detector_that_comes_late_is_too_late():
    answer = Answer()
    await answer.speak(5)
    await answer.pause(0.6, OVER)
    answer.back_channels.predicted(GOES_ON)
    assert not answer.played


async def test_an_answer_of_the_detector_that_finds_resumed_speech_is_too_late():
    answer = Answer()
    await answer.speak(5)
    await answer.pause(HANG_OVER_SEC + 2 * WINDOW_SEC, OVER)
    await answer.speak(WINDOW_SEC)
    answer.back_channels.predicted(GOES_ON)
    assert not answer.played


async def test_the_floor_is_left_for_a_moment_after_the_sound():
    answer = Answer()
    await answer.speak(5)
    await answer.pause(1, GOES_ON)
    assert 0.5 <= answer.floor_left_until - (answer.times[-1] + SOUND_SEC) <= 1


async def test_without_sounds_nothing_is_promised():
    answer = Answer()
    answer.sounds = []
    await answer.speak(5)
    await answer.pause(1, GOES_ON)
    assert answer.back_channels.given == 0
    assert answer.floor_left_until == 0


@pytest.mark.parametrize(("silence_sec", "sounds"), [(1.5, 1), (4.0, 0)])
async def test_an_answer_that_goes_on_after_a_false_start_is_still_the_same_one(silence_sec: float, sounds: int):
    """After a whole question of the interviewer's it is another answer, and has to last before a sound is made."""
    answer = Answer()
    await answer.speak(5.0)
    answer.began_at = None
    await answer.pause(silence_sec, OVER)
    answer.began_at = asyncio.get_running_loop().time()
    await answer.speak(1.0)
    await answer.pause(1.0, GOES_ON)
    assert len(answer.played) == sounds
