"""LiveKit's end-of-turn model on this machine (livekit-local-inference; its licence binds it to LiveKit Agents)."""

import numpy as np
from livekit.local_inference import EOT

_WINDOW_SAMPLES = 19_200
"""1.2 s at 16 kHz: all that v1-mini hears."""


def warm_turn_detector() -> None:
    """Loads the weights and runs them once: 0.5 s that a first answer would wait for."""
    EOT().predict(np.zeros(_WINDOW_SAMPLES, dtype=np.int16))
