"""The measurement, on synthetic sound whose figures are known."""

import numpy as np
import pytest

from tests.support.candidate.audio import SAMPLE_RATE, Samples, Span
from tests.support.candidate.measure import (
    Recording,
    Summary,
    measure_acknowledgement,
    measure_answer,
    measure_back_channels,
    measure_interruption,
)
from tests.support.candidate.recorder import Recorder

pytestmark = pytest.mark.unit
CLOSE = 0.02


class Scene:
    """Twelve seconds of nearly silent room, into which voices are put."""

    def __init__(self) -> None:
        rng = np.random.default_rng(1)
        self.own, self.voice, self.listening = (
            (rng.standard_normal(12 * SAMPLE_RATE) * 2e-4).astype(np.float32) for _ in range(3)
        )

    def speak(self, track: Samples, start: float, seconds: float) -> Span:
        """Speech-like: 140 Hz pulses under a syllable envelope that never falls to silence."""
        time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
        pulses = 0.15 * np.sign(np.sin(2 * np.pi * 140 * time)) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * time))
        first = int(start * SAMPLE_RATE)
        track[first : first + len(time)] += pulses.astype(np.float32)
        return Span(start, start + seconds)

    @property
    def recording(self) -> Recording:
        return Recording(own=self.own, voice=self.voice, listening=self.listening, started_at=100.0)


def later(span: Span) -> Span:
    """The same span on the clock of a recording that started at 100 s."""
    return Span(span.start + 100.0, span.end + 100.0)


def test_response_time_counts_from_the_last_sound_of_the_answer_to_the_first_of_the_reply():
    scene = Scene()
    answer = scene.speak(scene.own, 2.0, 3.0)
    scene.speak(scene.voice, 5.437, 2.0)
    measured = measure_answer(scene.recording, later(answer))
    assert measured.response_sec == pytest.approx(0.437, abs=CLOSE)
    assert measured.cut_ins == []


def test_an_answer_without_a_reply_has_no_response_time():
    scene = Scene()
    answer = scene.speak(scene.own, 2.0, 3.0)
    assert measure_answer(scene.recording, later(answer)).response_sec is None


def test_an_interviewer_that_finishes_into_the_answer_does_not_cut_in():
    scene = Scene()
    scene.speak(scene.voice, 1.0, 1.5)
    answer = scene.speak(scene.own, 2.0, 3.0)
    scene.speak(scene.voice, 6.0, 1.0)
    measured = measure_answer(scene.recording, later(answer))
    assert measured.cut_ins == []
    assert measured.response_sec == pytest.approx(1.0, abs=CLOSE)


def test_speech_into_a_pause_is_a_cut_in_and_its_place_in_the_pause_is_told():
    scene = Scene()
    first, second = scene.speak(scene.own, 2.0, 2.0), scene.speak(scene.own, 5.5, 2.0)
    scene.speak(scene.voice, 4.9, 1.5)
    measured = measure_answer(scene.recording, later(Span(first.start, second.end)))
    assert measured.response_sec is None
    assert [cut.into_pause_sec for cut in measured.cut_ins] == [pytest.approx(0.9, abs=CLOSE)]
    assert measured.pauses == [pytest.approx(1.5, abs=CLOSE)]


def test_an_interruption_ends_where_the_interviewer_falls_silent():
    scene = Scene()
    scene.speak(scene.voice, 1.0, 2.62)
    interruption = scene.speak(scene.own, 3.0, 0.8)
    measured = measure_interruption(scene.recording, later(interruption))
    assert measured.interviewer_was_talking
    assert measured.stopped_after_sec == pytest.approx(0.62, abs=CLOSE)


def test_a_reply_without_a_silence_before_it_bounds_the_stop_by_its_caption():
    scene = Scene()
    scene.speak(scene.voice, 1.0, 8.0)
    interruption = scene.speak(scene.own, 3.0, 0.8)
    measured = measure_interruption(scene.recording, later(interruption), replies_opened_at=[104.5])
    assert measured.stopped_after_sec == pytest.approx(1.5, abs=CLOSE)


def test_an_interviewer_that_talks_on_survives_an_acknowledgement_uninterrupted():
    scene = Scene()
    scene.speak(scene.voice, 1.0, 6.0)
    measured = measure_acknowledgement(scene.recording, later(scene.speak(scene.own, 3.0, 0.4)))
    assert measured.survived
    assert measured.uninterrupted


def test_an_interviewer_that_pauses_and_goes_on_survives_with_a_gap():
    scene = Scene()
    scene.speak(scene.voice, 1.0, 2.3)
    acknowledgement = scene.speak(scene.own, 3.0, 0.4)
    scene.speak(scene.voice, 4.6, 2.0)
    measured = measure_acknowledgement(scene.recording, later(acknowledgement))
    assert measured.survived
    assert not measured.uninterrupted
    assert measured.silent_gap_sec == pytest.approx(1.3, abs=CLOSE)


def test_an_acknowledgement_that_is_answered_was_not_survived():
    scene = Scene()
    scene.speak(scene.voice, 1.0, 2.3)
    acknowledgement = scene.speak(scene.own, 3.0, 0.4)
    scene.speak(scene.voice, 4.6, 2.0)
    measured = measure_acknowledgement(scene.recording, later(acknowledgement), replies_opened_at=[104.4])
    assert not measured.survived


def test_a_back_channel_is_placed_within_the_pause_it_fell_into():
    scene = Scene()
    scene.speak(scene.own, 1.0, 4.0)
    scene.speak(scene.own, 5.5, 2.0)
    scene.speak(scene.listening, 5.28, 0.4)
    scene.speak(scene.listening, 8.5, 0.4)
    (measured,) = measure_back_channels(scene.recording, later(Span(1.0, 7.5)))
    assert measured.after_pause_start_sec == pytest.approx(0.28, abs=CLOSE)
    assert not measured.over_speech


def test_a_summary_of_nothing_claims_nothing():
    assert Summary.of([]) == Summary(n=0, p50=None, p95=None, largest=None)


def test_late_frames_open_no_holes_in_a_recording():
    rng = np.random.default_rng(2)
    recorder = Recorder()
    for number in range(100):
        on_time = SAMPLE_RATE + 480 * (number + 1)
        recorder.put(np.ones(480, np.int16), on_time + int(rng.integers(0, 900)))
    heard = np.flatnonzero(recorder.read(0.0, 3.0))
    assert recorder.jumps == 0
    assert len(heard) == heard[-1] - heard[0] + 1 == 48_000
    assert heard[0] == pytest.approx(SAMPLE_RATE, abs=480)


def test_part_of_a_recording_reads_as_it_does_in_the_whole():
    recorder = Recorder()
    for number in range(137):
        recorder.put(np.full(480, number + 1, np.int16), 480 * (number + 1))
    whole = recorder.read(0.0, 2.0)
    assert np.array_equal(recorder.read(0.655, 1.313), whole[int(0.655 * SAMPLE_RATE) : int(1.313 * SAMPLE_RATE)])


def test_lost_audio_leaves_a_hole_of_its_length():
    recorder = Recorder()
    for number in range(50):
        recorder.put(np.ones(480, np.int16), 480 * (number + 1))
    for number in range(50):
        recorder.put(np.ones(480, np.int16), SAMPLE_RATE + 480 * (number + 1))
    heard = recorder.read(0.0, 1.5) > 0
    assert not heard[SAMPLE_RATE // 2 : SAMPLE_RATE].any()
    assert heard[: SAMPLE_RATE // 2].all()
    assert recorder.jumps == 1
