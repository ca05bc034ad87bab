"""An interview whose candidate is heard by turn taking, and leaves and comes back. No sound; time is the loop's."""

import asyncio
from typing import Self

from agent.listening.interruptions import Interruptions
from agent.listening.thinking_room import PlainDelays
from agent.listening.turn_taking import TurnTaking
from prompts.lines import load_lines
from storage.models.transcript import Turn
from tests.behaviour.scripted import Script
from tests.behaviour.turn_scene import DELAYS, LIKELY, Scene

WELCOMES = tuple(load_lines().variants("resume_after_reconnect"))
_NO_SOUND_SEC = 0.5
"""The ears take no sound for silence after so long."""


class RoomScene(Scene):
    """The candidate has heard the first question to its end."""

    def __init__(self, script: Script) -> None:
        super().__init__()
        self.script = script
        self.interviewer = script.interviewer()
        self.conversation, self.voice = script.conversation, script.voice
        self.turn_taking = TurnTaking(
            PlainDelays(0.33, DELAYS),
            Interruptions(
                pause_after_sec=0.1,
                min_speech_sec=1.4,
                interviewer_is_speaking=lambda: self.voice.is_speaking,
                interviewer_words=lambda: self.voice.said[-1],
                on_pause=self.voice.pause,
                on_resume=self.voice.resume,
                on_interruption=self.voice.stop,
            ),
            on_turn=self.conversation.heard_turn,
            on_heard=self.conversation.turn_grows,
            words_are_owed=lambda: self.words_are_owed,
        )
        self.conversation.candidate_is_speaking = lambda: self.turn_taking.candidate_is_speaking
        self.conversation.candidate_voiced_at = lambda: self.turn_taking.last_voiced_at
        self.conversation.finish_turn = self.turn_taking.finish
        self.conversation.absence.nobody_listens_in = self.turn_taking.candidate_left
        self.conversation.absence.somebody_speaks_again = self.turn_taking.candidate_back
        self.away_since = 0.0
        """When the candidate left."""
        self.back_at = 0.0

    @classmethod
    async def asked(cls, script: Script | None = None) -> Self:
        room = cls(script or Script(lambda said: None))
        room.running = asyncio.create_task(room.interviewer.run())
        await room.until_silent()
        room.script.say_now("Yes, I'm ready.")
        await room.quiet(1.0)
        await room.until_silent()
        return room

    running: asyncio.Task[str]

    async def until_silent(self) -> None:
        """The interviewer has finished."""
        await asyncio.sleep(0.2)
        while self.voice.is_speaking:
            await asyncio.sleep(0.2)

    async def hears_out(self, *, begins_within_sec: float = 1.0) -> None:
        """Says nothing until the interviewer has finished, and for a moment after it."""
        await self.quiet(begins_within_sec)
        await self.until_silent()
        await self.quiet(1.0)

    async def quiet(self, seconds: float) -> None:
        """Hears silence; what was said is complete."""
        await self.pause(seconds, LIKELY)

    async def answers(self, text: str, *, seconds: float = 4.0) -> None:
        """Says it, and the recogniser has it at once."""
        await self.speak(seconds)
        self.write(text, started_ago=seconds, ended_ago=0.05)

    def leaves(self) -> None:
        self.away_since = self._loop.time()
        self.conversation.candidate_left()

    async def stays_away(self, seconds: float, words: str = "", *, words_after_sec: float = 0.4) -> None:
        """No sound comes; `words`, of the last three seconds before they left, are recognised after a while."""
        await asyncio.sleep(min(seconds, _NO_SOUND_SEC))
        left_sec = max(0.0, seconds - _NO_SOUND_SEC)
        if words and words_after_sec <= seconds:
            first_sec = max(0.0, words_after_sec - _NO_SOUND_SEC)
            await self.quiet(first_sec)
            self.recognise(words)
            self.turn_taking.predicted(LIKELY)
            left_sec -= first_sec
        await self.quiet(left_sec)

    async def is_away(self, seconds: float, words: str = "", *, words_after_sec: float = 0.4) -> None:
        self.leaves()
        await self.stays_away(seconds, words, words_after_sec=words_after_sec)
        self.comes_back()

    def recognise(self, words: str) -> None:
        """What was said until they left."""
        ago = self._loop.time() - self.away_since
        self.write(words, started_ago=ago + 3.0, ended_ago=ago + 0.05)

    def comes_back(self) -> None:
        self.back_at = self._loop.time()
        self.conversation.candidate_came_back()

    def said_since_back(self) -> list[str]:
        return [text for at, text in self.voice.began if at >= self.back_at]

    @property
    def rows(self) -> list[Turn]:
        return self.script.turns

    def row(self, words: str) -> Turn:
        return next(turn for turn in self.rows if words in turn.text)

    async def ends(self) -> None:
        self.running.cancel()
        await asyncio.gather(self.running, return_exceptions=True)

    def welcomes(self) -> list[str]:
        """All that told the candidate that they are back."""
        return [said for said in self.voice.said if said.startswith(WELCOMES)]
