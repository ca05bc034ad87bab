"""What is logged while people talk: that something happened, and none of their words."""

import logging

import pytest
import structlog

from tests.behaviour.scripted import Script

pytestmark = pytest.mark.behaviour

MARKER = "xyzzyplugh"


def everything_with(word: str):
    """A candidate in whose every sentence the word stands, whatever happens."""
    left = [
        f"Could you repeat that about {word}?",
        f"I worked with {word} for some time and it went well.",
        f"Can I have a hint about {word}?",
        f"It is about alpha, {word}, beta and gamma.",
        f"Sorry, I don't know {word}.",
    ]

    def reply(said: str) -> str | None:
        if "Robin" in said and "?" in said:
            return f"Yes, I'm ready, and {word} too."
        if "?" not in said:
            return None
        return left.pop(0) if len(left) > 1 else left[0]

    return reply


async def test_an_interview_logs_none_of_the_words_of_either_side(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    script = Script(everything_with(MARKER), questions=4)
    with structlog.testing.capture_logs() as logged:
        await script.run()
    assert sum(MARKER in turn.text for turn in script.turns) >= 5
    text = f"{logged!r} {caplog.text}"
    assert "utterance_spoken" in text
    assert MARKER not in text
    for said in script.voice.said:
        assert said not in text
