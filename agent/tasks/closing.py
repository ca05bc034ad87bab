"""Thanks, and says what happens next."""

from agent.conversation import Topic
from agent.tasks.context import InterviewContext
from agent.tasks.yielding import say_after_them


async def close(context: InterviewContext, words: str, *, previous: Topic) -> None:
    """`previous` is what the candidate spoke about last: they may not have finished."""
    context.progress.enter("closing")
    await say_after_them(
        context,
        words,
        act="closing",
        style=context.delivery.style_for("closing"),
        topic=Topic(),
        previous=previous,
        again=words,
    )
