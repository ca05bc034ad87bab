"""Shows the page where the interview is, through the agent's participant attributes."""

import asyncio

import structlog
from livekit import rtc

from storage.models.attempt import Position
from storage.models.room import AgentAttributes

log = structlog.get_logger()

_RETRY_SEC = 1.0


class AttributeBoard:
    """Writes the newest position; positions that were overtaken meanwhile are left out."""

    def __init__(self, room: rtc.Room, *, question_count: int, epoch: int) -> None:
        self._room = room
        self._question_count = question_count
        self._epoch = epoch
        self._position = Position()
        self._changed = asyncio.Event()
        # livekit-server may have come back without what it knew
        room.on("reconnected", self._changed.set)

    def show(self, position: Position) -> None:
        self._position = position
        self._changed.set()

    async def run(self) -> None:
        """Writes for ever; cancel it to stop."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            attributes = AgentAttributes.model_validate(
                {
                    "phase": self._position.phase,
                    "question_index": self._position.question_index,
                    "question_count": self._question_count,
                    "epoch": self._epoch,
                }
            )
            try:
                await self._room.local_participant.set_attributes(attributes.to_attributes())
            except Exception as error:  # noqa: BLE001  # the rtc library names no narrower one; the page must catch up
                log.warning("attributes_not_set", error=type(error).__name__)
                await asyncio.sleep(_RETRY_SEC)
                self._changed.set()
