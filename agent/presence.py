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
        on_line_back: our own line was broken, and is whole again with the candidate in the room.
        on_gone: nobody for too long. Called with whether anybody had ever been there.
    """

    def __init__(
        self,
        room: rtc.Room,
        *,
        absence_timeout_sec: float,
        on_left: Callable[[], None],
        on_back: Callable[[], None],
        on_line_back: Callable[[], None],
        on_gone: Callable[[bool], None],
    ) -> None:
        self._room = room
        self._absence_timeout_sec = absence_timeout_sec
        self._on_left = on_left
        self._on_back = on_back
        self._on_line_back = on_line_back
        self._on_gone = on_gone
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._seen = False
        self._is_here = False
        self._dead_lines: set[str] = set()
        """Identities of people who are in the room while nothing of them arrives."""
        self.arrived = asyncio.Event()
        """Set when the candidate is first there."""
        room.on("participant_connected", self._joined)
        room.on("participant_disconnected", self._left)
        room.on("reconnected", self._our_line_is_back)
        room.on("connection_quality_changed", self._quality_changed)
        self._start_timer()
        self._look()

    def close(self) -> None:
        self._cancel_timer()
        self._room.off("participant_connected", self._joined)
        self._room.off("participant_disconnected", self._left)
        self._room.off("reconnected", self._our_line_is_back)
        self._room.off("connection_quality_changed", self._quality_changed)

    def _joined(self, participant: rtc.RemoteParticipant) -> None:
        self._dead_lines.discard(participant.identity)
        self._look()

    def _left(self, participant: rtc.RemoteParticipant) -> None:
        self._dead_lines.discard(participant.identity)
        self._look()

    def _quality_changed(self, participant: rtc.Participant | None, quality: rtc.ConnectionQuality) -> None:
        """LiveKit keeps somebody whose network is gone in the room for half a minute, and says sooner that nothing of
        them arrives."""
        if participant is None:
            return
        if quality == rtc.ConnectionQuality.QUALITY_LOST:
            self._dead_lines.add(participant.identity)
        else:
            self._dead_lines.discard(participant.identity)
        self._look()

    def _look(self) -> None:
        is_here = any(
            _is_person(one) and one.identity not in self._dead_lines for one in self._room.remote_participants.values()
        )
        if is_here == self._is_here:
            return
        self._is_here = is_here
        if not is_here:
            log.info("candidate_left", dead_line=bool(self._dead_lines))
            self._start_timer()
            self._on_left()
            return
        self._cancel_timer()
        if self._seen:
            log.info("candidate_back")
            self._on_back()
        self._seen = True
        self.arrived.set()

    def _our_line_is_back(self) -> None:
        """What was said meanwhile wasn't heard."""
        if self._is_here:
            self._on_line_back()

    def _start_timer(self) -> None:
        self._cancel_timer()
        self._timer = self._loop.call_later(self._absence_timeout_sec, lambda: self._on_gone(self._seen))

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _is_person(participant: rtc.Participant) -> bool:
    return participant.kind != rtc.ParticipantKind.PARTICIPANT_KIND_AGENT
