"""A round of the sweep, and the room that it looks into."""

from tests.api.support import World


def room_of(attempt_id: str) -> str:
    return f"interview-{attempt_id}"


async def sweep(world: World) -> None:
    """With a worker that could take a job."""
    await world.beat_worker()
    await world.services.sweep.round()
