"""The part of the store that keeps spoken set-ups."""

from collections.abc import Mapping
from datetime import datetime

from storage.errors import NotFoundError
from storage.models.interview import Interview, InterviewParameters, PlanDraft
from storage.models.setup import SetupBrief, SetupConversation
from storage.setup_store import WRITABLE, LiveSetup, SetupWriter
from storage.supabase_store import rows
from storage.supabase_store.connection import Rest
from storage.supabase_store.ids import known_form
from storage.supabase_store.rows import Row, parse


class SupabaseSetups:
    _rest: Rest

    async def create_setup(self, owner_id: str, *, now: datetime) -> LiveSetup:
        return _live(await self._rest.call("create_setup", p_owner_id=known_form(owner_id), p_now=now.isoformat()))

    async def take_up_setup(self, setup_id: str, *, now: datetime) -> LiveSetup:
        return _live(await self._rest.call("take_up_setup", p_setup_id=known_form(setup_id), p_now=now.isoformat()))

    async def setup(self, setup_id: str) -> SetupConversation:
        found = await self._rest.select("setup_conversations", {"id": ("eq", known_form(setup_id))}, limit=1)
        if not found:
            raise NotFoundError
        return parse(SetupConversation, found[0])

    async def live_setups(self) -> list[SetupConversation]:
        found = await self._rest.select_all("setup_conversations", {"status": ("eq", "live")})
        return [parse(SetupConversation, row) for row in found]

    async def raise_setup_epoch(self, setup_id: str, *, expected_epoch: int, now: datetime) -> int:
        return await self._rest.call(
            "raise_setup_epoch",
            p_setup_id=known_form(setup_id),
            p_expected_epoch=expected_epoch,
            p_now=now.isoformat(),
        )

    async def join_setup(self, setup_id: str, *, job_id: str, now: datetime) -> SetupBrief:
        row = await self._rest.call(
            "join_setup", p_setup_id=known_form(setup_id), p_job_id=job_id, p_now=now.isoformat()
        )
        setup = parse(SetupConversation, row["setup"])
        return SetupBrief(
            setup_id=setup.id,
            candidate_name=row["display_name"],
            status=setup.status,
            revision=setup.revision,
            draft=setup.draft,
            resumed=row["resumed"],
        )

    async def change_setup_draft(
        self, setup_id: str, *, revision: int, change: Mapping[str, object], by: SetupWriter
    ) -> SetupConversation:
        row = await self._rest.call(
            "change_setup_draft",
            p_setup_id=known_form(setup_id),
            p_revision=revision,
            p_change=dict(change),
            p_statuses=list(WRITABLE[by]),
        )
        return parse(SetupConversation, row)

    async def confirm_setup(
        self,
        setup_id: str,
        *,
        revision: int,
        title: str,
        parameters: InterviewParameters,
        draft: PlanDraft,
        by: SetupWriter,
    ) -> Interview:
        row = await self._rest.call(
            "confirm_setup",
            p_setup_id=known_form(setup_id),
            p_revision=revision,
            p_statuses=list(WRITABLE[by]),
            p_title=title,
            **rows.plan_arguments(parameters, draft),
        )
        return rows.interview(row)

    async def abandon_setup(self, setup_id: str, *, epoch: int | None = None) -> None:
        await self._rest.call("abandon_setup", p_setup_id=known_form(setup_id), p_epoch=epoch)

    async def delete_setup(self, setup_id: str) -> None:
        if not await self._rest.delete("setup_conversations", known_form(setup_id)):
            raise NotFoundError


def _live(row: Row) -> LiveSetup:
    return LiveSetup(setup=parse(SetupConversation, row["setup"]), replaced=row["replaced"])
