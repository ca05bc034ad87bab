"""The interviewer's mouth: says one thing at a time, and reports what was really heard."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import structlog
from livekit.agents import AgentSession, llm
from livekit.agents.voice import SpeechHandle

from agent.delivery.styles import DeliveryStyle

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Spoken:
    """What left the loudspeaker. Times are loop times; `text` ends where the sound was stopped."""

    text: str
    started_at: float
    ended_at: float
    interrupted: bool


class Voice(Protocol):
    """How the interviewer speaks. Behaviour tests bring one without sound."""

    @property
    def is_speaking(self) -> bool: ...

    async def say(self, text: str, style: DeliveryStyle) -> Spoken:
        """Speaks and returns when the sound has ended, whether by itself or by `stop`."""
        ...

    def stop(self) -> None:
        """Stops the sound at once. Does nothing in silence."""
        ...


class SessionVoice:
    """Speaks through an AgentSession.

    Args:
        set_style: tells the TTS how the next utterance is delivered.
        on_first_sound: called with the loop time of each utterance's first audio frame.
    """

    def __init__(
        self,
        session: AgentSession[None],
        *,
        set_style: Callable[[DeliveryStyle], None],
        on_first_sound: Callable[[float], None] = lambda _: None,
    ) -> None:
        self._session = session
        self._set_style = set_style
        self._on_first_sound = on_first_sound
        self._loop = asyncio.get_running_loop()
        self._first_sound_at: float | None = None
        self._saying = False
        self._speech: SpeechHandle | None = None
        session.on("agent_state_changed", self._state_changed)

    @property
    def is_speaking(self) -> bool:
        """From the decision to speak on: whoever speaks before the first sound has the floor."""
        return self._saying

    async def say(self, text: str, style: DeliveryStyle) -> Spoken:
        self._set_style(style)
        self._first_sound_at = None
        self._saying = True
        asked_at = self._loop.time()
        try:
            handle = self._speech = self._session.say(text)
            await handle.wait_for_playout()
        finally:
            self._saying = False
            self._speech = None
        ended_at = self._loop.time()
        heard = " ".join(
            item.text_content or "" for item in handle.chat_items if isinstance(item, llm.ChatMessage)
        ).strip()
        if (error := handle.exception()) is not None:
            log.error("speech_failed", error=type(error).__name__)
        return Spoken(
            text=heard if handle.interrupted or error is not None else text,
            started_at=self._first_sound_at or asked_at,
            ended_at=ended_at,
            interrupted=handle.interrupted,
        )

    def stop(self) -> None:
        # not the session's current speech: ours becomes that a moment after it was asked for
        if self._speech is not None and not self._speech.interrupted:
            self._speech.interrupt(force=True)

    def _state_changed(self, event: object) -> None:
        if getattr(event, "new_state", None) == "speaking" and self._saying and self._first_sound_at is None:
            self._first_sound_at = self._loop.time()
            self._on_first_sound(self._first_sound_at)
