"""Shows the page where the conversation is, through the agent's participant attributes."""

import asyncio
from collections.abc import Mapping
from typing import Literal

import structlog
from livekit import rtc

from storage.models.attempt import Position
from storage.models.room import AgentAttributes, SetupAttributes
from storage.models.setup import SetupDraft

log = structlog.get_logger()

_RETRY_SEC = 1.0


class _Board:
    """Writes the newest attributes; those that were overtaken meanwhile are left out."""

    def __init__(self, room: rtc.Room, attributes: Mapping[str, str]) -> None:
        self._room = room
        self._attributes = attributes
        self._changed = asyncio.Event()
        # livekit-server may have come back without what it knew
        room.on("reconnected", self._changed.set)

    def put(self, attributes: Mapping[str, str]) -> None:
        self._attributes = attributes
        self._changed.set()

    async def run(self) -> None:
        """Writes for ever; cancel it to stop."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            try:
                await self._room.local_participant.set_attributes(dict(self._attributes))
            except Exception as error:  # noqa: BLE001  # the rtc library names no narrower one; the page must catch up
                log.warning("attributes_not_set", error=type(error).__name__)
                await asyncio.sleep(_RETRY_SEC)
                self._changed.set()


class AttributeBoard(_Board):
    """An interview's: its position, and whether it is recorded."""

    def __init__(self, room: rtc.Room, *, question_count: int, epoch: int, is_recorded: bool = False) -> None:
        self._question_count = question_count
        self._epoch = epoch
        self._position = Position()
        self._is_recorded = is_recorded
        super().__init__(room, self._shown(Position()))

    def show(self, position: Position) -> None:
        self._position = position
        self.put(self._shown(position))

    def show_recording_over(self) -> None:
        self._is_recorded = False
        self.put(self._shown(self._position))

    def _shown(self, position: Position) -> dict[str, str]:
        return AgentAttributes.model_validate(
            {
                "phase": position.phase,
                "question_index": position.question_index,
                "question_count": self._question_count,
                "epoch": self._epoch,
                "recording": "on" if self._is_recorded else "off",
            }
        ).to_attributes()


class SetupBoard(_Board):
    """A set-up's: its draft, without the long texts."""

    def __init__(self, room: rtc.Room, *, epoch: int) -> None:
        self._epoch = epoch
        self._phase: Literal["waiting", "talking", "ended"] = "waiting"
        self._draft = SetupDraft()
        self._revision = 0
        super().__init__(room, self._shown())

    def show(self, draft: SetupDraft, revision: int) -> None:
        self._draft, self._revision = draft, revision
        self.put(self._shown())

    def enter(self, phase: Literal["talking", "ended"]) -> None:
        self._phase = phase
        self.put(self._shown())

    def _shown(self) -> dict[str, str]:
        draft = self._draft
        return SetupAttributes.model_validate(
            {
                "phase": self._phase,
                "revision": self._revision,
                "role": draft.role or "",
                "interview_type": draft.interview_type or "",
                "level": draft.level or "",
                "question_count": str(draft.question_count or ""),
                "technologies": ",".join(draft.technologies or []),
                "tone": draft.tone or "",
                "epoch": self._epoch,
            }
        ).to_attributes()
