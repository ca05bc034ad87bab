"""A candidate whose voice, words and turn probability are scripted; time is the loop's. No sound."""

import asyncio

from agent.listening.interruptions import Interruptions
from agent.listening.thinking_room import Delays, Endpointing, PlainDelays
from agent.listening.turn_taking import TurnTaking
from agent.listening.turns import WINDOW_SEC, CandidateTurn, Recognised, SpokenWord, VoiceWindow

LIKELY, UNLIKELY = 0.6, 0.1
DELAYS = Delays(min_sec=0.5, unsure_sec=0.66, max_sec=1.9, doubtful_sec=2.5, open_sec=3.3, hold_sec=20)


class Scene:
    def __init__(
        self,
        *,
        pause_after_sec: float | None = 0.1,
        min_speech_sec: float = 1.4,
        endpointing: Endpointing | None = None,
    ) -> None:
        self.turns: list[CandidateTurn] = []
        self.heard_so_far: list[str] = []
        self.interruptions = 0
        self.interviewer_speaks = False
        self.sound: list[tuple[float, str]] = []
        self.sound_begins = False
        self.words_are_owed = False
        self.turn_taking = TurnTaking(
            endpointing or PlainDelays(0.33, DELAYS),
            Interruptions(
                pause_after_sec=pause_after_sec,
                min_speech_sec=min_speech_sec,
                interviewer_is_speaking=lambda: self.interviewer_speaks,
                interviewer_words=lambda: "How would you design a cache for product pages?",
                on_pause=lambda: self.sound.append((self._loop.time(), "paused")),
                on_resume=lambda: self.sound.append((self._loop.time(), "resumed")),
                on_interruption=self._interrupted,
            ),
            on_turn=self.turns.append,
            on_heard=lambda turn: self.heard_so_far.append(turn.text),
            speech_may_begin=lambda: self.sound_begins,
            words_are_owed=lambda: self.words_are_owed,
        )
        self._loop = asyncio.get_running_loop()

    def _interrupted(self) -> None:
        self.interruptions += 1
        self.interviewer_speaks = False

    async def speak(self, seconds: float) -> None:
        await self._windows(seconds, silent=False)

    async def pause(self, seconds: float, probability: float | None = None) -> None:
        """Silence; the detector answers 0.25 s into it."""
        if probability is None or seconds <= 0.25:
            await self._windows(seconds, silent=True)
            return
        await self._windows(0.25, silent=True)
        self.turn_taking.predicted(probability)
        await self._windows(seconds - 0.25, silent=True)

    def write(
        self,
        text: str,
        *,
        started_ago: float,
        ended_ago: float = 0.2,
        final: bool = True,
        stop: float | None = None,
        confidence: float = 0.9,
    ) -> None:
        """The recogniser delivers words that were said between those moments, as sure as `stop` of their last mark."""
        now = self._loop.time()
        words, start, end = text.split(), now - started_ago, now - ended_ago
        step = (end - start) / max(1, len(words))
        spoken = tuple(
            SpokenWord(word, start + n * step, start + (n + 1) * step, confidence) for n, word in enumerate(words)
        )
        self.turn_taking.recognised(Recognised(text, spoken, start, now, confidence, final, stop))

    async def _windows(self, seconds: float, *, silent: bool) -> None:
        for n in range(round(seconds / WINDOW_SEC)):
            await asyncio.sleep(WINDOW_SEC)
            silence_sec = (n + 1) * WINDOW_SEC if silent else 0.0
            speaking = not silent or silence_sec < 0.25
            self.turn_taking.hear(VoiceWindow(self._loop.time(), 0.1 if silent else 0.9, silence_sec, speaking))
