"""Spoken set-ups: begin one, get into its room, edit its draft by hand, say yes to it."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Query, status

from storage.models.setup import SetupStatus
from storage.store import InterviewWithAttempts
from token_server.auth.dependencies import OwnedSetup, ServicesNow, SignedInUser
from token_server.confirming import confirm_setup
from token_server.routes.interviews import Cursor, Limit
from token_server.schemas.attempts import Connection
from token_server.schemas.interviews import InterviewDetail
from token_server.schemas.setups import ChangeSetupBody, ConfirmSetupBody, NewSetup, SetupDetail, SetupsPage
from token_server.services import Services
from token_server.tokens import setup_connection

router = APIRouter(prefix="/setup-conversations", tags=["set-ups"])
ANY_STATUS: list[SetupStatus] = ["live", "confirmed", "abandoned"]


@router.post("", status_code=status.HTTP_201_CREATED)
async def begin_setup(user: SignedInUser, services: ServicesNow) -> NewSetup:
    """The assistant is sent for at once. Another set-up of this person that was live is abandoned."""
    await services.auth.get_user(user.access_token)
    setup = await services.setups.begin(user.user_id)
    return NewSetup(id=setup.id, connection=await _connection(setup.id, user, services))


@router.get("")
async def list_setups(
    user: SignedInUser,
    cursor: Annotated[Cursor | None, Query()] = None,
    limit: Annotated[Limit, Query()] = 20,
    statuses: Annotated[list[SetupStatus] | None, Query(alias="status")] = None,
) -> SetupsPage:
    """`status` may be given several times."""
    page = await user.view.setups(statuses or ANY_STATUS, cursor=cursor, limit=limit)
    return SetupsPage(items=[SetupDetail.of(setup) for setup in page.items], next_cursor=page.next_cursor)


@router.get("/{setup_id}")
async def read_setup(setup: OwnedSetup) -> SetupDetail:
    return SetupDetail.of(setup)


@router.patch("/{setup_id}")
async def change_setup(
    body: ChangeSetupBody, setup: OwnedSetup, services: ServicesNow, after: BackgroundTasks
) -> SetupDetail:
    """The draft by hand, at any time until it is confirmed. The assistant is told."""
    changed = await services.store.change_setup_draft(
        setup.id, revision=body.revision, change=body.change(), by="candidate"
    )
    if changed.revision != body.revision:
        after.add_task(services.setups.tell, setup.id, changed.revision, to="everybody")
    return SetupDetail.of(changed)


@router.post("/{setup_id}/connection", status_code=status.HTTP_201_CREATED)
async def connect_setup(setup: OwnedSetup, user: SignedInUser, services: ServicesNow) -> Connection:
    """A fresh participant token, and an assistant if none is there. Takes up a set-up that was abandoned."""
    await services.auth.get_user(user.access_token)
    await services.setups.enter(setup)
    return await _connection(setup.id, user, services)


@router.post("/{setup_id}/confirm", status_code=status.HTTP_201_CREATED)
async def confirm_setup_by_hand(
    body: ConfirmSetupBody, setup: OwnedSetup, services: ServicesNow, after: BackgroundTasks
) -> InterviewDetail:
    """Makes the interview once, however often and from how many sides it is asked for at this revision."""
    interview = await confirm_setup(services, setup, body.revision, by="candidate")
    after.add_task(services.setups.close, [setup.id])
    return InterviewDetail.of(InterviewWithAttempts(interview))


@router.delete("/{setup_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_setup(setup: OwnedSetup, services: ServicesNow, after: BackgroundTasks) -> None:
    """The conversation and its draft. An interview that it made stays."""
    await services.store.delete_setup(setup.id)
    after.add_task(services.setups.close, [setup.id])


async def _connection(setup_id: str, user: SignedInUser, services: Services) -> Connection:
    return setup_connection(
        services.settings,
        setup_id=setup_id,
        user_id=user.user_id,
        display_name=await user.view.display_name(),
        now=services.clock(),
    )
