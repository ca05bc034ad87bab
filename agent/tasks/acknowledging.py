"""What the interviewer opens with after an answer: short, never praise, never the same twice running.

Nothing opens a reply to "I don't know", to silence, or to a wish such as a repeat: those have lines of their own.
"""

from agent.follow_up import heard_points
from agent.tasks.context import InterviewContext
from prompts.lines import LineName
from storage.models.interview import QuestionKey

_SHORT_ANSWER_WORDS = 12
"""Fewer say little, whatever keywords are among them."""


def says_points(key: QuestionKey, answer: str) -> bool:
    """Whether code sees in an answer something of what was asked for. Only then may an opening say that it helps."""
    return len(answer.split()) >= _SHORT_ANSWER_WORDS and bool(heard_points(key.expected_points, answer))


def acknowledge(context: InterviewContext, *, points_said: bool, before: str = "") -> str:
    """A fitting opening.

    Args:
        points_said: the answer had something of what was asked for.
        before: what will be said next, if known: "Okay. Okay, moving on." is avoided.
    """
    name: LineName = "acknowledge_points" if points_said else "acknowledge_answer"
    fitting = [
        words
        for words in context.lines.variants(name)
        if words != context.last_acknowledgement and _first_word(words) != _first_word(before)
    ]
    context.last_acknowledgement = context.rng.choice(fitting)
    return context.last_acknowledgement


def _first_word(words: str) -> str:
    return words.split(maxsplit=1)[0].strip(".,!?").lower() if words else ""
