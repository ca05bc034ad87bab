"""Cuts and guards on Whisper's text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.speech.whisper.text import repeat_cut, says_nothing, tidy_word, vocabulary_prompt

pytestmark = pytest.mark.unit


def kept(text: str, *, ran_out: bool = False) -> str:
    words = text.split()
    return " ".join(words[: repeat_cut(words, ran_out=ran_out)])


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        ("Yes. Yes. Yes. Yes.", "Yes."),
        ("I don't know. I don't know. I don't", "I don't know."),
        (
            "We cached the tokens in Redis. We cached the tokens in Redis.",
            "We cached the tokens in Redis.",
        ),
        (
            "I wrote the report, and sent it to the team. I wrote the report, and sent",
            "I wrote the report, and sent it to the team.",
        ),
    ],
)
def test_an_utterance_that_starts_over_is_cut_where_it_does(heard: str, said: str):
    assert kept(heard) == said


@pytest.mark.parametrize(
    "text",
    [
        "Yes.",
        "No, no, I meant the other one.",
        "It was very very slow.",
        "I wrote tests first, and then I wrote the code.",
        "If the database is the limit, I add a replica. If the application is the limit, I add a server.",
        "We measured the latency before the change, and we measured the latency after the change.",
    ],
)
def test_what_people_say_twice_stays(text: str):
    assert kept(text) == text


def test_a_circle_at_the_end_is_cut_once_the_model_ran_out_of_room():
    assert kept("Our release, release, release, release, release,", ran_out=True) == "Our release,"
    assert kept("Now nobody is. Nobody is.", ran_out=True) == "Now nobody is."
    assert kept("Now nobody is. Nobody is.") == "Now nobody is. Nobody is."


@given(st.lists(st.sampled_from(["we", "we,", "use", "Redis.", "and", "it", "works."]), max_size=30), st.booleans())
def test_the_cut_keeps_some_of_what_there_is(words: list[str], ran_out: bool):
    cut = repeat_cut(words, ran_out=ran_out)
    assert min(1, len(words)) <= cut <= len(words)


def test_trailing_off_stays_visible_in_three_dots():
    assert tidy_word("but......") == "but..."
    assert tidy_word("3.5") == "3.5"


def test_an_ending_that_goes_in_circles_is_dropped():
    assert tidy_word("Mixed.js.js.js.js.js") == "Mixed"
    assert tidy_word("Mixed-a-a-a-a") == "Mixed"
    assert tidy_word("Next.js.") == "Next.js."
    assert tidy_word("2.1.1") == "2.1.1"


@pytest.mark.parametrize(
    ("text", "mean_log_probability", "no_speech_probability"),
    [
        ("", -0.1, 0.0),
        ("... - .", -0.1, 0.0),
        ("you", -0.9, 0.8),
        ("I'm gonna go ahead and get it.", -1.3, 0.1),
        ("la " * 40, -0.1, 0.0),
    ],
)
def test_inventions_on_noise_say_nothing(text: str, mean_log_probability: float, no_speech_probability: float):
    assert says_nothing(text, mean_log_probability, no_speech_probability)


def test_a_plain_answer_says_something():
    assert not says_nothing("Yes.", -0.3, 0.2)
    assert not says_nothing("I rolled the release back.", -0.2, 0.7)


def words(text: str) -> int:
    return len(text.split())


def test_the_prompt_names_each_term_once_in_order():
    assert vocabulary_prompt(["Redis", "token  bucket", "redis", ""], words) == "Glossary: Redis, token bucket."


def test_for_short_replies_each_term_is_a_sentence():
    assert vocabulary_prompt(["mixed", "C#"], words, in_sentences=True) == "Glossary: Mixed. C#."


def test_the_prompt_stays_within_its_tokens_and_keeps_the_first_terms():
    prompt = vocabulary_prompt([f"term{index}" for index in range(50)], words, max_tokens=10)
    assert words(prompt) == 10
    assert prompt.startswith("Glossary: term0, term1,")
    assert prompt.endswith("term8.")


def test_without_terms_there_is_no_prompt():
    assert vocabulary_prompt([], words) == ""
