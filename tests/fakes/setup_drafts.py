"""A stored set-up draft with the token server's rules about revisions, without a token server."""

from typing import Any

from agent.token_server_errors import RefusedError, SetupOverError, StaleRevisionError, UnavailableError
from storage.models.setup import SetupBrief, SetupConfirmed, SetupDraft, SetupDraftStored


class StoredSetup:
    """Change it by hand with `edit`; `is_away` and `is_over` play the token server's refusals."""

    def __init__(self, draft: SetupDraft | None = None) -> None:
        self.stored = draft or SetupDraft()
        self.revision = 0
        self.writes = 0
        self.confirmed: SetupDraft | None = None
        self.abandoned = False
        self.joined_by: list[str] = []
        self.is_away = False
        self.is_over = False

    def edit(self, **fields: Any) -> None:
        self.stored = SetupDraft.model_validate({**self.stored.model_dump(), **fields})
        self.revision += 1

    async def draft(self) -> SetupDraftStored:
        self._check()
        return SetupDraftStored(revision=self.revision, draft=self.stored)

    async def store_draft(self, revision: int, draft: SetupDraft) -> SetupDraftStored:
        self._check(revision)
        self.stored = draft
        self.revision += 1
        self.writes += 1
        return SetupDraftStored(revision=self.revision, draft=draft)

    async def confirm(self, revision: int) -> SetupConfirmed:
        self._check(revision)
        if self.stored.missing():
            raise RefusedError("incomplete", code="validation_failed", status=422)
        self.confirmed = self.stored
        return SetupConfirmed(interview_id="interview", title="An interview")

    async def join(self, job_id: str) -> SetupBrief:
        self._check()
        self.joined_by.append(job_id)
        return SetupBrief(
            setup_id="setup",
            candidate_name="Robin",
            status="live",
            revision=self.revision,
            draft=self.stored,
            resumed=len(self.joined_by) > 1,
        )

    async def abandon(self) -> None:
        self.abandoned = True

    def _check(self, revision: int | None = None) -> None:
        if self.is_away:
            raise UnavailableError("away")
        if self.is_over:
            raise SetupOverError("over", code="setup_over", status=409)
        if revision is not None and revision != self.revision:
            raise StaleRevisionError("stale", code="stale_revision", status=409)
