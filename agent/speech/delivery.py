"""Sets how a voice says the next utterance, whichever voice serves."""

from collections.abc import Sequence
from typing import Any

from livekit.agents import tts
from livekit.plugins import cartesia, openai

from agent.delivery.styles import DeliveryStyle, for_cartesia, for_openai
from agent.speech.hibari.tts import HibariTTS


class VoiceWithFallback(tts.FallbackAdapter):
    """A hosted voice that the one on this machine steps in for."""

    def __init__(self, voices: Sequence[tts.TTS[Any]]) -> None:
        super().__init__(list(voices), max_retry_per_tts=0)
        self.voices = tuple(voices)


def set_delivery(voice: tts.TTS[Any], style: DeliveryStyle) -> None:
    """Say what comes next in this style. What is being said already keeps its own."""
    match voice:
        case VoiceWithFallback():
            for one in voice.voices:
                set_delivery(one, style)
        case HibariTTS():
            voice.style = style
        case cartesia.TTS():
            hosted = for_cartesia(style)
            voice.update_options(emotion=hosted.emotion, speed=hosted.speed)
        case openai.TTS():
            spoken = for_openai(style)
            voice.update_options(instructions=spoken.instructions, speed=spoken.speed)
        case _:
            raise TypeError(f"no delivery table for {voice.label!r}")
