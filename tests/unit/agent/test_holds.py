"""Asking for time to think, told from an answer."""

import pytest

from agent.holds import asks_for_time, ends_asking_for_time
from agent.intents import read_intent

pytestmark = pytest.mark.unit
HOLDS = (
    "Give me a second.",
    "Hmm, let me think.",
    "Bear with me.",
    "One moment, please.",
    "I need a minute to think about that.",
    "Let me think out loud.",
    "Hold on a sec.",
    "Just a moment.",
    "Let me gather my thoughts.",
    "Can I have a second?",
    "Give me a moment to think.",
    "Could you give me just a minute?",
    "Uh, hang on.",
    "Let me think about that for a moment.",
    "That's a good question. Let me think.",
    "I'd like to take a moment to think, please.",
    "Okay, um, give me one second here.",
    "I have to think about that one.",
    "Let me see.",
    "Sorry, wait.",
    "I'm still thinking.",
    "May I have a minute to collect my thoughts?",
    "Well, that's a tough one, just a second.",
    "Um, let me think of an example.",
    "I'll need a bit of time to think about it.",
)
ANSWERS = (
    "We cached it for a second and then read it again.",
    "It takes a minute to start.",
    "The request waits for a moment.",
    "I stopped the service.",
    "A second index on the column.",
    "I would hold on to the old version until the new one is proven.",
    "Give me a second chance and I'd use a queue.",
    "I let me team think about it and they chose Redis.",
    "It needs some time to warm up, about a minute.",
    "Thinking about that project, I led the migration of forty services.",
    "Wait times went down by half.",
    "Every minute we send a heartbeat.",
)


@pytest.mark.parametrize("words", HOLDS)
def test_asking_for_time_is_heard_as_such(words: str):
    assert asks_for_time(words)
    assert read_intent(words) == "hold"
    assert (
        read_intent(words.lower().replace(".", "").replace(",", "").replace("'", "\N{RIGHT SINGLE QUOTATION MARK}"))
        == "hold"
    )


@pytest.mark.parametrize("words", ANSWERS)
def test_an_answer_that_speaks_of_time_is_an_answer(words: str):
    assert not asks_for_time(words)
    assert read_intent(words) == "answer"


@pytest.mark.parametrize(
    "words",
    [
        "We moved the sessions to Redis and, um, let me think.",
        "First I looked at the logs. Give me a second, please.",
        "There were three reasons, hold on.",
        "Hold on, actually, I would like to say something about that.",
        "Before you go on, can I add one more thing?",
        "I'd just like to mention something here.",
    ],
)
def test_an_answer_that_ends_in_a_hold_is_an_answer_that_goes_on(words: str):
    assert read_intent(words) == "answer"
    assert ends_asking_for_time(words)


@pytest.mark.parametrize(
    "words",
    [
        "Let me think. It was the cache that was stale.",
        "It takes a minute to start the cluster.",
        "Cannot stop here.",
        "The tests made the pipeline stop.",
        "I'd like to add something. We measured it as well.",
        "They let me explain one thing at a time.",
        "I had to say something nice about the release.",
    ],
)
def test_an_answer_after_a_hold_is_not_waited_for(words: str):
    assert not ends_asking_for_time(words)
