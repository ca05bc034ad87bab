"""The interviewer's mouth: says one thing at a time, and reports what was really heard."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

import structlog
from livekit.agents import AgentSession, llm
from livekit.agents.voice import SpeechHandle

from agent.delivery.styles import NEUTRAL, DeliveryStyle
from agent.loudspeaker import Loudspeaker

log = structlog.get_logger()

EARLY_SEC = 1.5
"""People go on within a second of being cut into; half a second more until they are heard."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What left the loudspeaker. Times are loop times; `text` ends where the sound was stopped."""

    text: str
    started_at: float
    ended_at: float
    interrupted: bool

    @property
    def begun_too_early(self) -> bool:
        """Cut off so soon that the candidate hadn't finished when it began.

        Nothing heard counts too: however long the voice took, the candidate knows of no question.
        """
        return self.interrupted and (not self.text or self.ended_at - self.started_at <= EARLY_SEC)


class Voice(Protocol):
    """How the interviewer speaks. Behaviour tests bring one without sound."""

    @property
    def is_speaking(self) -> bool: ...

    async def say(self, text: str, style: DeliveryStyle, *, then: Awaitable[str] | None = None) -> Spoken:
        """Speaks and returns when the sound has ended, whether by itself or by `stop`.

        Args:
            then: what follows `text` in the same breath and is still being worded while `text` is heard. After a
                stop nobody waits for it.
        """
        ...

    def stop(self) -> None:
        """Stops the sound at once. Does nothing in silence."""
        ...

    def pause(self) -> None:
        """Holds the sound at once, until `resume` or `stop`. It is still being spoken, and nothing of it is lost."""
        ...

    def resume(self) -> None: ...


class SessionVoice:
    """Speaks through an AgentSession.

    Args:
        set_style: tells the TTS how the next utterance is delivered.
        on_first_sound: called with the loop time of each utterance's first audio frame.
    """

    def __init__(
        self,
        session: AgentSession[None],
        loudspeaker: Loudspeaker,
        *,
        set_style: Callable[[DeliveryStyle], None],
        on_first_sound: Callable[[float], None] = lambda _: None,
    ) -> None:
        self._session = session
        self._loudspeaker = loudspeaker
        self._set_style = set_style
        self._on_first_sound = on_first_sound
        self._loop = asyncio.get_running_loop()
        self.style: DeliveryStyle = NEUTRAL
        """Of the newest utterance."""
        self._first_sound_at: float | None = None
        self._saying = False
        self._stopped = asyncio.Event()
        """Whether what is being said was told to stop. Between two utterances there is no speech to interrupt."""
        self._speech: SpeechHandle | None = None
        self._text = ""
        self._paused_at: float | None = None
        session.on("agent_state_changed", self._state_changed)

    @property
    def is_speaking(self) -> bool:
        """From the decision to speak on: whoever speaks before the first sound has the floor."""
        return self._saying

    @property
    def words(self) -> str:
        """What is being said now."""
        return self._text if self._saying else ""

    async def say(self, text: str, style: DeliveryStyle, *, then: Awaitable[str] | None = None) -> Spoken:
        self.style = style
        self._set_style(style)
        self._first_sound_at = None
        self._saying = True
        self._stopped = asyncio.Event()
        asked_at = self._loop.time()
        try:
            # utterances of their own: most voices hold back a short sentence until they have seen the next
            heard, whole = await self._utter(text)
            if then is not None and whole:
                more = await self._unless_stopped(then)
                rest, whole = await self._utter(more) if more is not None else ("", False)
                heard = f"{heard} {rest}".strip()
        finally:
            ended_at = self._paused_at or self._loop.time()
            self._saying = False
            self.resume()
        return Spoken(
            text=heard,
            started_at=self._first_sound_at or asked_at,
            ended_at=max(ended_at, self._first_sound_at or asked_at),
            interrupted=not whole,
        )

    async def _utter(self, text: str) -> tuple[str, bool]:
        """Returns what was heard of it, and False where it was stopped."""
        self._text = text
        self._loudspeaker.heard_words = None
        handle = self._speech = self._session.say(text)
        try:
            await handle.wait_for_playout()
        finally:
            self._speech = None
        if (error := handle.exception()) is not None:
            log.error("speech_failed", error=type(error).__name__)
        if error is None and not handle.interrupted:
            return text, True
        if (timed := self._loudspeaker.heard_words) is not None:
            return timed, not handle.interrupted
        heard = " ".join(item.text_content or "" for item in handle.chat_items if isinstance(item, llm.ChatMessage))
        return heard.strip(), not handle.interrupted

    async def _unless_stopped(self, words: Awaitable[str]) -> str | None:
        stopped = asyncio.ensure_future(self._stopped.wait())
        coming = asyncio.ensure_future(words)
        try:
            await asyncio.wait((coming, stopped), return_when=asyncio.FIRST_COMPLETED)
            return None if self._stopped.is_set() else coming.result()
        finally:
            stopped.cancel()
            coming.cancel()

    def stop(self) -> None:
        if self._saying:
            self._stopped.set()
        # not the session's current speech: ours becomes that a moment after it was asked for
        if self._speech is not None and not self._speech.interrupted:
            self._speech.interrupt(force=True)

    def pause(self) -> None:
        if self._saying and self._paused_at is None:
            self._paused_at = self._loop.time()
            self._loudspeaker.hold()
            if (output := self._session.output.audio) is not None:
                # the captions stand still with the sound
                output.pause()

    def resume(self) -> None:
        if self._paused_at is not None:
            self._paused_at = None
            self._loudspeaker.release()
            if (output := self._session.output.audio) is not None:
                output.resume()

    def _state_changed(self, event: object) -> None:
        if getattr(event, "new_state", None) == "speaking" and self._saying and self._first_sound_at is None:
            self._first_sound_at = self._loop.time()
            self._on_first_sound(self._first_sound_at)
