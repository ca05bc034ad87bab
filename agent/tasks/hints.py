"""A hint: from the question's key, once, without the answer, and written down so that the feedback can say so."""

from agent.conversation import Topic
from agent.tasks.context import InterviewContext
from storage.models.interview import QuestionKey


def has_hint(context: InterviewContext, key: QuestionKey) -> bool:
    return bool(key.hint) and key.question_id not in context.progress.position.hints


async def give_hint(context: InterviewContext, key: QuestionKey, topic: Topic) -> None:
    """Says the hint, or that there is none (any more). Expected points are the answer and are never read out."""
    if not has_hint(context, key):
        await context.say(context.line("no_more_hints"), act="nudge", situation="hint", topic=topic)
        return
    context.progress.gave_hint(key.question_id)
    await context.say(context.line("hint", hint=key.hint), act="hint", situation="hint", topic=topic)
