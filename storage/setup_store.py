"""The store protocol's part about spoken set-ups. Errors and ids are as in storage/store.py, which includes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from storage.models.interview import Interview, InterviewParameters, PlanDraft
from storage.models.setup import SetupBrief, SetupConversation, SetupStatus

SetupWriter = Literal["candidate", "job"]
WRITABLE: Mapping[SetupWriter, tuple[SetupStatus, ...]] = {"candidate": ("live", "abandoned"), "job": ("live",)}
"""In which states who may change and confirm one: a person also the draft of one that nobody talks in."""


@dataclass(frozen=True, slots=True)
class LiveSetup:
    """A set-up that has just gone live."""

    setup: SetupConversation
    replaced: list[str] = field(default_factory=list[str])
    """Ids of its owner's others that were live until now, and are abandoned."""


class SetupStore(Protocol):
    """Writes raise ConflictError `setup_over` for one that is in another state than they need.

    One that goes live counts as sent for at that moment, so that its place is taken before its job is dispatched.
    """

    async def create_setup(self, owner_id: str, *, now: datetime) -> LiveSetup: ...
    async def take_up_setup(self, setup_id: str, *, now: datetime) -> LiveSetup:
        """An abandoned one goes live again; a live one stays it."""
        ...

    async def setup(self, setup_id: str) -> SetupConversation: ...
    async def live_setups(self) -> list[SetupConversation]:
        """Of everybody, for the sweep and for counting places."""
        ...

    async def raise_setup_epoch(self, setup_id: str, *, expected_epoch: int, now: datetime) -> int:
        """Of a live one, before a dispatch. Compare-and-set; returns the new epoch. ConflictError `superseded`."""
        ...

    async def join_setup(self, setup_id: str, *, job_id: str, now: datetime) -> SetupBrief:
        """A job joins a live one. The same job asking again is not a second one."""
        ...

    async def change_setup_draft(
        self, setup_id: str, *, revision: int, change: Mapping[str, object], by: SetupWriter
    ) -> SetupConversation:
        """`change`: JSON-ready fields of SetupDraft; None forgets one. The revision rises if the draft is another one.

        StaleRevisionError when the draft has another revision than the one that the change was made from.
        """
        ...

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
        """Makes the interview, in one step with the confirmation. StaleRevisionError.

        One that was confirmed at this revision gives the interview that was made then.
        """
        ...

    async def abandon_setup(self, setup_id: str, *, epoch: int | None = None) -> None:
        """Nothing happens to one that isn't live. With `epoch`: ConflictError `superseded` when it is another one."""
        ...

    async def delete_setup(self, setup_id: str) -> None: ...
