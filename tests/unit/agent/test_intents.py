"""What candidates want, read from their words."""

import pytest

from agent.intents import read_intent, says_ready

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Could you repeat the question?", "repeat"),
        ("Sorry, I didn't catch that.", "repeat"),
        ("What was the question again?", "repeat"),
        ("Can you say that again please?", "repeat"),
        ("Let's skip this one.", "skip"),
        ("Can we move on to the next question?", "skip"),
        ("Pass.", "skip"),
        ("I don't know.", "dont_know"),
        ("Honestly, I have no idea.", "dont_know"),
        ("I really don't remember that one, sorry.", "dont_know"),
        ("Can we stop here?", "stop"),
        ("Cannot stop here.", "stop"),
        ("And we stop here.", "stop"),
        ("Then we stop here.", "stop"),
        ("I'd like to end the interview now.", "stop"),
        ("I have to leave now.", "stop"),
        ("Give me a second.", "hold"),
        ("Let me think about that.", "hold"),
        ("Wait.", "hold"),
        ("Could I get a hint?", "hint"),
        ("", "other"),
    ],
)
def test_a_control_phrase_is_understood(text: str, intent: str):
    assert read_intent(text) == intent


@pytest.mark.parametrize(
    "text",
    [
        "We wait for the lock and then retry the statement.",
        "The tests pass on every commit before we merge it.",
        "First I stop the consumer, then I drain the queue, and then I deploy and start it again slowly.",
        "I would repeat the experiment with more data, and I don't know a better way to be sure about it there.",
        "Then we stop the consumer.",
        "A load balancer spreads requests over servers.",
        "You can skip the index if the table is tiny, but in general I would add one, measure it, and keep it then.",
    ],
)
def test_an_answer_that_only_uses_such_words_is_an_answer(text: str):
    assert read_intent(text) == "answer"


@pytest.mark.parametrize("text", ["I'm ready.", "Yes.", "Sure, let's go.", "Okay.", "Yep, go ahead."])
def test_who_agrees_is_ready(text: str):
    assert says_ready(text)


@pytest.mark.parametrize("text", ["No, not yet.", "One moment please.", "I'm not ready.", "What will happen?"])
def test_who_does_not_agree_is_not_ready(text: str):
    assert not says_ready(text)
