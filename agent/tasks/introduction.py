"""Greets, says what will happen, and asks whether to begin."""

from dataclasses import dataclass
from typing import Literal

from agent.conversation import Topic
from agent.intents import says_not_ready, says_ready
from agent.tasks.context import InterviewContext

_MOST_ROUNDS = 4
"""Turns of the candidate before the first question comes anyway."""


@dataclass(frozen=True, slots=True)
class IntroductionResult:
    outcome: Literal["ready", "stopped"]


async def introduce(context: InterviewContext, *, greeting: str) -> IntroductionResult:
    """`greeting` ends with the question whether to begin."""
    topic = Topic()
    context.progress.enter("introduction")
    await context.say(greeting, act="greeting", situation="greeting", topic=topic)
    patience = context.patience
    silence_sec = patience.rephrase_after_sec
    for round_number in range(_MOST_ROUNDS):
        heard = await context.listen(topic=topic, silence_sec=silence_sec)
        not_yet = heard.intent == "hold" or says_not_ready(heard.text)
        silence_sec = patience.thinking_time_sec if not_yet else patience.rephrase_after_sec
        if heard.intent == "stop":
            return IntroductionResult("stopped")
        if heard.returned:
            again = context.welcome_back(context.line("ask_if_ready"))
            await context.say(again, act="repeat", situation="welcome_back", topic=topic)
        elif heard.intent == "repeat":
            await context.say(greeting, act="repeat", situation="greeting", topic=topic)
        elif not_yet:
            await context.say(context.line("wait_until_ready"), act="nudge", situation="thinking", topic=topic)
        elif heard.unclear and round_number < 2:
            await context.say(context.line("not_heard"), act="nudge", situation="not_heard", topic=topic)
        elif heard.silent and round_number == 0:
            await context.say(context.line("ask_if_ready"), act="nudge", situation="ask_if_ready", topic=topic)
        elif says_ready(heard.text) or heard.silent or heard.intent in ("answer", "skip"):
            break
    return IntroductionResult("ready")
