"""A round of the sweep, the room that it looks into, and whom it sends for."""

import asyncio

import pytest

from storage.models.room import JobMetadata
from tests.api.support import World


def room_of(attempt_id: str) -> str:
    return f"interview-{attempt_id}"


async def sweep(world: World) -> None:
    """With a worker that could take a job."""
    await world.beat_worker()
    await world.services.sweep.round()


def told_of_dispatches(world: World, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Set by the first interviewer who is sent for."""
    real, dispatched = world.rooms.dispatch, asyncio.Event()

    async def dispatch(room: str, metadata: JobMetadata) -> None:
        await real(room, metadata)
        dispatched.set()

    monkeypatch.setattr(world.rooms, "dispatch", dispatch)
    return dispatched
