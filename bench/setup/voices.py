"""What the scripted candidates say, as sound: rendered with Kokoro once, and kept in the cache folder."""

import hashlib
from functools import cached_property
from pathlib import Path

import numpy as np
import soundfile as sf
from hibari.tts import Hibari
from scipy.signal import resample_poly

from agent.settings import ProviderSettings
from bench.assessment.sets import Part
from bench.kokoro import SAMPLE_RATE, Kokoro
from bench.kokoro_files import fetch_kokoro
from bench.setup.sets import Script
from tests.support.candidate.audio import Samples, level_db, load_speech, silence, trim_to_speech

VOICES: dict[Part, tuple[str, ...]] = {
    "dev": ("am_michael", "af_bella", "am_puck", "bf_isabella", "bm_lewis", "af_heart"),
    "final": ("am_fenrir", "bf_emma", "bm_george", "af_sarah", "am_adam", "bf_alice"),
}
"""None is in both."""
BREATH_SEC = 0.2
"""Between sentences."""
_SPEECH_LEVEL_DB = -20.0
_LOUD_DB = 25.0
"""So far below the loudest is still speech."""
_PEAK = 0.95


def voice_of(script: Script) -> str:
    """The same one for a conversation every time; as many conversations for each."""
    voices = VOICES[script.set]
    return voices[int(hashlib.sha256(script.id.encode()).hexdigest(), 16) % len(voices)]


class SpokenWords:
    """Utterances at 48 kHz, by their words and the voice."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or bench_cache()

    def get(self, text: str, voice: str) -> Samples:
        """Renders it where that hasn't been done: half as long as it takes to say, on one core."""
        path = self._folder / "setup" / voice / f"{hashlib.sha256(text.encode()).hexdigest()[:20]}.flac"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(".part")
            sf.write(str(unfinished), self._rendered(text, voice), SAMPLE_RATE, format="FLAC", subtype="PCM_16")
            unfinished.replace(path)
        return load_speech(path)

    @cached_property
    def _kokoro(self) -> Kokoro:
        files = fetch_kokoro(self._folder / "kokoro")
        return Kokoro(files.model, files.voices)

    def _rendered(self, text: str, voice: str) -> Samples:
        pieces: list[Samples] = []
        for sentence in Hibari.split_sentences(text):
            spoken = np.asarray(resample_poly(self._kokoro.say(sentence, voice), 2, 1), dtype=np.float32)
            pieces += [silence(BREATH_SEC), _leveled(trim_to_speech(spoken))]
        return np.concatenate(pieces[1:])[::2]


def _leveled(speech: Samples) -> Samples:
    level = level_db(speech)
    gain_db = _SPEECH_LEVEL_DB - float(np.mean(level[level > level.max() - _LOUD_DB]))
    return (speech * min(10 ** (gain_db / 20), _PEAK / float(np.abs(speech).max()))).astype(np.float32)


def bench_cache() -> Path:
    settings = ProviderSettings(_env_file=None)  # pyright: ignore[reportCallIssue]  # the environment's
    return settings.mock_interview_cache_dir / "bench"
