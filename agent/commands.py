"""What the token server tells a job, as server data in the room. A participant's own data is never that."""

from collections.abc import Callable
from typing import TypeVar

import structlog
from livekit import rtc
from pydantic import BaseModel, ValidationError

from storage.models.room import COMMAND_TOPIC, SETUP_DRAFT_TOPIC, Command, CommandMessage, SetupDraftMessage

log = structlog.get_logger()

Message = TypeVar("Message", bound=BaseModel)


def attach_commands(room: rtc.Room, on_command: Callable[[Command], None]) -> None:
    """Commands from the page."""
    _attach(room, COMMAND_TOPIC, CommandMessage, lambda message: on_command(message.command))


def attach_draft_notices(room: rtc.Room, on_notice: Callable[[int], None]) -> None:
    """That a set-up's draft was changed by hand, with its revision."""
    _attach(room, SETUP_DRAFT_TOPIC, SetupDraftMessage, lambda message: on_notice(message.revision))


def _attach(room: rtc.Room, topic: str, shape: type[Message], on_message: Callable[[Message], None]) -> None:
    def received(packet: rtc.DataPacket) -> None:
        if packet.topic != topic or packet.participant is not None:
            return
        try:
            message = shape.model_validate_json(packet.data)
        except ValidationError:
            log.warning("server_data_malformed", topic=topic, length=len(packet.data))
            return
        on_message(message)

    room.on("data_received", received)
