"""Which of a few expected answers was said."""

import pytest

from agent.speech.whisper.choices import fitting, may_be_misheard
from agent.speech.whisper.hint import Hint
from agent.speech.whisper.model import WhisperModel
from tests.unit.speech.conftest import Speak
from tests.unit.speech.hearing import in_a_row, silence, words_of

pytestmark = pytest.mark.unit
LEVELS = ("Junior.", "Mid-level.", "Senior.")


@pytest.mark.parametrize(
    ("words", "is_misheard"),
    [
        (["Sameia."], True),
        (["Same", "here."], True),
        (["Senior."], False),
        (["Senior,", "please."], False),
        (["I", "don't", "really", "know."], False),
        ([], False),
    ],
)
def test_short_answers_that_are_none_of_the_choices_may_be_misheard(words: list[str], is_misheard: bool):
    assert may_be_misheard(words, LEVELS) is is_misheard


def test_the_choice_that_explains_the_sound_nearly_as_well_is_taken():
    assert fitting(-2.0, [-12.0, -9.0, -4.0]) == 2


def test_none_is_taken_where_the_words_explain_the_sound_much_better():
    assert fitting(-2.0, [-12.0, -14.0, -11.0]) is None


def test_a_choice_that_stands_alone_may_explain_it_less_well():
    assert fitting(-0.8, [-15.6, -5.3, -13.1]) == 1
    assert fitting(-0.8, [-11.8, -6.2, -13.1]) is None


def test_none_is_taken_of_two_that_are_as_close():
    assert fitting(-4.0, [-5.0, -5.5, -11.0]) is None


@pytest.mark.parametrize("said", ["Senior.", "Python.", "I don't know."])
def test_what_is_heard_well_is_not_made_into_a_choice(whisper: WhisperModel, say: Speak, said: str):
    samples = in_a_row(silence(0.4), say(said), silence(0.3))
    plain = whisper.transcribe(samples).text
    assert words_of(whisper.transcribe(samples, Hint(choices=LEVELS)).text) == words_of(plain)
