"""Candidates who reload the page, and candidates who don't come back."""

import pytest

from tests.audio.conftest import ABSENCE_SEC, Join
from tests.support.candidate import ClipLibrary
from tests.support.candidate.interviewee import floor_is_open
from tests.support.client import Caller
from tests.support.transcript import content_share

pytestmark = pytest.mark.audio
VOICE = "am_michael"


async def test_after_a_reload_it_goes_on_where_it_was_and_after_a_long_absence_it_ends(
    caller: Caller, join: Join, clips: ClipLibrary
):
    interview = await caller.create_interview(2)
    started = await caller.start_attempt(interview.id)
    answer = clips.get("estimate", VOICE)
    async with join(started.connection.server_url, started.connection.participant_token) as candidate:
        await candidate.say(clips.get("ready", VOICE))
        await candidate.interviewer_speaking(1.0)

    connection = await caller.connection(started.attempt.id)
    assert connection.participant_identity == started.connection.participant_identity
    async with join(connection.server_url, connection.participant_token) as candidate:
        await candidate.interviewer_finished()
        back = candidate.captions.interviewer_text
        assert candidate.phase == "question"
        assert candidate.attributes["interview.question_index"] == "0"
        await candidate.say_now(answer)
        assert await floor_is_open(candidate)

    attempt = await caller.over(started.attempt.id, within_sec=ABSENCE_SEC + 20)
    turns = await caller.turns(attempt.id)
    assert (attempt.status, attempt.end_reason) == ("ended", "candidate_absent")
    assert [turn.act for turn in turns].count("greeting") == 1
    assert content_share(interview.questions[0].text, back) > 0.8
    candidate_text = " ".join(turn.text for turn in turns if turn.speaker == "candidate")
    assert content_share(answer.text, candidate_text) >= 0.8


async def test_a_candidate_who_leaves_without_an_answer_leaves_an_abandoned_attempt(caller: Caller, join: Join):
    interview = await caller.create_interview(2)
    started = await caller.start_attempt(interview.id)
    async with join(started.connection.server_url, started.connection.participant_token) as candidate:
        await candidate.interviewer_speaking(1.0)
    attempt = await caller.over(started.attempt.id, within_sec=ABSENCE_SEC + 20)
    assert attempt.status == "abandoned"
