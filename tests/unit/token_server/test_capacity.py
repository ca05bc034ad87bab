"""Whether one more interview can be held."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage.models.attempt import Attempt
from storage.models.setup import SetupConversation, SetupDraft
from storage.models.worker_api import WorkerHeartbeat
from token_server.capacity import free_places

pytestmark = pytest.mark.unit

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


def worker(capacity: int = 2, active: int = 0, *, registered: bool = True) -> WorkerHeartbeat:
    return WorkerHeartbeat(worker_id="w", capacity=capacity, active=active, warm=1, registered=registered)


def attempt(status: str, **seconds_ago: float) -> Attempt:
    times: dict[str, Any] = {name: NOW - timedelta(seconds=ago) for name, ago in seconds_ago.items()}
    return Attempt.model_validate(
        {"id": "a", "interview_id": "i", "owner_id": "o", "plan_id": "p", "number": 1, "status": status}
        | {"created_at": NOW - timedelta(minutes=20)}
        | times
    )


def free(workers: list[WorkerHeartbeat], *attempts: Attempt) -> int:
    return free_places(workers, attempts, now=NOW, dispatch_grace_sec=10, heartbeat_lost_sec=6, absence_timeout_sec=60)


def test_places_are_what_registered_workers_have_left():
    assert free([]) == 0
    assert free([worker(2, 1), worker(3, 0)]) == 4
    assert free([worker(2, 0, registered=False)]) == 0


@pytest.mark.parametrize(
    ("counted", "waiting"),
    [
        (1, attempt("planned", created_at=3)),
        (0, attempt("planned", created_at=30)),
        (1, attempt("live", started_at=1, heartbeat_at=0.5)),
        (0, attempt("live", started_at=300, heartbeat_at=1)),
        (1, attempt("live", started_at=300, heartbeat_at=20)),
        (0, attempt("live", started_at=300, heartbeat_at=100)),
    ],
)
def test_an_attempt_counts_as_long_as_its_job_is_expected_and_no_worker_counts_it(counted: int, waiting: Attempt):
    assert free([worker(2)], waiting) == 2 - counted


def setup(**seconds_ago: float) -> SetupConversation:
    times: dict[str, Any] = {name: NOW - timedelta(seconds=ago) for name, ago in seconds_ago.items()}
    given: dict[str, Any] = {"created_at": NOW, "updated_at": NOW, "draft": SetupDraft(), "interview_id": None} | times
    return SetupConversation(id="s", owner_id="o", status="live", revision=0, **given)


@pytest.mark.parametrize(
    ("counted", "waiting"),
    [
        (1, setup(dispatched_at=3)),
        (0, setup(dispatched_at=30)),
        (1, setup(dispatched_at=3, joined_at=1)),
        (0, setup(dispatched_at=5, joined_at=3)),
        (1, setup(dispatched_at=3, joined_at=300)),
    ],
)
def test_a_set_up_counts_until_a_worker_counts_its_job(counted: int, waiting: SetupConversation):
    limits = {"dispatch_grace_sec": 10, "heartbeat_lost_sec": 6, "absence_timeout_sec": 60}
    assert free_places([worker(2)], [], [waiting], now=NOW, **limits) == 2 - counted
