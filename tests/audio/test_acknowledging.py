"""What is heard first after an answer."""

from dataclasses import dataclass

import pytest

from prompts.lines import load_lines
from tests.audio.scenes import Stage, scene
from tests.support.candidate.measure import Recording
from tests.support.client import TurnSeen

pytestmark = pytest.mark.audio
VOICE = "am_michael"
ANSWER = "estimate"
OPENINGS = (*load_lines().variants("acknowledge_answer"), *load_lines().variants("acknowledge_points"))
LONGEST_GAP_SEC = 2.0


@dataclass(frozen=True)
class FollowedUp:
    reply: Recording
    turn: TurnSeen


@scene(lasts_sec=35)
async def followed_up(stage: Stage) -> FollowedUp:
    """Answers the question with something that needs a follow-up."""
    async with stage.caller() as caller:
        interview = await caller.create_interview(1)
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            await candidate.say(stage.clips.get("ready", VOICE))
            played = await candidate.say(stage.clips.get(ANSWER, VOICE))
            await candidate.interviewer_finished(after_silence=LONGEST_GAP_SEC)
            reply = candidate.recording(start=played.span.end)
            await caller.end(started.attempt.id)
            await candidate.ended()
        await caller.over(started.attempt.id)
        turns = await caller.turns(started.attempt.id)
        return FollowedUp(reply, next(turn for turn in turns if turn.act == "follow_up"))


def test_a_follow_up_opens_with_an_acknowledgement_and_is_one_turn(followed_up: FollowedUp):
    opening = next((words for words in OPENINGS if followed_up.turn.text.startswith(words)), "")
    assert opening
    assert followed_up.turn.text.endswith("?")
    assert len(followed_up.turn.text) > len(opening) + 10


def test_acknowledgement_and_question_follow_each_other_without_a_hole(followed_up: FollowedUp):
    first, second, *_ = followed_up.reply.voice_sounds()
    assert second.start - first.end <= LONGEST_GAP_SEC
