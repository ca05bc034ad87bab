"""Chooses how the next thing is said: by the situation, the interviewer's tone, and how the candidate is doing.

The only place where styles are chosen. Whoever speaks names the situation and asks `DeliveryChoice.style_for`.
"""

from typing import Literal

from agent.delivery.candidate_state import CandidateState, Ease
from agent.delivery.styles import NEUTRAL, DeliveryStyle, Manner
from storage.models.interview import Tone
from storage.models.transcript import Turn

Situation = Literal[
    "greeting",
    "ask_if_ready",
    "question",
    "follow_up",
    "good_answer",
    "hint",
    "silence",
    "thinking",
    "not_heard",
    "repeat",
    "confirm_stop",
    "go_on",
    "welcome_back",
    "closing",
]
"""What the interviewer is about to do. `good_answer`: goes on after an answer that had what was asked for; `thinking`:
the candidate asked for time; `silence`: nothing came, and it helps along; `go_on`: it gives the floor back."""

_Choice = tuple[Manner, float]

_STYLES: dict[Situation, _Choice] = {
    "greeting": ("warm", 1.0),
    "ask_if_ready": ("warm", 0.8),
    "question": ("neutral", 1.0),
    "follow_up": ("curious", 1.0),
    "good_answer": ("encouraging", 0.8),
    "hint": ("encouraging", 0.7),
    "silence": ("encouraging", 0.6),
    "thinking": ("calm", 0.8),
    "not_heard": ("calm", 0.6),
    "repeat": ("calm", 0.5),
    "confirm_stop": ("calm", 0.8),
    "go_on": ("calm", 0.7),
    "welcome_back": ("warm", 0.8),
    "closing": ("warm", 1.0),
}
_BY_TONE: dict[Tone, dict[Situation, _Choice]] = {
    "friendly": {"question": ("warm", 0.5), "follow_up": ("curious", 0.8)},
    "neutral": {},
    "challenging": {"question": ("firm", 0.7), "follow_up": ("firm", 0.9), "good_answer": ("curious", 0.8)},
}
_FOR_THE_STRAINED: dict[Ease, dict[Manner, _Choice]] = {
    "at_ease": {},
    "strained": {
        "neutral": ("calm", 0.6),
        "curious": ("warm", 0.7),
        "encouraging": ("warm", 0.7),
        "firm": ("calm", 0.6),
        "warm": ("warm", 1.0),
        "calm": ("calm", 1.0),
    },
    "struggling": {
        "neutral": ("calm", 1.0),
        "curious": ("calm", 0.8),
        "encouraging": ("warm", 1.0),
        "firm": ("calm", 1.0),
        "warm": ("warm", 1.0),
        "calm": ("calm", 1.0),
    },
}
"""What a manner becomes: always slower, and never pressing."""


class DeliveryChoice:
    """Keeps up with the candidate through `heard`, and answers `style_for`.

    Args:
        styled: False says everything in the neutral style.
        follows_candidate: False chooses by situation and tone alone.
    """

    def __init__(self, tone: Tone = "neutral", *, styled: bool = True, follows_candidate: bool = True) -> None:
        self._tone: Tone = tone
        self._styled = styled
        self._follows_candidate = follows_candidate
        self.candidate = CandidateState()

    def heard(self, turn: Turn) -> None:
        """Every turn of the transcript, in order."""
        self.candidate.heard(turn)

    def style_for(self, situation: Situation) -> DeliveryStyle:
        if not self._styled:
            return NEUTRAL
        chosen = _BY_TONE[self._tone].get(situation, _STYLES[situation])
        ease = self.candidate.ease if self._follows_candidate else "at_ease"
        manner, intensity = _FOR_THE_STRAINED[ease].get(chosen[0], chosen)
        # a style that is strong already isn't softened
        if manner == chosen[0]:
            intensity = max(intensity, chosen[1])
        return DeliveryStyle(manner, intensity, why=self._why(situation, ease))

    def _why(self, situation: Situation, ease: Ease) -> str:
        tone = f", {self._tone} tone" if situation in _BY_TONE[self._tone] else ""
        state = f", candidate {ease} ({self.candidate.level:.2f})" if ease != "at_ease" else ""
        return f"{situation}{tone}{state}"
