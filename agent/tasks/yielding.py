"""Speaking up without cutting off: who began too early stops, listens to the rest, and says it again."""

from agent.conversation import Act, Heard, Topic
from agent.delivery.styles import DeliveryStyle
from agent.tasks.context import InterviewContext
from agent.voice import Spoken

EARLY_SEC = 1.5
"""Speech that was cut off within this time of its start was begun while the candidate hadn't finished."""
_MOST_YIELDS = 3


def begun_too_early(spoken: Spoken) -> bool:
    """Nothing heard counts too: however long the voice took, the candidate knows of no question."""
    return spoken.interrupted and (not spoken.text or spoken.ended_at - spoken.started_at <= EARLY_SEC)


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
        rest.append(await context.listen(topic=previous, silence_sec=context.patience.rephrase_after_sec))
    if rest[-1].intent != "stop":
        await conversation.say(text, act=act, style=style, topic=topic)
    return rest
