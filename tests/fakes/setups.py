"""The part of the in-memory store that keeps spoken set-ups."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from storage.errors import ConflictError, StaleRevisionError
from storage.models.interview import Interview, InterviewParameters, PlanDraft
from storage.models.setup import SetupBrief, SetupConversation, SetupDraft
from storage.setup_store import WRITABLE, LiveSetup, SetupWriter
from storage.text import drop_nul
from tests.fakes.tables import Tables, find


class FakeSetups(ABC):
    tables: Tables
    clock: Callable[[], datetime]

    async def create_setup(self, owner_id: str, *, now: datetime) -> LiveSetup:
        find(self.tables.profiles, owner_id)
        replaced = self._abandon_others(owner_id, None)
        created_at = self._later_than_all()
        setup = SetupConversation(
            id=str(uuid4()),
            owner_id=owner_id,
            status="live",
            revision=0,
            draft=SetupDraft(),
            interview_id=None,
            created_at=created_at,
            updated_at=created_at,
            dispatched_at=now,
        )
        return LiveSetup(self._kept_setup(setup), replaced)

    async def take_up_setup(self, setup_id: str, *, now: datetime) -> LiveSetup:
        setup = self._one_of(setup_id, ("live", "abandoned"))
        replaced = self._abandon_others(setup.owner_id, setup_id)
        return LiveSetup(self._changed_setup(setup, status="live", dispatched_at=now), replaced)

    async def setup(self, setup_id: str) -> SetupConversation:
        return find(self.tables.setups, setup_id)

    async def live_setups(self) -> list[SetupConversation]:
        return [setup for setup in self.tables.setups.values() if setup.status == "live"]

    async def raise_setup_epoch(self, setup_id: str, *, expected_epoch: int, now: datetime) -> int:
        setup = self._one_of(setup_id, ("live",))
        if setup.job_epoch != expected_epoch:
            raise ConflictError("superseded")
        return self._changed_setup(setup, job_epoch=expected_epoch + 1, dispatched_at=now).job_epoch

    async def join_setup(self, setup_id: str, *, job_id: str, now: datetime) -> SetupBrief:
        setup = self._changed_setup(self._one_of(setup_id, ("live",)), joined_at=now)
        first_job_id = self.tables.first_setup_jobs.setdefault(setup_id, job_id)
        return SetupBrief(
            setup_id=setup.id,
            candidate_name=self.tables.profiles[setup.owner_id],
            status=setup.status,
            revision=setup.revision,
            draft=setup.draft,
            resumed=first_job_id != job_id,
        )

    async def change_setup_draft(
        self, setup_id: str, *, revision: int, change: Mapping[str, object], by: SetupWriter
    ) -> SetupConversation:
        setup = self._one_of(setup_id, WRITABLE[by])
        if setup.revision != revision:
            raise StaleRevisionError(setup.revision)
        draft = SetupDraft.model_validate(setup.draft.model_dump() | drop_nul(dict(change)))
        if draft == setup.draft:
            return setup
        return self._changed_setup(setup, draft=draft, revision=revision + 1)

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
        setup = self._one_of(setup_id, (*WRITABLE[by], "confirmed"))
        if setup.interview_id is not None:
            if setup.revision != revision:
                raise ConflictError("setup_over")
            return self.tables.interviews[setup.interview_id]
        if setup.revision != revision:
            raise StaleRevisionError(setup.revision)
        interview = await self.create_interview(setup.owner_id, title, parameters, draft)
        self._changed_setup(setup, status="confirmed", interview_id=interview.id)
        return interview

    @abstractmethod
    async def create_interview(
        self, owner_id: str, title: str, parameters: InterviewParameters, draft: PlanDraft
    ) -> Interview:
        """As the store's."""

    async def abandon_setup(self, setup_id: str, *, epoch: int | None = None) -> None:
        setup = find(self.tables.setups, setup_id)
        if setup.status != "live":
            return
        if epoch is not None and epoch != setup.job_epoch:
            raise ConflictError("superseded")
        self._changed_setup(setup, status="abandoned")

    async def delete_setup(self, setup_id: str) -> None:
        find(self.tables.setups, setup_id)
        del self.tables.setups[setup_id]

    def _abandon_others(self, owner_id: str, setup_id: str | None) -> list[str]:
        others = [
            setup
            for setup in self.tables.setups.values()
            if setup.owner_id == owner_id and setup.status == "live" and setup.id != setup_id
        ]
        return [self._changed_setup(setup, status="abandoned").id for setup in others]

    def _one_of(self, setup_id: str, statuses: tuple[str, ...]) -> SetupConversation:
        setup = find(self.tables.setups, setup_id)
        if setup.status not in statuses:
            raise ConflictError("setup_over")
        return setup

    def _changed_setup(self, setup: SetupConversation, **update: object) -> SetupConversation:
        return self._kept_setup(setup.model_copy(update={"updated_at": self.clock(), **update}))

    def _kept_setup(self, setup: SetupConversation) -> SetupConversation:
        self.tables.setups[setup.id] = setup
        return setup

    def _later_than_all(self) -> datetime:
        """As in the database, also when the clock stands still."""
        newest = max((setup.created_at for setup in self.tables.setups.values()), default=None)
        now = self.clock()
        return now if newest is None else max(now, newest + timedelta(microseconds=1))
