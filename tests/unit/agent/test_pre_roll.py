"""What the recogniser is given of what the gate kept back."""

import numpy as np
import pytest
from livekit import rtc

from agent.listening.pre_roll import PreRoll

pytestmark = pytest.mark.unit
FRAME = 160
FRAME_SEC = 0.01


class Gate:
    """Numbers the frames; a closed gate passes on number 0."""

    def __init__(self) -> None:
        self.pre_roll = PreRoll()
        self.given: list[int] = []
        self.heard = 0

    def hears(self, frames: int, *, is_open: bool, over_interviewer: bool = False) -> list[int]:
        """What is given to the recogniser meanwhile."""
        before = len(self.given)
        for _ in range(frames):
            self.heard += 1
            heard = numbered(self.heard)
            passed = heard if is_open else numbered(0)
            given = self.pre_roll.frames(heard, passed, gate_is_open=is_open, over_interviewer=over_interviewer)
            self.given += [number(one) for one in given]
        return self.given[before:]


def numbered(value: int) -> rtc.AudioFrame:
    return rtc.AudioFrame(np.full(FRAME, value, np.int16).tobytes(), 16_000, 1, FRAME)


def number(frame: rtc.AudioFrame) -> int:
    return int(np.frombuffer(frame.data, np.int16)[0])


def test_what_was_kept_back_right_before_the_gate_opened_comes_first_and_nothing_older():
    gate = Gate()
    gate.hears(50, is_open=False)
    assert gate.hears(1, is_open=True) == list(range(21, 52))


def test_the_recogniser_is_given_as_much_as_was_heard_after_a_long_silence():
    gate = Gate()
    for _ in range(5):
        gate.hears(50, is_open=False)
        gate.hears(50, is_open=True)
    gate.hears(250, is_open=False)
    assert len(gate.given) == gate.heard


def test_the_beginning_of_a_silence_comes_at_once():
    gate = Gate()
    gate.hears(50, is_open=False)
    gate.hears(50, is_open=True)
    assert len(gate.hears(30, is_open=False)) == 30
    assert len(gate.hears(30, is_open=False)) == 0


def test_over_the_interviewer_silence_is_left_out_at_once():
    gate = Gate()
    gate.hears(50, is_open=False)
    gate.hears(50, is_open=True, over_interviewer=True)
    assert gate.hears(30, is_open=False, over_interviewer=True) == []


def test_a_gate_that_closes_for_a_moment_neither_repeats_nor_loses_sound():
    gate = Gate()
    gate.hears(50, is_open=False)
    gate.hears(10, is_open=True)
    gate.hears(10, is_open=False)
    gate.hears(10, is_open=True)
    spoken = [one for one in gate.given if one]
    assert spoken == list(range(21, 81))


def test_a_place_in_the_recognisers_sound_is_known_by_when_it_was_heard():
    gate = Gate()
    for _ in range(5):
        gate.hears(50, is_open=False)
        gate.hears(50, is_open=True)
    for place, one in enumerate(gate.given):
        if one:
            assert gate.pre_roll.heard_sec(place * FRAME_SEC) == pytest.approx((one - 1) * FRAME_SEC, abs=0.001)


def test_a_gate_that_is_never_closed_changes_nothing():
    gate = Gate()
    assert gate.hears(50, is_open=True) == list(range(1, 51))
    assert gate.pre_roll.heard_sec(0.5) == 0.5
