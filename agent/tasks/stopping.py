"""The candidate asks to stop: makes sure once, since a misheard word must not end an interview."""

from agent.conversation import Topic
from agent.intents import says_ready
from agent.tasks.context import InterviewContext

_CONFIRM_SILENCE_SEC = 5.0
"""Nobody who asked to stop must ask twice: silence means yes."""


async def really_stop(context: InterviewContext, topic: Topic) -> bool:
    await context.say(context.line("confirm_stop"), act="transition", situation="confirm_stop", topic=topic)
    heard = await context.listen(topic=topic, silence_sec=_CONFIRM_SILENCE_SEC)
    if heard.intent == "stop" or heard.silent or heard.unclear or says_ready(heard.text):
        return True
    await context.say(context.line("stop_not_confirmed"), act="transition", situation="welcome_back", topic=topic)
    return False
