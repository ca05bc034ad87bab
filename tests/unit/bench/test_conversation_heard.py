"""The measures of the conversation bench, on synthetic sound whose figures are known."""

import numpy as np
import pytest

from bench.conversation.heard import (
    acknowledgement_of,
    measure_back_channels,
    measure_disturbance,
    measure_exchange,
    measure_hold,
    measure_interruption,
    measure_response,
)
from bench.conversation.performing import Performed, PlayedPause, Sounded
from bench.conversation.scripts import Exchange
from bench.conversation.written import Written, words_not_heard
from tests.support.candidate.audio import SAMPLE_RATE, Samples, Span
from tests.support.candidate.measure import Recording
from tests.support.client import TurnSeen

pytestmark = pytest.mark.unit
CLOSE = 0.025
EXCHANGE = Exchange("00-00.x", 0, "x", True, (), None, None, None, 1.0, 1.0)


class Scene:
    """Twenty seconds of a nearly silent room, into which voices are put."""

    def __init__(self) -> None:
        rng = np.random.default_rng(1)
        self.own, self.voice, self.listening = (
            (rng.standard_normal(20 * SAMPLE_RATE) * 2e-4).astype(np.float32) for _ in range(3)
        )
        self.turns: list[TurnSeen] = []

    def speak(self, track: Samples, start: float, end: float) -> Span:
        time = np.arange(int((end - start) * SAMPLE_RATE)) / SAMPLE_RATE
        first = int(start * SAMPLE_RATE)
        track[first : first + len(time)] += (0.15 * np.sign(np.sin(2 * np.pi * 140 * time))).astype(np.float32)
        return Span(start, end)

    def write(self, speaker: str, start: float, end: float, *, interrupted: bool = False, text: str = "words") -> None:
        turn = {"speaker": speaker, "text": text, "interrupted": interrupted, "seq": len(self.turns)}
        times = {"started_ms": round(start * 1000), "ended_ms": round(end * 1000)}
        none = {"question_id": None, "question_index": None, "confidence": None}
        self.turns.append(TurnSeen.model_validate({**turn, **times, **none}))

    @property
    def recording(self) -> Recording:
        return Recording(own=self.own, voice=self.voice, listening=self.listening)

    @property
    def written(self) -> Written:
        return Written.on_clock(self.turns, 0.0)

    def answer_with_pause(self, pause_sec: float) -> Performed:
        """Two seconds of speech, a pause, two more: from 1.0 s on."""
        first = self.speak(self.own, 1.0, 3.0)
        second = self.speak(self.own, 3.0 + pause_sec, 5.0 + pause_sec)
        done = Performed(EXCHANGE, started_at=0.0, replied=True, ended_at=20.0)
        done.answer = Span(first.start, second.end)
        done.pauses = [PlayedPause("sentence", pause_sec, Span(first.end, second.start))]
        return done


def test_an_undisturbed_answer_has_a_response_time_and_no_false_start():
    scene = Scene()
    done = scene.answer_with_pause(1.5)
    scene.speak(scene.voice, 7.1, 9.0)
    heard = measure_exchange(scene.recording, done, "What happened then?")
    assert heard.response is not None
    assert heard.response.first_sound_sec == pytest.approx(0.6, abs=CLOSE)
    assert heard.response.content_sec == pytest.approx(0.6, abs=CLOSE)
    assert [false_start for _, false_start in heard.pauses] == [None]


def test_a_false_start_is_placed_in_its_pause_and_its_silence_counts_from_the_going_on():
    scene = Scene()
    done = scene.answer_with_pause(1.5)
    scene.speak(scene.voice, 4.0, 4.8)
    scene.speak(scene.voice, 5.2, 5.8)  # "Sorry, go on."
    heard = measure_exchange(scene.recording, done, "")
    (_, false_start) = heard.pauses[0]
    assert false_start is not None
    assert false_start.into_pause_sec == pytest.approx(1.0, abs=CLOSE)
    assert false_start.silent_after_sec == pytest.approx(0.3, abs=CLOSE)
    assert heard.cut_ins_over_speech == []
    assert heard.response is None


def test_speech_over_running_speech_belongs_to_no_pause():
    scene = Scene()
    done = scene.answer_with_pause(1.0)
    scene.speak(scene.voice, 1.8, 2.3)
    heard = measure_exchange(scene.recording, done, "")
    assert heard.cut_ins_over_speech == [pytest.approx(1.8, abs=CLOSE)]
    assert [false_start for _, false_start in heard.pauses] == [None]


def test_content_begins_after_the_gap_that_ends_the_acknowledgement():
    scene = Scene()
    scene.speak(scene.own, 1.0, 3.0)
    scene.speak(scene.voice, 3.5, 4.0)
    scene.speak(scene.voice, 4.3, 6.0)
    response = measure_response(scene.recording, 3.0, "Thanks. What did you do after that?")
    assert response is not None
    assert response.acknowledgement == "Thanks."
    assert response.first_sound_sec == pytest.approx(0.5, abs=CLOSE)
    assert response.content_sec == pytest.approx(1.3, abs=CLOSE)


def test_what_opens_with_its_content_has_no_acknowledgement():
    assert acknowledgement_of("What happened then?") == ""
    assert acknowledgement_of("Let us stay with this project for a while. Why?") == ""
    assert acknowledgement_of("Okay, that helps. Why?") == "Okay, that helps."


def test_one_short_utterance_leaves_the_floor_held_and_a_long_one_takes_it():
    scene = Scene()
    hold = Sounded("hold-01", scene.speak(scene.own, 1.0, 2.0))
    scene.speak(scene.voice, 3.0, 4.0)
    assert measure_hold(scene.recording, hold) == (10.0, pytest.approx(1.0, abs=CLOSE))
    scene.speak(scene.voice, 7.0, 10.0)
    assert measure_hold(scene.recording, hold)[0] == pytest.approx(5.0, abs=CLOSE)


def test_an_interruption_ends_where_the_silence_begins():
    scene = Scene()
    scene.speak(scene.voice, 1.0, 4.4)
    scene.write("interviewer", 1.0, 4.4, interrupted=True)
    measured = measure_interruption(scene.recording, Sounded("wait", scene.speak(scene.own, 4.0, 4.5)), scene.written)
    assert measured.left_out is None
    assert measured.stopped_after_sec == pytest.approx(0.4, abs=CLOSE)


def test_an_interviewer_who_talks_on_was_not_stopped():
    scene = Scene()
    scene.speak(scene.voice, 1.0, 9.0)
    scene.write("interviewer", 1.0, 9.0)
    measured = measure_interruption(scene.recording, Sounded("wait", scene.speak(scene.own, 4.0, 4.5)), scene.written)
    assert (measured.stopped_after_sec, measured.left_out) == (None, None)


def test_an_interruption_of_what_ends_by_itself_is_no_sample():
    scene = Scene()
    scene.speak(scene.voice, 1.0, 4.4)
    scene.write("interviewer", 1.0, 4.4)
    sounded = Sounded("wait", scene.speak(scene.own, 4.0, 4.5))
    assert measure_interruption(scene.recording, sounded, scene.written).left_out is not None


@pytest.mark.parametrize(("back_at", "goes_on"), [(4.9, True), (5.6, False)])
def test_an_interviewer_may_pause_for_a_second_after_a_noise(back_at: float, goes_on: bool):
    scene = Scene()
    scene.speak(scene.voice, 1.0, 4.2)
    scene.speak(scene.voice, back_at, 9.0)
    measured = measure_disturbance(
        scene.recording, Sounded("mhm", scene.speak(scene.own, 3.8, 4.2)), 20.0, scene.written
    )
    assert measured.goes_on is goes_on


def test_a_noise_that_becomes_a_turn_was_answered():
    scene = Scene()
    scene.speak(scene.voice, 1.0, 9.0)
    scene.write("candidate", 3.8, 4.3, text="Okay.")
    measured = measure_disturbance(
        scene.recording, Sounded("okay", scene.speak(scene.own, 3.8, 4.2)), 20.0, scene.written
    )
    assert measured.answered
    assert not measured.goes_on


def test_an_interviewer_who_ends_by_itself_before_the_television_does_was_not_disturbed():
    scene = Scene()
    scene.speak(scene.voice, 1.0, 6.0)
    scene.write("interviewer", 1.0, 6.0)
    television = Sounded("television", scene.speak(scene.own, 1.2, 9.0))
    measured = measure_disturbance(scene.recording, television, 20.0, scene.written)
    assert measured.goes_on
    assert measured.left_out is None


def test_a_back_channel_has_a_place_in_the_answer_and_a_distance_to_the_reply():
    scene = Scene()
    done = scene.answer_with_pause(1.5)
    scene.speak(scene.listening, 3.3, 3.7)
    scene.speak(scene.voice, 7.2, 9.0)
    (found,) = measure_back_channels(scene.recording, done)
    assert found.into_answer_sec == pytest.approx(2.3, abs=CLOSE)
    assert found.into_pause_sec == pytest.approx(0.3, abs=CLOSE)
    assert found.before_reply_sec == pytest.approx(3.5, abs=CLOSE)
    assert not found.followed_by_cut_in


def test_words_around_a_pause_are_in_one_turn_or_in_two():
    scene = Scene()
    scene.write("candidate", 1.0, 6.0)
    assert scene.written.is_one_turn_over(Span(3.0, 4.0))
    scene.turns.clear()
    scene.write("candidate", 1.0, 3.2)
    scene.write("candidate", 4.0, 6.0)
    assert not scene.written.is_one_turn_over(Span(3.0, 4.0))


def test_words_at_the_end_that_nobody_heard_are_counted():
    assert words_not_heard("Tell me about a project that you", "Tell me about the project that") == 1
    assert words_not_heard("Tell me about a project that you led last year", "Tell me about a project") == 5
    assert words_not_heard("Tell me about", "Tell me about a project") == 0
