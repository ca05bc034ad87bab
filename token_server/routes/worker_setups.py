"""What a set-up's job calls: storage/models/worker_api.py is the contract."""

from fastapi import APIRouter, BackgroundTasks, status

from storage.models.setup import (
    SetupBrief,
    SetupConfirmation,
    SetupConfirmed,
    SetupDraftChange,
    SetupDraftStored,
    SetupJoin,
)
from storage.models.worker_api import JobLost
from token_server.auth.dependencies import CallingSetupJob, ServicesNow
from token_server.confirming import confirm_setup

router = APIRouter(prefix="/worker/setup-conversations/{setup_id}", tags=["worker"])


@router.post("/join")
async def join_setup(setup_id: str, body: SetupJoin, caller: CallingSetupJob, services: ServicesNow) -> SetupBrief:
    return await services.store.join_setup(setup_id, job_id=body.job_id, now=services.clock())


@router.get("/draft")
async def read_setup_draft(setup_id: str, caller: CallingSetupJob, services: ServicesNow) -> SetupDraftStored:
    setup = await services.store.setup(setup_id)
    return SetupDraftStored(revision=setup.revision, draft=setup.draft)


@router.put("/draft")
async def store_setup_draft(
    setup_id: str, body: SetupDraftChange, caller: CallingSetupJob, services: ServicesNow, after: BackgroundTasks
) -> SetupDraftStored:
    """The whole draft: what is left out is forgotten. The page is told."""
    setup = await services.store.change_setup_draft(
        setup_id, revision=body.revision, change=body.draft.model_dump(mode="json"), by="job"
    )
    if setup.revision != body.revision:
        after.add_task(services.setups.tell, setup_id, setup.revision, to="candidates")
    return SetupDraftStored(revision=setup.revision, draft=setup.draft)


@router.post("/confirm")
async def confirm_setup_by_voice(
    setup_id: str, body: SetupConfirmation, caller: CallingSetupJob, services: ServicesNow, after: BackgroundTasks
) -> SetupConfirmed:
    setup = await services.store.setup(setup_id)
    interview = await confirm_setup(services, setup, body.revision, by="job")
    after.add_task(services.setups.tell, setup_id, body.revision, to="candidates")
    return SetupConfirmed(interview_id=interview.id, title=interview.title)


@router.post("/lost", status_code=status.HTTP_204_NO_CONTENT)
async def replace_lost_setup_job(setup_id: str, body: JobLost, caller: CallingSetupJob, services: ServicesNow) -> None:
    await services.setups.replace_lost(setup_id, body.epoch)


@router.post("/abandon", status_code=status.HTTP_204_NO_CONTENT)
async def abandon_setup(setup_id: str, caller: CallingSetupJob, services: ServicesNow) -> None:
    await services.store.abandon_setup(setup_id)
