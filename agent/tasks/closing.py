"""Thanks, and says what happens next."""

from agent.conversation import Topic
from agent.tasks.context import InterviewContext


async def close(context: InterviewContext, words: str) -> None:
    context.progress.enter("closing")
    await context.say(words, act="closing", manner="warm", topic=Topic())
