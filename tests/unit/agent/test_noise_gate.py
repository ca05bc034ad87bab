"""What is let through to the ears, by loudness."""

import numpy as np
import pytest
from livekit import rtc

from agent.listening.loudness import SILENCE_DBFS, level_dbfs
from agent.listening.noise_gate import NoiseGate

pytestmark = pytest.mark.unit
FRAME = 320
CANDIDATE_DBFS, TELEVISION_DBFS, ECHO_DBFS = -20.0, -35.0, -45.0


class Microphone:
    def __init__(self, *, below_db: float | None = 9.0) -> None:
        self.interviewer_speaks = False
        self.gate = NoiseGate(below_db=below_db, interviewer_is_speaking=lambda: self.interviewer_speaks)
        self._random = np.random.default_rng(1)

    def hears(self, dbfs: float, seconds: float = 2.0, *, voiced: bool = True) -> float:
        """Level of what is passed on at the end."""
        passed = None
        for _ in range(round(seconds / 0.02)):
            samples = self._random.normal(0, 32768 * 10 ** (dbfs / 20), FRAME).clip(-32768, 32767).astype(np.int16)
            passed = self.gate.filtered(rtc.AudioFrame(samples.tobytes(), 16_000, 1, FRAME))
            self.gate.learn(voiced=voiced)
        assert passed is not None
        return level_dbfs(passed)


def test_a_television_15_db_below_the_candidate_is_kept_back():
    microphone = Microphone()
    microphone.hears(CANDIDATE_DBFS)
    assert microphone.hears(TELEVISION_DBFS) < TELEVISION_DBFS - 25


def test_the_candidate_is_heard_from_the_first_frame_after_it():
    microphone = Microphone()
    microphone.hears(CANDIDATE_DBFS)
    microphone.hears(TELEVISION_DBFS, 5)
    assert microphone.hears(CANDIDATE_DBFS, 0.02) == pytest.approx(CANDIDATE_DBFS, abs=1)


def test_a_candidate_who_speaks_more_softly_by_8_db_is_heard():
    microphone = Microphone()
    microphone.hears(CANDIDATE_DBFS)
    assert microphone.hears(CANDIDATE_DBFS - 8) == pytest.approx(CANDIDATE_DBFS - 8, abs=1)


def test_before_the_candidate_has_spoken_an_echo_is_kept_back_and_a_person_is_heard():
    microphone = Microphone()
    microphone.interviewer_speaks = True
    assert microphone.hears(ECHO_DBFS) < ECHO_DBFS - 25
    assert microphone.hears(-22, 0.5) == pytest.approx(-22, abs=1)


def test_an_unknown_quiet_candidate_is_heard_while_nobody_else_speaks():
    assert Microphone().hears(-50) == pytest.approx(-50, abs=1)


def test_an_echo_teaches_nothing():
    microphone = Microphone()
    microphone.interviewer_speaks = True
    microphone.hears(-25)
    assert microphone.gate.candidate_dbfs is None


def test_the_end_of_an_echo_comes_after_the_interviewer_has_ended_and_teaches_nothing_either():
    microphone = Microphone()
    microphone.interviewer_speaks = True
    microphone.hears(ECHO_DBFS)
    microphone.interviewer_speaks = False
    assert microphone.hears(ECHO_DBFS, 0.4) == SILENCE_DBFS
    assert microphone.gate.candidate_dbfs is None


def test_nothing_at_all_of_an_echo_is_passed_on():
    microphone = Microphone()
    microphone.interviewer_speaks = True
    assert microphone.hears(ECHO_DBFS) == SILENCE_DBFS


def test_what_is_kept_back_while_the_candidate_has_the_floor_can_still_be_recognised():
    microphone = Microphone()
    microphone.hears(CANDIDATE_DBFS)
    assert SILENCE_DBFS < microphone.hears(CANDIDATE_DBFS - 15) < CANDIDATE_DBFS - 40


def test_who_moves_away_from_the_microphone_is_heard_again():
    microphone = Microphone()
    microphone.hears(CANDIDATE_DBFS)
    assert microphone.hears(CANDIDATE_DBFS - 15, 20) == pytest.approx(CANDIDATE_DBFS - 15, abs=1)


def test_a_setting_lets_everything_through():
    microphone = Microphone(below_db=None)
    microphone.hears(CANDIDATE_DBFS)
    assert microphone.hears(ECHO_DBFS) == pytest.approx(ECHO_DBFS, abs=1)


def test_who_speaks_up_is_loud():
    microphone = Microphone()
    assert not microphone.gate.is_loud
    microphone.hears(CANDIDATE_DBFS)
    assert not microphone.gate.is_loud
    microphone.hears(CANDIDATE_DBFS + 6, 0.1)
    assert microphone.gate.is_loud
