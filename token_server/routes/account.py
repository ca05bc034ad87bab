"""Everything of mine: take it along, or have it gone."""

from typing import Any

from fastapi import APIRouter, Response, status

from storage.models.room import attempt_room
from token_server.auth.dependencies import ServicesNow, SignedInUser

router = APIRouter(prefix="/account", tags=["account"])


@router.get("/export")
async def export_account(user: SignedInUser, response: Response, services: ServicesNow) -> dict[str, Any]:
    response.headers["Content-Disposition"] = 'attachment; filename="my-interviews.json"'
    return await services.store.export_account(user.user_id)


@router.delete("", status_code=status.HTTP_204_NO_CONTENT)
async def delete_account(user: SignedInUser, response: Response, services: ServicesNow) -> None:
    """At once and for good: account, interviews, set-ups, transcripts, feedback."""
    await services.auth.get_user(user.access_token)
    mine = [attempt for attempt in await services.store.open_attempts() if attempt.owner_id == user.user_id]
    setups = [setup.id for setup in await services.store.live_setups() if setup.owner_id == user.user_id]
    await services.store.delete_account(user.user_id)
    services.cookies.clear(response)
    for attempt in mine:
        await services.rooms.delete(attempt_room(attempt.id))
    await services.setups.close(setups)
