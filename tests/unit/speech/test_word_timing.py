"""Word times, and the audio they are taken from."""

import numpy as np
import pytest

from agent.speech.whisper.history import SampleHistory, quietest_position
from agent.speech.whisper.timing import token_starts_sec, without_pauses

pytestmark = pytest.mark.unit

RATE = 16_000


def tone(seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return (0.3 * np.sin(np.arange(int(seconds * RATE)) * 0.3)).astype(np.float32)


def nothing(seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.zeros(int(seconds * RATE), np.float32)


def test_tokens_start_where_the_alignment_reaches_them():
    pairs = [(0, 0), (0, 10), (1, 11), (1, 20), (3, 30), (3, 40)]
    assert token_starts_sec(pairs, 3, 2.0) == pytest.approx([0.0, 0.22, 0.6, 0.6])


def test_what_the_alignment_never_reaches_ends_with_the_audio():
    assert token_starts_sec([(0, 5)], 2, 1.0) == pytest.approx([0.1, 1.0, 1.0])


def test_boundaries_move_into_the_pause_and_the_pause_is_taken_off():
    audio = np.concatenate([nothing(0.5), tone(0.4), nothing(0.2), tone(0.4), nothing(0.5)])
    first, second = without_pauses([(0.0, 1.15), (1.15, 2.0)], audio, RATE)
    assert first == pytest.approx((0.5, 0.9), abs=0.02)
    assert second == pytest.approx((1.1, 1.5), abs=0.02)


def test_a_word_in_silence_keeps_its_time():
    assert without_pauses([(0.2, 0.4)], nothing(1.0), RATE) == [(pytest.approx(0.2), pytest.approx(0.4))]


def test_history_gives_samples_by_their_position_also_when_the_old_ones_are_gone():
    history = SampleHistory()
    for start in range(0, 1000, 100):
        history.append(np.arange(start, start + 100, dtype=np.int16))
    history.forget_before(250)
    assert history.end == 1000
    assert (history.between(350, 620) * 32768).tolist() == list(range(350, 620))
    assert (history.between(0, 205) * 32768).tolist() == [200, 201, 202, 203, 204]
    assert len(history.between(1000, 2000)) == 0


def test_speech_without_a_pause_is_cut_at_its_quietest_spot():
    samples = np.concatenate([tone(1.0), 0.1 * tone(0.1), tone(1.0)])
    assert quietest_position(samples, 480) / RATE == pytest.approx(1.05, abs=0.06)
