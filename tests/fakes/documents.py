"""The part of the in-memory store that keeps résumés, and forgets job descriptions."""

from datetime import datetime

from storage.models.document import Resume
from storage.models.interview import Plan
from storage.text import drop_nul
from tests.fakes.tables import Tables, find


class FakeDocuments:
    tables: Tables

    async def resume(self, owner_id: str) -> Resume | None:
        return self.tables.resumes.get(owner_id)

    async def keep_resume(self, owner_id: str, text: str, *, now: datetime) -> Resume:
        find(self.tables.profiles, owner_id)
        self.tables.resumes[owner_id] = Resume(text=drop_nul(text), updated_at=now)
        return self.tables.resumes[owner_id]

    async def delete_resume(self, owner_id: str) -> None:
        self.tables.resumes.pop(owner_id, None)

    async def forget_job_description(self, interview_id: str) -> None:
        interview = find(self.tables.interviews, interview_id)
        self.tables.interviews[interview_id] = interview.model_copy(
            update={"current_plan": _without_job_description(interview.current_plan)}
        )
        for plan in list(self.tables.plans.values()):
            if plan.interview_id == interview_id:
                self.tables.plans[plan.id] = _without_job_description(plan)
        for setup in list(self.tables.setups.values()):
            if setup.interview_id == interview_id:
                draft = setup.draft.model_copy(update={"job_description": None, "remarks": None})
                self.tables.setups[setup.id] = setup.model_copy(update={"draft": draft})


def _without_job_description(plan: Plan) -> Plan:
    parameters = plan.parameters.model_copy(update={"job_description": None})
    return plan.model_copy(update={"parameters": parameters})
