"""Keeps the conversation's draft and the stored one in step. The page changes the stored one at any time."""

from typing import Protocol

import structlog

from agent.setup.heard import changed_fields, with_remark
from agent.token_server_errors import StaleRevisionError, UnavailableError
from storage.models.setup import SetupConfirmed, SetupDraft, SetupDraftStored

log = structlog.get_logger()

_MOST_TRIES = 5
"""Somebody who types changes the draft twice a second at the most."""


class DraftCalls(Protocol):
    """What is asked of the token server."""

    async def draft(self) -> SetupDraftStored: ...
    async def store_draft(self, revision: int, draft: SetupDraft) -> SetupDraftStored: ...
    async def confirm(self, revision: int) -> SetupConfirmed: ...


class DraftKeeper:
    """All calls raise SetupOverError when the set-up is over."""

    def __init__(self, calls: DraftCalls, stored: SetupDraftStored) -> None:
        self._calls = calls
        self._stored = stored

    @property
    def revision(self) -> int:
        return self._stored.revision

    async def store(self, draft: SetupDraft) -> SetupDraft:
        """Stores what the conversation has come to, and returns it with what was changed by hand meanwhile.

        Where the token server can't be reached the draft stays as it is here, and goes with the next one.
        """
        try:
            return await self._store(draft)
        except UnavailableError as error:
            log.warning("draft_not_stored", error=str(error))
            return draft

    async def read(self, draft: SetupDraft) -> SetupDraft:
        """The conversation's draft with what was changed by hand."""
        try:
            stored = await self._calls.draft()
        except UnavailableError as error:
            log.warning("draft_not_read", error=str(error))
            return draft
        merged = _merged(draft, since=self._stored.draft, newer=stored.draft)
        self._stored = stored
        return merged

    async def confirm(self, draft: SetupDraft) -> SetupConfirmed | SetupDraft:
        """Makes the interview of exactly this draft; where another one is stored by now, returns that instead.

        Raises:
            TokenServerError: it can't be made now.
        """
        stored = await self._store(draft)
        if stored != draft:
            return stored
        try:
            return await self._calls.confirm(self._stored.revision)
        except StaleRevisionError:
            return await self.read(draft)

    async def _store(self, draft: SetupDraft) -> SetupDraft:
        for _ in range(_MOST_TRIES):
            if draft == self._stored.draft:
                return draft
            try:
                self._stored = await self._calls.store_draft(self._stored.revision, draft)
                return self._stored.draft
            except StaleRevisionError:
                draft = await self.read(draft)
        return draft


def _merged(draft: SetupDraft, *, since: SetupDraft, newer: SetupDraft) -> SetupDraft:
    """The newer draft with what the conversation changed since they were the same; its remarks behind newer ones."""
    said = {name: getattr(draft, name) for name in changed_fields(since, draft)}
    if draft.remarks and newer.remarks != since.remarks:
        added = draft.remarks.removeprefix(since.remarks or "").strip()
        said["remarks"] = with_remark(newer.remarks, added) if added else newer.remarks
    return newer.model_copy(update=said)
