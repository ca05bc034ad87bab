"""What the interviewer opens with after an answer: short, never praise, never the same twice running.

Nothing opens a reply to "I don't know", to silence, or to a wish such as a repeat: those have lines of their own.
Where the words that follow are there already, an opening only delays them: it seldom comes then, and is brief.
"""

import asyncio

from agent.follow_up import heard_points
from agent.tasks.context import InterviewContext
from prompts.lines import LineName
from storage.models.interview import QuestionKey

_SHORT_ANSWER_WORDS = 12
"""Fewer say little, whatever keywords are among them."""
_BRIEF_CHARACTERS = 10
"""Half a second. "Okay, thanks." takes twice as long, and the question comes 1.2 s after its beginning."""
_WAITED_SEC = 0.6
"""After so much silence the candidate waits for the question, and for nothing before it: half a second of "Right." and
the pause behind it would bring the question 1.6 s after the answer."""


def says_points(key: QuestionKey, answer: str) -> bool:
    """Whether code sees in an answer something of what was asked for. Only then may an opening say that it helps."""
    return len(answer.split()) >= _SHORT_ANSWER_WORDS and bool(heard_points(key.expected_points, answer))


def acknowledge_at_times(context: InterviewContext, *, points_said: bool, before: str) -> str:
    """A brief opening for words that are there, or mostly none.

    Args:
        points_said: the answer had something of what was asked for.
        before: the words: "Okay. Okay, moving on." is avoided.
    """
    silence_sec = asyncio.get_running_loop().time() - context.conversation.candidate_voiced_at()
    if silence_sec > _WAITED_SEC or context.rng.random() >= context.acknowledge_ready_share:
        return ""
    return acknowledge(context, points_said=points_said, before=before, longest=_BRIEF_CHARACTERS)


def acknowledge(context: InterviewContext, *, points_said: bool, before: str = "", longest: int | None = None) -> str:
    """A fitting opening, also for words that are still being made.

    Args:
        points_said: the answer had something of what was asked for.
        before: what will be said next, if known.
        longest: in characters.
    """
    name: LineName = "acknowledge_points" if points_said else "acknowledge_answer"
    fitting = [
        words
        for words in context.lines.variants(name)
        if words != context.last_acknowledgement
        and _first_word(words) != _first_word(before)
        and (longest is None or len(words) <= longest)
    ]
    context.last_acknowledgement = context.rng.choice(fitting)
    return context.last_acknowledgement


def _first_word(words: str) -> str:
    return words.split(maxsplit=1)[0].strip(".,!?").lower() if words else ""
