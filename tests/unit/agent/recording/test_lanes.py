"""Sound is put where it was heard, whenever it came."""

import numpy as np
import pytest

from agent.recording.lanes import HeardLane, Pcm, PlayedLane

pytestmark = pytest.mark.unit

RATE = 1000
FRAME = 20
"""Samples, and milliseconds."""


def ones(count: int) -> Pcm:
    return np.ones(count, np.int16)


def loud_ms(sound: Pcm) -> list[tuple[int, int]]:
    """Stretches that aren't silent."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (sound != 0).astype(np.int8), [0]])))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def heard(arrivals_ms: list[int]) -> Pcm:
    """Frames that came at these times, in 5 s that are taken in pieces of half a second, 1.5 s late."""
    lane = HeardLane(RATE)
    pieces: list[Pcm] = []
    waiting = list(arrivals_ms)
    for now_ms in range(500, 6501, 500):
        while waiting and waiting[0] <= now_ms:
            lane.hear(waiting.pop(0) / 1000, ones(FRAME))
        pieces.append(lane.take((now_ms - 1500) / 1000))
    return np.concatenate(pieces)


def test_frames_that_come_in_time_lie_where_they_were_said():
    assert loud_ms(heard([1000 + FRAME * n for n in range(1, 51)])) == [(1000, 2000)]


def test_jitter_moves_nothing():
    random = np.random.default_rng(7)
    late = [int(ms) for ms in random.integers(0, 60, 50)]
    arrivals = np.maximum.accumulate([1000 + FRAME * n + late[n - 1] for n in range(1, 51)])
    [(start, end)] = loud_ms(heard([int(ms) for ms in arrivals]))
    assert abs(start - 1000) <= 30
    assert end - start == 1000


def test_a_stall_of_the_event_loop_tears_no_hole():
    in_time = [1000 + FRAME * n for n in range(1, 51)]
    arrivals = [1700 if 1200 < at < 1700 else at for at in in_time]
    assert loud_ms(heard(arrivals)) == [(1000, 2000)]


def test_a_first_frame_that_comes_late_is_put_right_by_the_others():
    arrivals = [1000 + FRAME * n for n in range(1, 51)]
    arrivals[0] = arrivals[1] = arrivals[2] = 1060
    assert loud_ms(heard(arrivals)) == [(1000, 2000)]


@pytest.mark.parametrize("mute_ms", [80, 300, 450, 2500])
def test_what_follows_a_mute_is_as_late_as_it_was_said(mute_ms: int):
    before = [500 + FRAME * n for n in range(1, 26)]
    after = [1000 + mute_ms + FRAME * n for n in range(1, 26)]
    assert loud_ms(heard([*before, *after])) == [(500, 1000), (1000 + mute_ms, 1500 + mute_ms)]


def test_clocks_that_run_apart_stay_together():
    """A microphone whose second is 1.002 of ours: ten times what a bad one has."""
    arrivals = [round(1.002 * FRAME * n) for n in range(1, 240)]
    sound = heard(arrivals)
    [*_, (_, end)] = loud_ms(sound)
    assert abs(end - arrivals[-1]) <= 40


def test_speech_is_where_it_is_played():
    lane = PlayedLane(RATE)
    for n in range(25):
        lane.play(1.0 + n * 0.02 + 0.003, ones(FRAME))
    lane.play(2.0, ones(FRAME))
    sound = lane.take(3.0)
    assert len(sound) == 3000
    assert loud_ms(sound) == [(1003, 1503), (2000, 2020)]


def test_speech_that_was_stopped_ends_there():
    lane = PlayedLane(RATE)
    lane.play(0.0, ones(400))
    lane.cut(0.25)
    lane.play(0.5, ones(100))
    assert loud_ms(lane.take(1.0)) == [(0, 250), (500, 600)]


def test_what_comes_for_a_piece_that_is_gone_is_left_out():
    lane = PlayedLane(RATE)
    assert loud_ms(lane.take(1.0)) == []
    lane.play(0.9, ones(200))
    assert loud_ms(lane.take(2.0)) == [(0, 100)]
