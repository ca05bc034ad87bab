"""What the last words of a turn call for."""

import pytest

from agent.listening.endings import read_ending
from agent.listening.own_pauses import OwnPauses, sentence_pauses_sec
from agent.listening.turns import SpokenWord

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "text",
    [
        "We chose that database because",
        "I would not use a global lock there, because,",
        "There were only three of us, so, um...",
        "I have worked with message queues,",
        "I have about five years of experience with",
        "You can scale the database, or.",
        "The price is a sh-",
        "I measured every",
        "When the cache is full.",
        "The second thing was, uh...",
        "I think.",
        "I moved the data and.",
    ],
)
def test_open_endings(text: str):
    assert read_ending(text) == "open"


@pytest.mark.parametrize(
    "text",
    [
        "The price is a short pause now and then.",
        "It takes the same time however large the map is.",
        "We switched the old one off, and turned the new one on.",
        "When the cache is full, old entries are thrown away.",
        "That is the part that I'm proud of, and nobody noticed.",
        "I would do that first.",
    ],
)
def test_complete_endings(text: str):
    assert read_ending(text) == "complete"


@pytest.mark.parametrize(
    "text",
    [
        "So we shipped it, and that's it.",
        "Yeah, that's my answer.",
        "I rolled it back. So that's how I solved it.",
        "Does that answer your question?",
        "I think that's all, really.",
        "I rolled it back. I hope that helps.",
    ],
)
def test_closings(text: str):
    assert read_ending(text) == "closing"


@pytest.mark.parametrize("text", ["Could you repeat the question?", "Let's skip this one.", "Can we stop here?"])
def test_requests(text: str):
    assert read_ending(text) == "request"


@pytest.mark.parametrize("text", ["I rolled it back. Give me a second.", "Let me think."])
def test_holds(text: str):
    assert read_ending(text) == "hold"


def _words(text: str, pause_sec: float) -> list[SpokenWord]:
    """Four words a second, and the pause behind each sentence."""
    words: list[SpokenWord] = []
    at = 100.0
    for word in text.split():
        words.append(SpokenWord(word, at, at + 0.25, 0.9))
        at += 0.25 + (pause_sec if word.endswith(".") else 0.0)
    return words


def test_gaps_are_those_between_sentences():
    assert sentence_pauses_sec(_words("One, two. Three. Four", 0.5)) == pytest.approx([0.5, 0.5])


def test_the_pauses_of_this_turn_count_more_than_earlier_ones():
    own = OwnPauses()
    own.turn_ended(sentence_pauses_sec(_words("One. Two. Three.", 2.0)))
    assert own.least_wait_sec(sentence_pauses_sec(_words("One. Two.", 0.5))) == pytest.approx(0.725)
    assert own.least_wait_sec(sentence_pauses_sec(_words("One. Two.", 0.2))) == 0.0


def test_at_the_first_sentence_the_usual_pause_counts_within_limits():
    own = OwnPauses()
    assert own.least_wait_sec(sentence_pauses_sec(_words("One.", 0.5))) == 0.0
    own.turn_ended(sentence_pauses_sec(_words("One. Two. Three.", 3.0)))
    assert own.least_wait_sec(sentence_pauses_sec(_words("One.", 0.5))) == 1.0


def test_a_pause_that_was_waited_for_says_little_about_a_longer_one():
    assert OwnPauses().least_wait_sec(sentence_pauses_sec(_words("One. Two.", 1.4))) == 1.0


def test_who_took_the_time_they_asked_for_is_no_slow_speaker():
    own = OwnPauses()
    pauses_sec = sentence_pauses_sec(_words("Let me think about that. One. Two.", 9.0))
    assert own.least_wait_sec(pauses_sec) == 0.0
    own.turn_ended(pauses_sec)
    assert own.least_wait_sec(sentence_pauses_sec(_words("One.", 0.0))) == 0.0


def test_who_was_begun_upon_and_went_on_gets_more_time_in_this_answer_and_the_next():
    own = OwnPauses()
    own.went_on(1.3)
    assert own.least_wait_sec(sentence_pauses_sec(_words("One.", 0.0))) == 1.6
    own.turn_ended(sentence_pauses_sec(_words("One.", 0.0)))
    own.answer_ended()
    assert own.least_wait_sec(sentence_pauses_sec(_words("One. Two.", 1.4))) == 1.6
    own.turn_ended(sentence_pauses_sec(_words("One. Two.", 1.4)))
    assert own.least_wait_sec(sentence_pauses_sec(_words("One. Two.", 1.4))) == 1.0


@pytest.mark.parametrize(
    "text",
    ["After that the page loaded in less than half a second.", "It took about a minute.", "It ran every few seconds."],
)
def test_how_long_something_took_is_no_request_for_time(text: str):
    assert read_ending(text) == "complete"


@pytest.mark.parametrize("text", ["Bear with me for a moment.", "I saw it, um, just a second.", "I need a minute."])
def test_time_is_asked_for_in_many_words(text: str):
    assert read_ending(f"We fixed it. {text}") == "hold"


def test_the_silence_that_was_heard_counts_and_not_the_recognisers_times():
    words = _words("One. Two. Three.", 0.7)
    first, second = words[0].ended_at, words[1].ended_at
    silences = [(first + 0.1, first + 0.5), (second - 5.0, second - 3.0)]
    assert sentence_pauses_sec(words, silences) == pytest.approx([0.4, 0.0])
