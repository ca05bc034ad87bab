"""Speaking up without cutting off: who began too early stops, listens to the rest, and says it again.

A candidate who was cut into and stops as well is asked to go on. One who keeps talking has the floor already: words
would cut in once more.
"""

import asyncio

from agent.conversation import Act, Heard, Topic
from agent.delivery.styles import DeliveryStyle
from agent.tasks.context import InterviewContext
from agent.voice import Spoken

_MOST_YIELDS = 3
_STOPS_TOO_SEC = 0.4
"""Who gives way as well has fallen silent by then. Who speaks on for longer has gone on: "I spent the first", half a
second behind the interviewer's last sound, and in the pause after it "Sorry, go on." would cut in again."""
_BOTH_SILENT_SEC = 0.45


def begun_too_early(spoken: Spoken) -> bool:
    return spoken.begun_too_early


async def give_way(context: InterviewContext, spoken: Spoken, *, topic: Topic) -> None:
    """After `spoken` was cut off: "Sorry, go on.", where both are silent now; not every time, never twice running."""
    conversation = context.conversation
    if not spoken.text or context.yielded_last_time or context.rng.random() >= context.yield_share:
        context.yielded_last_time = False
        return
    context.yielded_last_time = await _both_silent(context, since=spoken.ended_at)
    # no open turn means that they had finished: they are answered
    if context.yielded_last_time and conversation.candidate_is_speaking() and not conversation.has_command:
        await context.say(context.line("sorry_go_on"), act="nudge", situation="go_on", topic=topic)
        conversation.floor_given()


async def _both_silent(context: InterviewContext, *, since: float) -> bool:
    """Whether the candidate stops soon after the interviewer did."""
    loop, conversation = asyncio.get_running_loop(), context.conversation
    while (voiced_at := conversation.candidate_voiced_at()) <= since + _STOPS_TOO_SEC:
        silent_at = max(voiced_at, since) + _BOTH_SILENT_SEC
        if loop.time() >= silent_at:
            return True
        await asyncio.sleep(silent_at - loop.time())
    return False


async def say_after_them(
    context: InterviewContext, text: str, *, act: Act, style: DeliveryStyle, topic: Topic, previous: Topic, again: str
) -> list[Heard]:
    """Says `text`; while the candidate goes on with what they were saying, lets them, and then says `again`.

    Args:
        topic: what the words are about.
        previous: what the candidate was speaking about: the rest is written down there.

    Returns:
        What else the candidate said, in order. Its last intent may be a wish that the caller must heed.
    """
    rest: list[Heard] = []
    conversation = context.conversation
    while len(rest) < _MOST_YIELDS and (not rest or rest[-1].intent != "stop"):
        if not conversation.candidate_is_speaking():
            spoken = await conversation.say(text, act=act, style=style, topic=topic)
            if not begun_too_early(spoken) or not conversation.candidate_is_here or conversation.has_command:
                return rest
            text = again
            await give_way(context, spoken, topic=previous)
        rest.append(await context.listen(topic=previous, silence_sec=context.patience.rephrase_after_sec))
        if rest[-1].returned:
            text = context.welcome_back(again)
    if rest[-1].intent != "stop":
        await conversation.say(text, act=act, style=style, topic=topic)
    return rest
