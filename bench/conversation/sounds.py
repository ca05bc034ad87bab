"""Sounds around the candidate: what a microphone picks up besides the person."""

import numpy as np

from tests.support.candidate import ClipLibrary
from tests.support.candidate.audio import Samples, silence

ECHO_DB = -25.0
"""Of the interviewer's own voice, what is left after echo cancellation."""
TELEVISION_DB = -15.0
"""Against the candidate's own speech: all clips are as loud as each other."""
TELEVISION_CLIPS = (("long-customer", "am_michael"), ("long-release", "af_bella"), ("long-scaling", "am_michael"))
"""Voices that no candidate of the bench has."""
TELEVISION_GAP_SEC = 0.3


def gain(decibel: float) -> float:
    return float(10 ** (decibel / 20))


def television(library: ClipLibrary) -> Samples:
    """People talking to each other, as loud as the candidate less 15 dB; repeats after half a minute."""
    parts = [part for clip_id, voice in TELEVISION_CLIPS for part in library.get(clip_id, voice).parts]
    spaced = [piece for part in parts for piece in (part, silence(TELEVISION_GAP_SEC))]
    return (np.concatenate(spaced) * gain(TELEVISION_DB)).astype(np.float32)
