"""What was said before a segment: how far it reaches, and what it says about the mark at the end."""

import pytest

from agent.speech.whisper.context import Context, end_is_unsure, with_mark_of
from agent.speech.whisper.model import SAMPLE_RATE
from agent.speech.whisper.segments import Segment
from agent.speech.whisper.transcription import Transcription, WordSpan

pytestmark = pytest.mark.unit


def at(sec: float) -> int:
    return int(sec * SAMPLE_RATE)


def segment(start_sec: float) -> Segment:
    """Half a second before its speech, as all are."""
    start, speech_start = at(start_sec - 0.5), at(start_sec)
    return Segment("one", start, speech_start, last_voiced=speech_start, last_interim=speech_start)


def after_speech(from_sec: float, until_sec: float) -> Context:
    context = Context()
    context.close(segment(from_sec), at(until_sec))
    return context


def heard(*words: str, stop: float | None) -> Transcription:
    spans = [WordSpan(word, 0.0, 0.1, 0.9) for word in words[:-1]] + [WordSpan(words[-1], 0.1, 0.2, 0.9, stop)]
    return Transcription(" ".join(words), tuple(spans), 0.9, 0.0)


def test_the_first_speech_of_all_has_nothing_before_it():
    assert Context().start_for_mark(segment(1), at(5)) is None
    assert Context().start_for_scrap(segment(1), at(1.5)) == segment(1).start


def test_a_last_sentence_is_heard_with_the_sentence_before():
    assert after_speech(1, 5).start_for_mark(segment(5.6), at(9)) == segment(1).start


def test_sentences_in_a_row_are_heard_together_as_far_as_twelve_seconds_before_the_mark():
    context = after_speech(1, 6)
    context.close(segment(6.5), at(12))
    assert context.start_for_mark(segment(12.5), at(16)) == at(4)


@pytest.mark.parametrize(("speech_sec", "until_sec"), [(7.0, 10.0), (5.6, 17.5), (5.6, 6.4)])
def test_speech_long_before_it_and_a_segment_that_is_long_or_a_scrap_need_no_second_hearing(
    speech_sec: float, until_sec: float
):
    assert after_speech(1, 5).start_for_mark(segment(speech_sec), at(until_sec)) is None


def test_a_scrap_is_heard_with_the_last_six_seconds():
    assert after_speech(1, 12).start_for_scrap(segment(12.5), at(13.2)) == segment(12.5).start - at(6)


@pytest.mark.parametrize(
    ("last", "stop", "unsure"),
    [
        ("worked.", 0.95, False),
        ("worked.", 0.6, True),
        ("worked", None, True),
        ("worked,", None, True),
        ("worked...", None, False),
        ("work-", None, False),
    ],
)
def test_an_unsure_mark_or_none_leaves_open_whether_a_sentence_ended(last: str, stop: float | None, unsure: bool):
    assert end_is_unsure(heard("It", last, stop=stop)) is unsure


def test_where_nothing_was_recognised_there_is_no_end_to_be_unsure_of():
    assert not end_is_unsure(Transcription("", (), 0, 0))


def test_the_mark_is_as_sure_as_it_was_with_what_was_said_before():
    surer = with_mark_of(heard("It", "worked.", stop=0.6), heard("worked!", stop=0.9))
    assert surer.text == "It worked."
    assert surer.words[-1].stop_probability == 0.9


@pytest.mark.parametrize("last", ["worked", "worked,"])
def test_a_sure_mark_takes_the_place_of_none(last: str):
    marked = with_mark_of(heard("It", last, stop=None), heard("worked.", stop=0.9))
    assert marked.text == "It worked."
    assert [word.text for word in marked.words] == ["It", "worked."]
    assert marked.words[-1].stop_probability == 0.9


def test_an_unsure_one_doesnt():
    first = heard("It", "worked", stop=None)
    assert with_mark_of(first, heard("worked.", stop=0.7)) == first


@pytest.mark.parametrize(
    "again", [heard("walked.", stop=0.9), heard("worked,", stop=None), Transcription("", (), 0, 0)]
)
def test_another_word_or_no_mark_says_nothing_about_it(again: Transcription):
    first = heard("It", "worked.", stop=0.6)
    assert with_mark_of(first, again) == first
