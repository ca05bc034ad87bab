"""Yes, no, and what else may be wanted of the assistant."""

import pytest

from agent.setup.answers import read_answer
from agent.setup.found import Asked
from agent.setup.heard import Question, Wish
from agent.setup.questions import read_question
from agent.setup.small_talk import is_filler, read_small_talk
from agent.setup.wishes import read_wish

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "text",
    [
        "Yes.",
        "Yes, that's right.",
        "Yep, go ahead.",
        "Perfect.",
        "That's correct, create it.",
        "Sounds good.",
        "Okay, yes.",
        "Yes please, create the interview.",
        "Exactly, let's do it.",
        "Yeah, that's perfect.",
        "Proceed.",
        "Mm-hm, yes.",
        "Yes, that's how I want it.",
        "Bang on.",
        "Good to go.",
        "Now it's good.",
        "That's what I need.",
        "Yes, that is what I want.",
        "Fine by me.",
        "You understood me well.",
        "Good, we're agreed.",
        "Okay, start.",
        "Now it fits, off we go.",
    ],
)
def test_a_clear_yes(text: str):
    assert read_answer(text) == "yes"


@pytest.mark.parametrize(
    "text", ["Okay, start over.", "Can we start again?", "Let's begin from scratch.", "Reset everything, please."]
)
def test_who_wants_to_start_over(text: str):
    assert read_wish(text, "confirm") == "start_over"


@pytest.mark.parametrize(
    "text",
    [
        "Okay, start over.",
        "Please start again from the top.",
        "Okay, start with the role.",
        "Before we proceed, I'd like to hear it again.",
        "I am ready to go through it again.",
        "It'd be good to go back to the level.",
        "When do we proceed",
        "You got it backwards.",
        "You got that half right.",
        "That's what I need to correct.",
        "None of that is what I want.",
        "That's how I like it least.",
        "I agree with most of it.",
        "We never agreed on that.",
        "That's what I wanted last time.",
        "Just so I understand.",
        "Hold the green light.",
        "Let's do that later.",
        "Have you understood me",
        "No, mistake in the level.",
        "Make no mistake.",
    ],
)
def test_what_only_sounds_like_a_yes_creates_nothing(text: str):
    assert read_answer(text) != "yes"


@pytest.mark.parametrize("text", ["Okay.", "Right.", "Sure.", "Mhm.", "Fine."])
def test_a_yes_that_is_not_clear(text: str):
    assert read_answer(text) == "soft_yes"


@pytest.mark.parametrize(
    "text",
    [
        "Yeah, hmm, but…",
        "I guess so.",
        "Yes, but I'm not sure about the level.",
        "Yes?",
        "Yes, wait.",
        "No, that's fine.",
        "No changes.",
        "Yes, or maybe not.",
        "I think that's right.",
        "Okay, but one more thing.",
        "It's right, but make it eight.",
        "Good to go once you drop Redis, no?",
    ],
)
def test_a_yes_with_doubt(text: str):
    assert read_answer(text) == "maybe"


@pytest.mark.parametrize(
    "text",
    ["No.", "Nope.", "Not quite.", "That's wrong.", "No, not yet.", "No, that's not right.", "That's not what I want."],
)
def test_a_no(text: str):
    assert read_answer(text) == "no"


@pytest.mark.parametrize("text", ["Go and Postgres.", "Five.", "Backend.", "What is mixed?"])
def test_neither(text: str):
    assert read_answer(text) is None


@pytest.mark.parametrize(
    ("text", "asked", "wish"),
    [
        ("Surprise me.", "anything", "choose_all"),
        ("You choose the rest.", "level", "choose_all"),
        ("The usual.", "anything", "usual"),
        ("Same as last time.", "anything", "usual"),
        ("You decide.", "level", "choose_this"),
        ("I don't know.", "level", "choose_this"),
        ("What would you recommend?", "question_count", "choose_this"),
        ("Give me a second.", "level", "wait"),
        ("Could you repeat that?", "level", "repeat"),
        ("Sorry?", "level", "repeat"),
        ("Let's stop here.", "level", "stop"),
        ("Stop.", "level", "stop"),
        ("Cancel.", "confirm", "stop"),
        ("I have to go.", "level", "stop"),
        ("Bye.", "level", "stop"),
        ("Backend developer.", "role", None),
    ],
)
def test_wishes(text: str, asked: Asked, wish: Wish | None):
    assert read_wish(text, asked) == wish


@pytest.mark.parametrize(
    ("text", "asked", "question"),
    [
        ("What does behavioral mean?", "interview_type", "behavioral"),
        ("What do you mean?", "level", "level"),
        ("What are my options?", "interview_type", "interview_type"),
        ("Which technologies can I choose?", "technologies", "technologies"),
        ("How does this work?", "anything", "process"),
        ("Not sure what that means.", "interview_type", "interview_type"),
        ("Are you a robot?", "anything", "process"),
        ("Can we make it eight?", "confirm", None),
        ("What I want is a backend interview.", "anything", None),
        ("Technologies such as React.", "technologies", None),
        ("What's the weather like?", "level", "other"),
        ("How do you define mid?", "level", "level"),
        ("I'm not sure what you need from me.", "anything", "process"),
        ("Can I choose any number?", "question_count", "question_count"),
        ("Is the technical one about medicine or about computers?", "interview_type", "technical"),
        ("What else but senior.", "level", None),
    ],
)
def test_questions(text: str, asked: Asked, question: Question | None):
    assert read_question(text, asked) == question


def test_small_talk_and_fillers():
    assert read_small_talk("Hi, how are you?") == "greeting"
    assert read_small_talk("Thanks a lot.") == "thanks"
    assert is_filler("Um, so…")
    assert not is_filler("Um, five.")
