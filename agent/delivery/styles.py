"""Delivery styles, and what each voice makes of them.

A style is how a sentence is said, never what is said. One table per voice, since each has its own controls: hibari
takes numbers for its synthesis, Cartesia an emotion and a speed, OpenAI an instruction in words.
"""

from dataclasses import dataclass, field
from typing import Literal

Manner = Literal["neutral", "warm", "curious", "encouraging", "calm", "firm"]


@dataclass(frozen=True)
class DeliveryStyle:
    """A manner and how strongly to show it.

    Attributes:
        manner: How the sentence is said.
        intensity: 0 is neutral, 1 is the manner in full.
        why: what made the choice, for the developer log. Styles that differ only in it are the same style.
    """

    manner: Manner = "neutral"
    intensity: float = 1.0
    why: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if not 0.0 <= self.intensity <= 1.0:
            raise ValueError(f"intensity must be within 0 and 1, not {self.intensity!r}")


NEUTRAL = DeliveryStyle()


@dataclass(frozen=True)
class HibariDelivery:
    """Controls of the hibari synthesis.

    Within a speed of 0.7–1.2 and 2 semitones Whisper understood every style as well as neutral speech; beyond, the
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
    "warm": HibariDelivery(0.89, -0.8, 1.15, 2.0, -0.3, 0.34),
    "curious": HibariDelivery(1.08, 0.8, 1.25, 0.0, 0.0, 0.25),
    "encouraging": HibariDelivery(1.14, 1.2, 1.35, 0.0, 0.3, 0.20),
    "calm": HibariDelivery(0.84, -1.2, 0.80, 2.0, -0.7, 0.45),
    "firm": HibariDelivery(0.91, -1.6, 0.80, -3.0, 0.5, 0.32),
}
"""Tempo and pitch go about as far as people notice: 5 % of tempo (Quené 2007, "On the just noticeable difference for
tempo in speech") and 1.5 semitones ('t Hart 1981, "Differential sensitivity to pitch distance"). What becomes of it is
measured by `python -m bench delivery`: a `speed` of 0.84 is 10 % slower, one of 1.14 is 5 % faster."""

_CARTESIA: dict[Manner, CartesiaDelivery] = {
    "neutral": CartesiaDelivery("Neutral", 1.0),
    "warm": CartesiaDelivery("Content", 0.95),
    "curious": CartesiaDelivery("Curious", 1.02),
    "encouraging": CartesiaDelivery("Enthusiastic", 1.05),
    "calm": CartesiaDelivery("Calm", 0.88),
    "firm": CartesiaDelivery("Confident", 0.97),
}
"""Emotions by the names that the API knows. Its volume control is left alone: styles are all as loud."""

_OPENAI: dict[Manner, OpenAIDelivery] = {
    "neutral": OpenAIDelivery("Speak clearly and naturally, as an interviewer in a conversation.", 1.0),
    "warm": OpenAIDelivery("Speak warmly and unhurried, a little lower than usual, with a smile in the voice.", 0.95),
    "curious": OpenAIDelivery("Speak with real curiosity, the pitch lively, wanting to hear more.", 1.02),
    "encouraging": OpenAIDelivery("Speak with encouragement, bright and a little livelier than usual.", 1.05),
    "calm": OpenAIDelivery("Speak calmly and slowly, low and even in pitch, with room between the sentences.", 0.88),
    "firm": OpenAIDelivery("Speak firmly and plainly, low and steady in pitch, friendly but to the point.", 0.97),
}
_OPENAI_SLIGHTLY = "Only slightly so, close to your natural voice."
_OPENAI_ALWAYS = "Keep the same loudness throughout."


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
    """The manner's emotion from half of its intensity on, and its speed by as much as the intensity says."""
    full = _CARTESIA[style.manner]
    emotion = (full if style.intensity >= 0.5 else _CARTESIA["neutral"]).emotion
    return CartesiaDelivery(emotion, round(1.0 + (full.speed - 1.0) * style.intensity, 3))


def for_openai(style: DeliveryStyle) -> OpenAIDelivery:
    """The manner's instruction, softened below half of its intensity."""
    full = _OPENAI[style.manner]
    parts = [full.instructions, _OPENAI_SLIGHTLY, _OPENAI_ALWAYS]
    if style.intensity >= 0.5 or style.manner == "neutral":
        parts.remove(_OPENAI_SLIGHTLY)
    return OpenAIDelivery(" ".join(parts), round(1.0 + (full.speed - 1.0) * style.intensity, 3))
