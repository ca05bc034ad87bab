"""The interviewer's process is killed in the middle of an interview, and the candidate stays."""

from dataclasses import dataclass

import pytest
from livekit import rtc

from storage.models.transcript import SEQ_PER_EPOCH
from tests.audio.scenes import Stage, scene
from tests.support.candidate.interviewee import QUESTION_INDEX, floor_is_open
from tests.support.client import AttemptSeen, InterviewSeen, TurnSeen, eventually
from tests.support.processes import interview_pids, kill_process
from tests.support.transcript import content_share

pytestmark = pytest.mark.audio
VOICE = "am_michael"
OLD_SOUND_SEC = 0.8
OLD_CAPTIONS_SEC = 0.2
"""On their way when their speaker was killed. The next one may begin half a second later."""
RESUMED_SEC = 40.0
"""Widely: the bench measures how long it takes on a machine with nothing else to do."""


@dataclass(frozen=True)
class Killed:
    interview: InterviewSeen
    interviewers: int
    """In the room after the resumption."""
    question_index: int
    said_on_return: str
    measured: list[int]
    """Delays of its replies until then."""
    attempt: AttemptSeen
    turns: list[TurnSeen]


@scene(lasts_sec=75)
async def killed(stage: Stage) -> Killed:
    """After the first answer is stored; the candidate waits, answers the new one, and ends."""
    async with stage.caller() as caller:
        interview = await caller.create_interview(2)
        started = await caller.start_attempt(interview.id)
        attempt_id = started.attempt.id
        async with stage.joined(started.connection) as candidate:
            await candidate.say(stage.clips.get("ready", VOICE))
            assert await floor_is_open(candidate)
            await candidate.say_now(stage.clips.get("estimate", VOICE))
            await eventually(
                lambda: caller.turns(attempt_id), lambda turns: any(turn.intent == "answer" for turn in turns), 20
            )
            measured = (await caller.attempt(attempt_id)).measurements.response_delay_ms
            kill_process(interview_pids(stage.stack, attempt_id)[-1])
            killed_at = candidate.clock.now()
            candidate.spoke_until = killed_at + OLD_SOUND_SEC
            await candidate.interviewer_finished(within_sec=RESUMED_SEC)
            opened = candidate.captions.interviewer_segments_opened_between(
                killed_at + OLD_CAPTIONS_SEC, candidate.clock.now()
            )
            present = [
                person
                for person in candidate.room.remote_participants.values()
                if person.kind == rtc.ParticipantKind.PARTICIPANT_KIND_AGENT
            ]
            index = int(candidate.attributes[QUESTION_INDEX])
            await candidate.say_now(stage.clips.get("hash-map", VOICE))
            assert await floor_is_open(candidate)
            await caller.end(attempt_id)
            await candidate.ended()
        attempt = await caller.over(attempt_id)
        said_on_return = " ".join(segment.text for segment in opened)
        turns = await caller.turns(attempt_id)
        return Killed(interview, len(present), index, said_on_return, measured, attempt, turns)


def test_a_killed_interviewer_is_replaced_by_one_and_no_ghost_stays(killed: Killed):
    assert killed.interviewers == 1
    assert {turn.seq // SEQ_PER_EPOCH for turn in killed.turns} == {1, 2}


def test_the_new_interviewer_excuses_itself_and_greets_nobody_again(killed: Killed):
    assert killed.said_on_return.startswith(("Sorry", "I'm sorry", "Apologies"))
    assert [turn.act for turn in killed.turns].count("greeting") == 1


def test_a_stored_answer_is_not_asked_for_again(killed: Killed):
    first = killed.interview.questions[0].text
    assert content_share(first, killed.said_on_return) < 0.5
    asked = [turn for turn in killed.turns if turn.act == "question" and turn.question_index == 0]
    assert len(asked) == 1


def test_what_was_measured_before_stays_measured(killed: Killed):
    assert killed.measured
    assert killed.attempt.measurements.response_delay_ms[: len(killed.measured)] == killed.measured
    assert len(killed.attempt.measurements.response_delay_ms) > len(killed.measured)


def test_nothing_that_was_said_is_lost_or_out_of_order(killed: Killed):
    answers = [turn.text for turn in killed.turns if turn.intent == "answer" and turn.question_id is not None]
    assert len(answers) == 2
    times = [turn.started_ms for turn in killed.turns]
    assert times == sorted(times)
