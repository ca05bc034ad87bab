"""The store protocol's part about what people paste and upload. Errors and ids are as in storage/store.py."""

from datetime import datetime
from typing import Protocol

from storage.models.document import Resume


class DocumentStore(Protocol):
    """Job descriptions are in `InterviewParameters` and `SetupDraft`; a résumé is its owner's, for all interviews."""

    async def resume(self, owner_id: str) -> Resume | None: ...
    async def keep_resume(self, owner_id: str, text: str, *, now: datetime) -> Resume:
        """Takes the place of an earlier one. NotFoundError for nobody's id."""
        ...

    async def delete_resume(self, owner_id: str) -> None:
        """Also when there is none."""
        ...

    async def forget_job_description(self, interview_id: str) -> None:
        """From all plans of the interview, which are otherwise immutable, and from the set-up that it was made in."""
        ...
