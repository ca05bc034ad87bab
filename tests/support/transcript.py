"""Comparing what was said with what was written down, tolerant of a recogniser's small errors."""

import re
from difflib import SequenceMatcher
from functools import cache

import numpy as np
from faster_whisper import WhisperModel
from scipy.signal import resample_poly

from agent.settings import ProviderSettings
from tests.support.candidate.audio import Samples


def words_of(text: str) -> list[str]:
    found: list[str] = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'").replace("-", " "))
    return found


STOP_WORDS = frozenset(
    words_of(
        """
        a an and are as at be but by did do for from had has have he her his i if in is it its me my no not of on or
        our she so that the their them then there they this to was we were what when which who will with would you your
        """
    )
)
SAME_WORD = 0.7
"""Likeness of two spellings that count as one word: "behaviour" and "behavior", "liked" and "like"."""
END_WORDS = 5


def content_words(text: str) -> list[str]:
    return [word for word in words_of(text) if word not in STOP_WORDS]


def is_same_word(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, one, other).ratio() >= SAME_WORD


def found_share(said: list[str], written: list[str]) -> float:
    """Share of the words said that were written, in the order in which they were said."""
    if not said:
        return 1.0
    row = [0] * (len(written) + 1)
    for word in said:
        previous = 0
        for position, other in enumerate(written, 1):
            kept = row[position]
            row[position] = previous + 1 if is_same_word(word, other) else max(row[position], row[position - 1])
            previous = kept
    return row[-1] / len(said)


def content_share(said: str, written: str) -> float:
    """Share of the content words of `said` that `written` has, in order."""
    return found_share(content_words(said), content_words(written))


def keeps_its_end(said: str, written: str) -> bool:
    """Whether the last words that were said were written down: three of the last five."""
    end = words_of(said)[-END_WORDS:]
    return found_share(end, words_of(written)) >= 0.6


def transcribe(speech: Samples) -> str:
    """What Whisper hears in 48 kHz speech: a second opinion on what was audible.

    Takes seconds: within a conversation it would hold up the candidate's microphone, and those of other scenes.
    """
    at_16k = np.asarray(resample_poly(speech, 1, 3), dtype=np.float32)
    segments, _ = _whisper().transcribe(at_16k, language="en", beam_size=5)
    return " ".join(segment.text.strip() for segment in segments)


@cache
def _whisper() -> WhisperModel:
    return WhisperModel(str(ProviderSettings().whisper_dir), device="cpu", compute_type="int8", cpu_threads=1)
