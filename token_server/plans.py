"""Plans for somebody: a new one, with their résumé where they want it used, or the same questions in another tone."""

from collections.abc import Sequence

from storage.models.interview import InterviewParameters, Plan, PlanDraft, PlannedQuestion, Tone
from storage.store import InterviewQuery, OwnerView
from token_server.services import Services


async def plan_for(
    services: Services, owner_id: str, parameters: InterviewParameters, *, used: Sequence[PlannedQuestion] = ()
) -> PlanDraft:
    resume = await services.store.resume(owner_id) if parameters.use_resume else None
    return await services.planner.plan(parameters, resume=None if resume is None else resume.text, used=used)


def in_tone(parameters: InterviewParameters, tone: Tone | None) -> InterviewParameters:
    return parameters if tone is None else parameters.model_copy(update={"tone": tone})


MOST_INTERVIEWS_OF_A_ROLE = 20
"""The newest. Each of their questions is compared with each of the bank."""


async def asked_before(view: OwnerView, parameters: InterviewParameters) -> list[PlannedQuestion]:
    """What an interview that practises something should not ask again: what the current plans of this person's
    interviews for the same role ask, the oldest first. Others may well ask what another interview has asked."""
    if not parameters.focus:
        return []
    query = InterviewQuery(role=parameters.role, sort="newest", limit=MOST_INTERVIEWS_OF_A_ROLE)
    found = (await view.interviews(query)).items
    return [question for one in reversed(found) for question in one.interview.current_plan.questions]


async def same_questions(services: Services, plan: Plan) -> PlanDraft:
    """Of a plan whose tone alone changes: tone has no part in choosing questions."""
    return PlanDraft(questions=plan.questions, keys=await services.store.plan_keys(plan.id), source=plan.source)
