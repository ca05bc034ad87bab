"""A plan for somebody: with their résumé, where they want it used."""

from collections.abc import Sequence

from storage.models.interview import InterviewParameters, PlanDraft, PlannedQuestion
from token_server.services import Services


async def plan_for(
    services: Services, owner_id: str, parameters: InterviewParameters, *, used: Sequence[PlannedQuestion] = ()
) -> PlanDraft:
    resume = await services.store.resume(owner_id) if parameters.use_resume else None
    return await services.planner.plan(parameters, resume=None if resume is None else resume.text, used=used)
