"""The clock of the worker's machine is set while an interview is held: half a day on, then back before the start.

Played on a stack of its own, after the scenes of the other tests.
"""

import asyncio
import sqlite3
import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from functools import partial

import pytest

from tests.audio.scenes import Stage
from tests.fakes.llm_server import scripted_llm
from tests.support.candidate import ClipLibrary
from tests.support.candidate.clips import ClipIndex
from tests.support.candidate.interviewee import floor_is_open
from tests.support.candidate.measure import AnswerMeasure, measure_answer
from tests.support.client import AttemptSeen, FeedbackSeen, TurnSeen, eventually
from tests.support.set_clock import WorkersClock
from tests.support.stack import Stack, running_stack, scripted_model
from tests.support.transcript import content_share

pytestmark = pytest.mark.audio
VOICE = "am_michael"
HALF_A_DAY_SEC = 12 * 3600.0
ANSWERS = {"estimate": HALF_A_DAY_SEC, "hash-map": -HALF_A_DAY_SEC, "garbage-collection": 0.0}
"""How wrong the clock is from the end of an answer on, before the interviewer can have found that it has ended."""
QUESTIONS = 6
NOTED_SEC = 10.0
ANSWERED_SEC = 20.0
"""Widely: turn taking that lost its clock would wait for hours, or not at all."""


@dataclass(frozen=True)
class Held:
    measures: list[AnswerMeasure]
    attempt: AttemptSeen
    turns: list[TurnSeen]
    feedback: FeedbackSeen


@pytest.fixture(scope="module")
def held(scenes_are_over: None, tmp_path_factory: pytest.TempPathFactory) -> Generator[Held]:
    folder = tmp_path_factory.mktemp("clock")
    clock = WorkersClock(folder)
    with (
        scripted_llm() as llm,
        clock.worn_by_the_worker(),
        running_stack(folder / "data", scripted_model(llm.base_url)) as stack,
    ):
        yield asyncio.run(_hold(Stage(stack, ClipLibrary(), llm, folder / "recordings"), clock))


async def _hold(stage: Stage, clock: WorkersClock) -> Held:
    measures: list[AnswerMeasure] = []
    async with stage.caller() as caller:
        interview = await caller.create_interview(QUESTIONS)
        started = await caller.start_attempt(interview.id)
        async with stage.joined(started.connection) as candidate:
            await candidate.say(stage.clips.get("ready", VOICE))
            assert await floor_is_open(candidate)
            for name, offset_sec in ANSWERS.items():
                played = await candidate.say_now(stage.clips.get(name, VOICE))
                clock.set_wrong_by(offset_sec)
                assert await floor_is_open(candidate)
                await eventually(
                    partial(_workers_clock_is_wrong_by, stage.stack, started.attempt.id),
                    lambda wrong_by_sec, expected=offset_sec: abs(wrong_by_sec - expected) < HALF_A_DAY_SEC / 2,
                    NOTED_SEC,
                )
                measures.append(measure_answer(candidate.recording(played.span.start - 1.0), played.span))
            await caller.end(started.attempt.id)
            await candidate.ended()
        attempt = await caller.over(started.attempt.id)
        feedback = await caller.settled_feedback(attempt.id)
        return Held(measures, attempt, await caller.turns(attempt.id), feedback)


async def _workers_clock_is_wrong_by(stack: Stack, attempt_id: str) -> float:
    """Seconds, by the time at which it last noted in its outbox where the interview is."""
    with closing(sqlite3.connect(stack.data_dir / "outbox" / "outbox.sqlite3")) as outbox:
        (noted_at,) = outbox.execute("select put_at from beats where attempt_id = ?", (attempt_id,)).fetchone()
    return noted_at - time.time()


def test_each_answer_is_let_finish_and_then_answered(held: Held):
    assert [measure.cut_ins for measure in held.measures] == [[]] * len(ANSWERS)
    assert all((measure.response_sec or ANSWERED_SEC) < ANSWERED_SEC for measure in held.measures)


def test_all_that_was_said_is_stored_in_its_order_and_within_the_attempt(held: Held):
    written = " ".join(turn.text for turn in held.turns if turn.speaker == "candidate")
    times = [(turn.started_ms, turn.ended_ms) for turn in held.turns]
    assert times == sorted(times)
    assert times[-1][1] < 10 * 60 * 1000
    said = ClipIndex.load()
    assert [name for name in ANSWERS if content_share(said[name].spoken_text, written) < 0.8] == [], written


def test_it_stays_one_interview_with_one_interviewer_and_is_judged(held: Held):
    assert held.attempt.end_reason == "candidate_ended"
    assert [turn.act for turn in held.turns].count("greeting") == 1
    # the answers are the same whatever is asked, and may be about none of the questions
    assert held.feedback.status in ("ready", "not_assessable")
