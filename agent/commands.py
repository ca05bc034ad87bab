"""Commands from the page, as server data in the room. A participant's own data is never one."""

from collections.abc import Callable

import structlog
from livekit import rtc
from pydantic import ValidationError

from storage.models.room import COMMAND_TOPIC, Command, CommandMessage

log = structlog.get_logger()


def attach_commands(room: rtc.Room, on_command: Callable[[Command], None]) -> None:
    def received(packet: rtc.DataPacket) -> None:
        if packet.topic != COMMAND_TOPIC or packet.participant is not None:
            return
        try:
            message = CommandMessage.model_validate_json(packet.data)
        except ValidationError:
            log.warning("command_malformed", length=len(packet.data))
            return
        on_command(message.command)

    room.on("data_received", received)
