"""Voice activity detection: Silero, the same object for the session and for the recogniser on this machine."""

from livekit.agents import vad
from livekit.plugins import silero

MIN_SILENCE_SEC = 0.25
ACTIVATION_PROBABILITY = 0.5
VOICED_PROBABILITY = 0.35
"""While speech lasts, a window above this still belongs to it."""


def load_vad() -> vad.VAD:
    """Load Silero. Blocking; once per process."""
    return silero.VAD.load(
        min_silence_duration=MIN_SILENCE_SEC,
        activation_threshold=ACTIVATION_PROBABILITY,
        deactivation_threshold=VOICED_PROBABILITY,
        sample_rate=16000,
    )
