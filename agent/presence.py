"""Whether the candidate is in the room, and how long the interviewer waits for them."""

import asyncio
from collections.abc import Callable

import structlog
from livekit import rtc

log = structlog.get_logger()


class Presence:
    """Watches the room for the one person in it.

    Args:
        absence_timeout_sec: how long the room may be without a candidate.
        on_left, on_back: a candidate left; one (the same) came back.
        on_gone: nobody for too long. Called with whether anybody had ever been there.
    """

    def __init__(
        self,
        room: rtc.Room,
        *,
        absence_timeout_sec: float,
        on_left: Callable[[], None],
        on_back: Callable[[], None],
        on_gone: Callable[[bool], None],
    ) -> None:
        self._room = room
        self._absence_timeout_sec = absence_timeout_sec
        self._on_left = on_left
        self._on_back = on_back
        self._on_gone = on_gone
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._seen = False
        self._line_is_dead = False
        self.arrived = asyncio.Event()
        """Set when the candidate is first there."""
        room.on("participant_connected", self._joined)
        room.on("participant_disconnected", self._left)
        room.on("reconnected", self._line_is_back)
        room.on("connection_quality_changed", self._quality_changed)
        people = [person for person in room.remote_participants.values() if _is_person(person)]
        if people:
            self._joined(people[0])
        else:
            self._start_timer()

    def close(self) -> None:
        self._cancel_timer()
        self._room.off("participant_connected", self._joined)
        self._room.off("participant_disconnected", self._left)
        self._room.off("reconnected", self._line_is_back)
        self._room.off("connection_quality_changed", self._quality_changed)

    def _joined(self, participant: rtc.RemoteParticipant) -> None:
        if not _is_person(participant):
            return
        self._cancel_timer()
        self._line_is_dead = False
        if self._seen:
            log.info("candidate_back")
            self._on_back()
        self._seen = True
        self.arrived.set()

    def _left(self, participant: rtc.RemoteParticipant) -> None:
        if not _is_person(participant) or any(_is_person(one) for one in self._room.remote_participants.values()):
            return
        log.info("candidate_left")
        self._on_left()
        if not self._line_is_dead:
            self._start_timer()

    def _quality_changed(self, participant: rtc.Participant | None, quality: rtc.ConnectionQuality) -> None:
        """LiveKit keeps somebody whose network is gone in the room for half a minute, and says sooner that nothing of
        them arrives."""
        if participant not in self._room.remote_participants.values() or not _is_person(participant):
            return
        is_dead = quality == rtc.ConnectionQuality.QUALITY_LOST
        if is_dead == self._line_is_dead:
            return
        self._line_is_dead = is_dead
        log.info("candidate_line", is_dead=is_dead)
        if is_dead:
            self._on_left()
            self._start_timer()
        else:
            self._cancel_timer()
            self._on_back()

    def _line_is_back(self) -> None:
        """Our own connection broke and is whole again: what was said meanwhile wasn't heard."""
        if any(_is_person(one) for one in self._room.remote_participants.values()):
            self._on_left()
            self._on_back()

    def _start_timer(self) -> None:
        self._cancel_timer()
        self._timer = self._loop.call_later(self._absence_timeout_sec, lambda: self._on_gone(self._seen))

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _is_person(participant: rtc.Participant | None) -> bool:
    return participant is not None and participant.kind != rtc.ParticipantKind.PARTICIPANT_KIND_AGENT
