"""Candidates who reload the page, and candidates who don't come back."""

from dataclasses import dataclass

import pytest

from tests.audio.conftest import ABSENCE_SEC
from tests.audio.scenes import Stage, scene
from tests.support.candidate.clips import ClipIndex
from tests.support.candidate.interviewee import floor_is_open
from tests.support.client import AttemptSeen, InterviewSeen, TurnSeen
from tests.support.transcript import content_share

pytestmark = pytest.mark.audio
VOICE = "am_michael"
ANSWER = "estimate"
NOTICED_SEC = 20.0
"""From the end of the wait for a candidate to the end of the attempt, at most."""


@dataclass(frozen=True)
class Reloaded:
    interview: InterviewSeen
    phase: str | None
    question_index: str
    said_on_return: str
    attempt: AttemptSeen
    turns: list[TurnSeen]


@scene(lasts_sec=60)
async def reloaded(stage: Stage) -> Reloaded:
    """Leaves while the first question is asked, comes back and answers, leaves for good."""
    async with stage.caller() as caller:
        interview = await caller.create_interview(2)
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            await candidate.say(stage.clips.get("ready", VOICE))
            await candidate.interviewer_speaking(1.0)
        connection = await caller.connection(started.attempt.id)
        assert connection.participant_identity == started.connection.participant_identity
        async with stage.joined(connection) as candidate:
            await candidate.interviewer_finished()
            said_on_return = candidate.captions.interviewer_text
            phase, index = candidate.phase, candidate.attributes["interview.question_index"]
            await candidate.say_now(stage.clips.get(ANSWER, VOICE))
            assert await floor_is_open(candidate)
        attempt = await caller.over(started.attempt.id, within_sec=ABSENCE_SEC + NOTICED_SEC)
        return Reloaded(interview, phase, index, said_on_return, attempt, await caller.turns(attempt.id))


def test_after_a_reload_it_goes_on_where_it_was_without_a_second_greeting(reloaded: Reloaded):
    assert (reloaded.phase, reloaded.question_index) == ("question", "0")
    assert content_share(reloaded.interview.questions[0].text, reloaded.said_on_return) > 0.8
    assert [turn.act for turn in reloaded.turns].count("greeting") == 1


def test_what_is_said_after_a_reload_is_heard(reloaded: Reloaded):
    written = " ".join(turn.text for turn in reloaded.turns if turn.speaker == "candidate")
    assert content_share(ClipIndex.load()[ANSWER].spoken_text, written) >= 0.8


def test_a_candidate_who_stays_away_ends_the_attempt(reloaded: Reloaded):
    assert (reloaded.attempt.status, reloaded.attempt.end_reason) == ("ended", "candidate_absent")


@scene(lasts_sec=20)
async def left_at_once(stage: Stage) -> AttemptSeen:
    async with stage.caller() as caller:
        interview = await caller.create_interview(1)
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            await candidate.interviewer_speaking(1.0)
        return await caller.over(started.attempt.id, within_sec=ABSENCE_SEC + NOTICED_SEC)


def test_a_candidate_who_leaves_without_an_answer_leaves_an_abandoned_attempt(left_at_once: AttemptSeen):
    assert left_at_once.status == "abandoned"
