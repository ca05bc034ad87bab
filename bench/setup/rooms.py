"""A scripted conversation by voice, through a room of the running product."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from bench.setup.asked import asked_in
from bench.setup.cues import Cues, all_words
from bench.setup.outcome import Outcome, Said
from bench.setup.sets import Script
from bench.setup.voices import SpokenWords, voice_of
from storage.models.setup import SetupDraft
from tests.support.candidate import Candidate, WaitedInVain
from tests.support.candidate.audio import Samples
from tests.support.candidate.candidate import RoomClosed
from tests.support.client import Caller, ConnectionSeen, eventually

FLOOR_SILENCE_SEC = 0.8
"""After the assistant's last sound; then the candidate speaks."""
REPLY_WITHIN_SEC = 30.0
MOST_TURNS = 15
PHASE = "setup.phase"


@dataclass
class _Room:
    """One conversation while it lasts."""

    candidate: Candidate
    sounds: dict[str, Samples]
    said: list[Said] = field(default_factory=list[Said])
    assistant_until: int = 0
    """Of the assistant's captions, those before this one were looked at."""

    @property
    def has_ended(self) -> bool:
        return self.candidate.closed.is_set() or self.candidate.attributes.get(PHASE) == "ended"

    async def assistant_said(self) -> str | None:
        """What was said since the candidate spoke, once it is over; None when nothing is to be answered any more."""
        since = self.candidate.spoke_until - 0.3

        def is_done() -> bool:
            now = self.candidate.clock.now()
            heard = self.candidate.hearing
            return self.has_ended or (heard.has_spoken_since(since) and heard.silent_for(now) >= FLOOR_SILENCE_SEC)

        with suppress(RoomClosed):
            await self.candidate.until(is_done, REPLY_WITHIN_SEC, "the assistant to say its part")
        segments = [one for one in self.candidate.captions.segments if not one.own]
        text = " ".join(one.text.strip() for one in segments[self.assistant_until :])
        self.assistant_until = len(segments)
        if text:
            self.said.append(Said("assistant", text))
        return None if self.has_ended else text

    async def say(self, words: str) -> None:
        before = len(self._heard())
        await self.candidate.play(self.sounds[words], label=words[:20], text=words)
        self.said.append(Said("candidate", words, heard_from=before))

    def settle(self) -> None:
        """What the recogniser made of each of the candidate's turns, as the captions have it."""
        heard, until = self._heard(), None
        for one in reversed(self.said):
            if one.who == "candidate":
                one.heard = " ".join(heard[one.heard_from : until])
                until = one.heard_from

    def _heard(self) -> list[str]:
        return [one.text.strip() for one in self.candidate.captions.segments if one.own and one.text.strip()]


async def hold(caller: Caller, script: Script, words: SpokenWords) -> Outcome:
    """Says the script to a new set-up of this caller, to whatever end."""
    voice = voice_of(script)
    sounds = {text: await asyncio.to_thread(words.get, text, voice) for text in all_words(script)}
    begun = await caller.call("POST", "/api/setup-conversations")
    connection = ConnectionSeen.model_validate(begun["connection"])
    async with Candidate.joined(connection.server_url, connection.participant_token) as candidate:
        room = _Room(candidate, sounds)
        problem = await _converse(room, Cues(script))
        room.settle()
        if problem:
            return await _outcome(caller, script, voice, room, begun["id"], problem)
    return await _outcome(caller, script, voice, room, begun["id"], "")


async def _converse(room: _Room, cues: Cues) -> str:
    """Returns what kept it from its end; empty where it has ended."""
    asked = None
    for _ in range(MOST_TURNS):
        try:
            text = await room.assistant_said()
        except WaitedInVain:
            return "the assistant said nothing more"
        if text is None:
            return ""
        now = asked_in(text)
        if now == "again":
            words = cues.again()
        else:
            asked = now or asked or "anything"
            words = cues.reply(asked)
        if words is None:
            return f"nothing left to say to {asked}"
        await room.say(words)
    return "too many turns"


async def _outcome(caller: Caller, script: Script, voice: str, room: _Room, setup_id: str, problem: str) -> Outcome:
    async def read() -> dict[str, Any]:
        return await caller.call("GET", f"/api/setup-conversations/{setup_id}")

    seen = await read() if problem else await eventually(read, lambda one: one["status"] != "live", 15)
    interview = None
    if seen["interview_id"]:
        interview = await caller.call("GET", f"/api/interviews/{seen['interview_id']}")
    return Outcome(
        script=script,
        voice=voice,
        draft=SetupDraft.model_validate(seen["draft"]),
        end={"confirmed": "confirmed", "abandoned": "left"}.get(seen["status"], "stuck"),
        said=room.said,
        interview=interview,
        problem=problem,
    )
