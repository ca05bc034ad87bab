"""What a candidate may ask for by voice, and gets."""

from dataclasses import dataclass

import pytest

from tests.audio.scenes import Stage, scene
from tests.support.candidate.interviewee import Answer, Answered, take_interview
from tests.support.client import AttemptSeen, InterviewSeen, TurnSeen
from tests.support.transcript import content_share

pytestmark = pytest.mark.audio
VOICE = "af_bella"
WISHES = ("repeat", "skip", "dont-know", "end-here")


@dataclass(frozen=True)
class Wished:
    interview: InterviewSeen
    said: list[Answered]
    attempt: AttemptSeen
    turns: list[TurnSeen]

    def acts(self, question_index: int) -> list[str | None]:
        return [turn.act for turn in self.turns if turn.act and turn.question_index == question_index]


@scene(lasts_sec=70)
async def wished(stage: Stage) -> Wished:
    wishes = [Answer((stage.clips.get(name, VOICE),)) for name in WISHES]
    async with stage.caller() as caller:
        interview = await caller.create_interview(3)
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            said = [one async for one in take_interview(candidate, stage.clips.get("ready", VOICE), wishes)]
            await candidate.ended()
        attempt = await caller.over(started.attempt.id)
        return Wished(interview, said, attempt, await caller.turns(attempt.id))


def test_asked_to_repeat_it_says_the_question_again(wished: Wished):
    repeated = next(turn for turn in wished.turns if turn.act == "repeat")
    assert content_share(wished.interview.questions[0].text, repeated.text) > 0.9


def test_a_skipped_and_an_unknown_question_are_left_without_a_follow_up(wished: Wished):
    assert [one.question_index for one in wished.said] == [0, 0, 1, 2]
    assert wished.acts(0) == ["question", "repeat"]
    assert wished.acts(1) == ["question"]


def test_asked_to_stop_it_says_goodbye_and_ends(wished: Wished):
    assert (wished.attempt.status, wished.attempt.end_reason) == ("ended", "candidate_ended")
    assert wished.turns[-1].act == "closing"
    assert [turn.act for turn in wished.turns].count("question") == 3
