"""A job's heartbeat: what it learns from the answer."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from agent.attempt_link import Heartbeat, taken_up
from agent.outbox import Outbox
from agent.token_server_errors import (
    AttemptOverError,
    RefusedError,
    SupersededError,
    TokenServerError,
    UnavailableError,
)
from storage.models.attempt import Measurements, Position
from storage.models.interview import Plan
from storage.models.worker_api import AttemptBrief, AttemptHeartbeat
from tests.support.samples import draft, parameters
from tests.support.times import NOW

pytestmark = pytest.mark.unit


class Answers:
    """The calls of an attempt: refuses each heartbeat, and counts them."""

    def __init__(self, refusal: TokenServerError) -> None:
        self._refusal = refusal
        self.beats = 0
        self.last: AttemptHeartbeat | None = None
        self.beaten = asyncio.Event()

    async def heartbeat(self, beat: AttemptHeartbeat) -> None:
        self.last = beat
        self.beats += 1
        self.beaten.set()
        raise self._refusal


def brief(*, epoch: int, position: Position, measurements: Measurements) -> AttemptBrief:
    """Of a job that takes up an attempt."""
    plan = Plan(
        id="p1",
        interview_id="i1",
        version=1,
        parameters=parameters(),
        questions=draft().questions,
        source="bank:1",
        created_at=NOW,
    )
    return AttemptBrief(
        attempt_id="attempt",
        epoch=epoch,
        candidate_name="Ada",
        plan=plan,
        keys=draft().keys,
        started_at=NOW,
        elapsed_ms=60_000,
        resumed=True,
        position=position,
        measurements=measurements,
        turns=[],
        record_audio=False,
    )


async def kept_nowhere(beat: AttemptHeartbeat) -> None:
    del beat


def heartbeat_to(
    answers: Answers, over: list[str], keep: Callable[[AttemptHeartbeat], Awaitable[None]] = kept_nowhere
) -> Heartbeat:
    return Heartbeat(
        answers,  # pyright: ignore[reportArgumentType]
        epoch=1,
        position=Position,
        measurements=Measurements,
        keep=keep,
        on_over=lambda: over.append("over"),
    )


async def beat_twice(heart: Heartbeat, answers: Answers) -> None:
    """Of itself, and because something has changed."""
    running = asyncio.create_task(heart.run())
    await answers.beaten.wait()
    answers.beaten.clear()
    heart.changed()
    await asyncio.wait_for(answers.beaten.wait(), 5)
    running.cancel()


@pytest.mark.parametrize(
    "refusal",
    [
        SupersededError("newer", code="superseded"),
        AttemptOverError("over", code="attempt_over"),
        RefusedError("deleted", code="not_found", status=404),
    ],
)
async def test_a_job_whose_attempt_is_over_taken_or_deleted_stops(refusal: TokenServerError):
    answers, over = Answers(refusal), list[str]()
    await asyncio.wait_for(heartbeat_to(answers, over).run(), 5)
    assert (answers.beats, over) == (1, ["over"])


@pytest.mark.parametrize(
    "refusal", [UnavailableError("restarts", status=503), RefusedError("a proxy has no such page", status=404)]
)
async def test_a_job_goes_on_while_nobody_says_that_it_is_over(refusal: TokenServerError):
    answers, over = Answers(refusal), list[str]()
    await beat_twice(heartbeat_to(answers, over), answers)
    assert over == []


async def test_where_it_is_is_on_disk_before_it_is_told_and_only_what_is_new_is_written(tmp_path: Path):
    answers, written = Answers(UnavailableError("away", status=503)), list[AttemptHeartbeat]()
    outbox = Outbox(tmp_path)

    async def keep(beat: AttemptHeartbeat) -> None:
        assert answers.last is None
        written.append(beat)
        await outbox.put_beat("attempt", beat)

    await beat_twice(heartbeat_to(answers, [], keep), answers)
    assert answers.beats == 2
    assert len(written) == 1
    assert await Outbox(tmp_path).last_beat("attempt") == answers.last


def test_a_job_takes_up_what_the_one_before_it_could_tell_nobody():
    told = brief(epoch=3, position=Position(phase="question"), measurements=Measurements(interruptions=1))
    beat = AttemptHeartbeat(
        epoch=2, position=Position(phase="question", question_index=1), measurements=Measurements(interruptions=4)
    )
    resumed = taken_up(told, beat)
    assert (resumed.position.question_index, resumed.measurements.interruptions) == (1, 4)


def test_what_an_older_job_of_this_machine_had_is_outdated():
    told = brief(epoch=3, position=Position(phase="closing"), measurements=Measurements(interruptions=5))
    assert taken_up(told, AttemptHeartbeat(epoch=1, position=Position(), measurements=Measurements())) == told


def test_measurements_of_a_job_follow_those_of_the_jobs_before_it():
    before = Measurements(
        response_delay_ms=[500, 700], interruptions=1, stages={"stt": "deepgram"}, delivery_styles={"warm": 2}
    )
    own = Measurements(
        response_delay_ms=[600], back_channels=3, stages={"stt": "whisper"}, delivery_styles={"warm": 1, "curious": 1}
    )
    assert before.followed_by(own) == Measurements(
        response_delay_ms=[500, 700, 600],
        interruptions=1,
        back_channels=3,
        stages={"stt": "whisper"},
        delivery_styles={"curious": 1, "warm": 3},
    )
