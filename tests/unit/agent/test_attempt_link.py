"""A job's heartbeat: what it learns from the answer."""

import asyncio

import pytest

from agent.attempt_link import Heartbeat
from agent.token_server_errors import (
    AttemptOverError,
    RefusedError,
    SupersededError,
    TokenServerError,
    UnavailableError,
)
from storage.models.attempt import Measurements, Position
from storage.models.worker_api import AttemptHeartbeat

pytestmark = pytest.mark.unit


class Answers:
    """The calls of an attempt: refuses each heartbeat, and counts them."""

    def __init__(self, refusal: TokenServerError) -> None:
        self._refusal = refusal
        self.beats = 0
        self.beaten = asyncio.Event()

    async def heartbeat(self, beat: AttemptHeartbeat) -> None:
        del beat
        self.beats += 1
        self.beaten.set()
        raise self._refusal


def heartbeat_to(answers: Answers, over: list[str]) -> Heartbeat:
    return Heartbeat(
        answers,  # pyright: ignore[reportArgumentType]
        epoch=1,
        position=Position,
        measurements=Measurements,
        on_over=lambda: over.append("over"),
    )


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
    heart = heartbeat_to(answers, over)
    running = asyncio.create_task(heart.run())
    await answers.beaten.wait()
    answers.beaten.clear()
    heart.changed()
    await asyncio.wait_for(answers.beaten.wait(), 5)
    running.cancel()
    assert over == []
