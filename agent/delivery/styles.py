"""Delivery styles, and what each voice makes of them.

A style is how a sentence is said, never what is said. One table per voice, since each has its own controls: hibari
takes numbers for its synthesis, Cartesia an emotion and a speed, OpenAI an instruction in words.
"""

from dataclasses import dataclass
from typing import Literal

Manner = Literal["neutral", "warm", "curious", "encouraging", "calm", "firm"]


@dataclass(frozen=True)
class DeliveryStyle:
    """A manner and how strongly to show it.

    Attributes:
        manner: How the sentence is said.
        intensity: 0 is neutral, 1 is the manner in full; hibari takes the values between, the hosted voices know
            only neutral (below 0.5) and full.
    """

    manner: Manner = "neutral"
    intensity: float = 1.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.intensity <= 1.0:
            raise ValueError(f"intensity must be within 0 and 1, not {self.intensity!r}")


NEUTRAL = DeliveryStyle()


@dataclass(frozen=True)
class HibariDelivery:
    """Controls of the hibari synthesis.

    Within a speed of 0.85–1.2 and 2 semitones Whisper understood every style as well as neutral speech; beyond, the
    loudness jumps and words are lost.
    """

    speed: float = 1.0
    pitch_semitones: float = 0.0
    pitch_range: float = 1.0
    """Factor on how far the pitch moves around its mean."""
    breath_db: float = 0.0
    gain_db: float = 0.0
    """Relative to the level that all styles are brought to."""
    sentence_pause_sec: float = 0.25


@dataclass(frozen=True)
class CartesiaDelivery:
    emotion: str
    speed: float


@dataclass(frozen=True)
class OpenAIDelivery:
    instructions: str
    speed: float


_HIBARI: dict[Manner, HibariDelivery] = {
    "neutral": HibariDelivery(),
    "warm": HibariDelivery(0.94, -0.7, 1.10, 2.0, -0.5, 0.32),
    "curious": HibariDelivery(1.02, 0.8, 1.25, 0.0, 0.0, 0.25),
    "encouraging": HibariDelivery(1.04, 1.0, 1.30, 0.0, 0.5, 0.22),
    "calm": HibariDelivery(0.90, -1.0, 0.85, 2.0, -1.5, 0.40),
    "firm": HibariDelivery(0.97, -1.2, 0.90, -3.0, 1.0, 0.30),
}

_CARTESIA: dict[Manner, CartesiaDelivery] = {
    "neutral": CartesiaDelivery("Neutral", 1.0),
    "warm": CartesiaDelivery("Affectionate", 0.95),
    "curious": CartesiaDelivery("Curious", 1.0),
    "encouraging": CartesiaDelivery("Enthusiastic", 1.0),
    "calm": CartesiaDelivery("Calm", 0.9),
    "firm": CartesiaDelivery("Determined", 1.0),
}

_OPENAI: dict[Manner, OpenAIDelivery] = {
    "neutral": OpenAIDelivery("Speak clearly and naturally, as an interviewer in a conversation.", 1.0),
    "warm": OpenAIDelivery("Speak warmly and unhurried, with a smile in the voice.", 0.96),
    "curious": OpenAIDelivery("Speak with real curiosity, the pitch lively, wanting to hear more.", 1.0),
    "encouraging": OpenAIDelivery("Speak with encouragement, bright and a little livelier than usual.", 1.02),
    "calm": OpenAIDelivery("Speak calmly, slowly and softly, with room between the sentences.", 0.92),
    "firm": OpenAIDelivery("Speak firmly and plainly, steady in pitch, friendly but to the point.", 1.0),
}


def for_hibari(style: DeliveryStyle) -> HibariDelivery:
    """The style's values, between neutral and full by its intensity."""
    full, neutral, share = _HIBARI[style.manner], _HIBARI["neutral"], style.intensity

    def between(start: float, end: float) -> float:
        return start + (end - start) * share

    return HibariDelivery(
        speed=between(neutral.speed, full.speed),
        pitch_semitones=between(neutral.pitch_semitones, full.pitch_semitones),
        pitch_range=between(neutral.pitch_range, full.pitch_range),
        breath_db=between(neutral.breath_db, full.breath_db),
        gain_db=between(neutral.gain_db, full.gain_db),
        sentence_pause_sec=between(neutral.sentence_pause_sec, full.sentence_pause_sec),
    )


def for_cartesia(style: DeliveryStyle) -> CartesiaDelivery:
    return _CARTESIA[_shown_manner(style)]


def for_openai(style: DeliveryStyle) -> OpenAIDelivery:
    return _OPENAI[_shown_manner(style)]


def _shown_manner(style: DeliveryStyle) -> Manner:
    return style.manner if style.intensity >= 0.5 else "neutral"
