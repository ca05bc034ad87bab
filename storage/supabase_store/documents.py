"""The part of the store that keeps résumés, and forgets job descriptions."""

from datetime import datetime

from storage.models.document import Resume
from storage.supabase_store.connection import Rest
from storage.supabase_store.ids import known_form
from storage.supabase_store.rows import Row, parse


class SupabaseDocuments:
    _rest: Rest

    async def resume(self, owner_id: str) -> Resume | None:
        return resume_of(await self._rest.select("resumes", {"owner_id": ("eq", known_form(owner_id))}))

    async def keep_resume(self, owner_id: str, text: str, *, now: datetime) -> Resume:
        kept = Resume(text=text, updated_at=now)
        await self._rest.upsert("resumes", {"owner_id": known_form(owner_id), **kept.model_dump(mode="json")})
        return kept

    async def delete_resume(self, owner_id: str) -> None:
        await self._rest.delete("resumes", known_form(owner_id), key="owner_id")

    async def forget_job_description(self, interview_id: str) -> None:
        await self._rest.call("forget_job_description", p_interview_id=known_form(interview_id))


def resume_of(found: list[Row]) -> Resume | None:
    return parse(Resume, found[0]) if found else None
