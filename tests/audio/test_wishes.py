"""What a candidate may ask for by voice, and gets."""

import pytest

from tests.audio.conftest import Join
from tests.support.candidate import ClipLibrary
from tests.support.candidate.interviewee import Answer, take_interview
from tests.support.client import Caller, TurnSeen
from tests.support.transcript import content_share

pytestmark = pytest.mark.audio
VOICE = "af_bella"


def acts(turns: list[TurnSeen], question_index: int) -> list[str | None]:
    return [turn.act for turn in turns if turn.speaker == "interviewer" and turn.question_index == question_index]


async def test_repeat_skip_dont_know_and_stop_are_understood(caller: Caller, join: Join, clips: ClipLibrary):
    interview = await caller.create_interview(3)
    started = await caller.start_attempt(interview.id)
    wishes = [Answer((clips.get(name, VOICE),)) for name in ("repeat", "skip", "dont-know", "end-here")]
    async with join(started.connection.server_url, started.connection.participant_token) as candidate:
        said = [one async for one in take_interview(candidate, clips.get("ready", VOICE), wishes)]
        await candidate.ended()
    attempt = await caller.over(started.attempt.id)
    turns = await caller.turns(attempt.id)

    assert [one.question_index for one in said] == [0, 0, 1, 2]
    repeated = next(turn for turn in turns if turn.act == "repeat")
    assert content_share(interview.questions[0].text, repeated.text) > 0.9
    assert [turn.act for turn in turns].count("question") == 3
    assert "follow_up" not in acts(turns, 0) + acts(turns, 1)
    assert (attempt.status, attempt.end_reason) == ("ended", "candidate_ended")
    assert turns[-1].act == "closing"
