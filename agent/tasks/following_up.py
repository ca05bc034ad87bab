"""A follow-up: an acknowledgement is heard at once, and the model words the question meanwhile.

Where the words are there already, nothing has to be bridged: most of those questions come without it, and sooner.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from agent.conversation import Topic
from agent.follow_up import likely_follow_up, next_follow_up
from agent.tasks.acknowledging import acknowledge, acknowledge_at_times, says_points
from agent.tasks.context import InterviewContext
from agent.tasks.yielding import begun_too_early, give_way
from agent.voice import Spoken
from storage.models.interview import PlannedQuestion, QuestionKey

_READY_SEC = 0.06
"""Words that come this soon after the answer's end are said at once; nobody hears a silence so much longer."""
_FEW_WORDS = 4
"""Of a question that was cut off after so many, nobody knows what it asks."""


@dataclass(frozen=True, slots=True)
class FollowedUp:
    asked: str = ""
    """Empty where it was cut off before anybody could know what it asks."""
    goes_on: bool = False
    """It was cut off, because the candidate goes on with the answer."""


async def follow_up(
    context: InterviewContext,
    question: PlannedQuestion,
    key: QuestionKey,
    answers: Sequence[str],
    *,
    acknowledging: bool = True,
) -> FollowedUp | None:
    """Asks the next follow-up, if code finds one worth asking.

    Args:
        answers: what was said about the question so far, the newest last.
        acknowledging: False where something else was just said, or nothing was heard.

    Returns:
        None where there is nothing to ask.
    """
    found = next_follow_up(
        key,
        answer=" ".join(answers),
        last_answer=answers[-1],
        asked=context.progress.position.follow_ups_asked,
        tone=context.parameters.tone,
        time_is_up=context.time_is_up,
    )
    if found is None:
        return None
    tone, topic = context.parameters.tone, Topic(question.question_id, question.index)
    worded = asyncio.create_task(context.wording.word(found, question=question.text, answer=answers[-1], tone=tone))
    try:
        points_said = says_points(key, answers[-1])
        is_ready = worded in (await asyncio.wait({worded}, timeout=_READY_SEC))[0]
        opening = ""
        if acknowledging and is_ready:
            opening = acknowledge_at_times(context, points_said=points_said, before=worded.result())
        elif acknowledging:
            opening = acknowledge(context, points_said=points_said)
        if opening and not is_ready:
            text, then = opening, worded
        else:
            text, then = f"{opening} {await worded}".strip(), None
        spoken = await context.conversation.say(
            text,
            act="follow_up",
            style=context.delivery.style_for("good_answer" if points_said else "follow_up"),
            topic=topic,
            then=then,
        )
        conversation = context.conversation
        if begun_too_early(spoken) or not _asks(spoken, after=opening):
            if conversation.has_command:
                return FollowedUp()
            if conversation.candidate_is_here:
                await give_way(context, spoken, topic=topic)
                return FollowedUp(goes_on=True)
            if conversation.candidate_is_speaking():
                return FollowedUp(goes_on=True)
            # they left before they could hear it: it is what they are asked when they are back
            await worded
        context.progress.asked_follow_up()
        return FollowedUp(asked=worded.result())
    finally:
        worded.cancel()


def _asks(spoken: Spoken, *, after: str) -> bool:
    """Whether enough was heard after the opening to be a question."""
    return not spoken.interrupted or len(spoken.text.split()) > len(after.split()) + _FEW_WORDS


def prepare_follow_up(
    context: InterviewContext, question: PlannedQuestion, key: QuestionKey, *, answer: str = ""
) -> None:
    """While something is being asked or answered: the model reads what is known of the follow-up that may come."""
    tone = context.parameters.tone
    found = likely_follow_up(key, asked=context.progress.position.follow_ups_asked, tone=tone)
    if found is not None:
        context.wording.prepare(found, question=question.text, answer=answer, tone=tone)
