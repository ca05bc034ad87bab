"""The scripted interviewee of the fault bench: answers whoever asks, and may load the page again."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx

from tests.support.candidate import Candidate, Clip, WaitedInVain
from tests.support.candidate.interviewee import floor_is_open
from tests.support.client import Caller, ConnectionSeen, Refused, eventually

OLD_SOUND_SEC = 0.8
"""What an interviewer had said before it died may be heard for so long."""
LONGEST_SILENCE_SEC = 75.0
MOST_ANSWERS = 2
RELOAD_SEC = 0.6
"""A page that is loaded again is back in the room after so long."""


@dataclass(frozen=True)
class Said:
    """One answer, said to its end."""

    text: str
    ended_wall_sec: float


@dataclass
class Talker:
    """One person over one attempt, in one visit to the room or more."""

    caller: Caller
    attempt_id: str
    ready: Clip
    answers: Iterator[Clip]
    visits: list[Candidate] = field(default_factory=list[Candidate])
    said: list[Said] = field(default_factory=list[Said])
    fault_after: int | None = None
    """How many answers had been said when the fault struck; None before it."""
    fell_silent: bool = False
    """The interviewer said nothing any more while the attempt went on."""
    reload_now: asyncio.Event = field(default_factory=asyncio.Event)
    back_wall_sec: float | None = None
    """When the page was in the room again."""

    @property
    def candidate(self) -> Candidate:
        return self.visits[-1]

    async def attend(self, connection: ConnectionSeen) -> None:
        """The whole interview, with a reload of the page when `reload_now` says so."""
        async with self._in_room(connection) as candidate:
            talking = asyncio.create_task(self._talk(candidate))
            reloading = asyncio.create_task(self.reload_now.wait())
            await asyncio.wait({talking, reloading}, return_when=asyncio.FIRST_COMPLETED)
            is_over = talking.done()
            talking.cancel()
            reloading.cancel()
            await asyncio.gather(talking, reloading, return_exceptions=True)
        if is_over:
            return
        await asyncio.sleep(RELOAD_SEC)
        connection = await self.caller.connection(self.attempt_id)
        async with self._in_room(connection) as candidate:
            self.back_wall_sec = candidate.wall_time(candidate.connected_at)
            await self._talk(candidate)

    @property
    def _has_said_enough(self) -> bool:
        """An answer before or during the fault, and one after it, each answered by the interviewer."""
        return self.fault_after is not None and len(self.said) >= max(MOST_ANSWERS, self.fault_after + 1)

    async def _has_asked_for_the_end(self) -> bool:
        """As somebody would who presses the button again when it says that the server isn't there."""
        try:
            await self.caller.end(self.attempt_id)
        except (Refused, httpx.TransportError):
            return False
        return True

    def interviewer_died(self) -> None:
        """The candidate notices, and waits for somebody to speak."""
        candidate = self.candidate
        candidate.spoke_until = max(candidate.spoke_until, candidate.clock.now() + OLD_SOUND_SEC)

    @asynccontextmanager
    async def _in_room(self, connection: ConnectionSeen) -> AsyncGenerator[Candidate]:
        async with Candidate.joined(connection.server_url, connection.participant_token) as candidate:
            self.visits.append(candidate)
            yield candidate

    async def _talk(self, candidate: Candidate) -> None:
        """Until the interview is over, or the interviewer falls silent for good."""
        try:
            while await floor_is_open(candidate, LONGEST_SILENCE_SEC):
                if self._has_said_enough:
                    await eventually(self._has_asked_for_the_end, bool, LONGEST_SILENCE_SEC)
                    break
                if candidate.phase in (None, "waiting", "introduction"):
                    await candidate.say_now(self.ready)
                    continue
                clip = next(self.answers)
                played = await candidate.say_now(clip)
                self.said.append(Said(clip.text, candidate.wall_time(played.span.end)))
            await candidate.ended()
        except WaitedInVain:
            self.fell_silent = True
