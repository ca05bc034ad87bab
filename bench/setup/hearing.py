"""What the recogniser on this machine makes of an utterance by itself, without a room: for developing on sound."""

import hashlib
import json
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from agent.settings import ProviderSettings
from agent.setup.found import Asked
from agent.setup.heard import Heard
from agent.setup.understanding import RuleUnderstanding
from agent.speech.whisper.hint import Hint
from agent.speech.whisper.model import WhisperModel
from agent.vocabulary import setup_choices, setup_vocabulary
from bench.setup.voices import SpokenWords, bench_cache
from storage.models.setup import SetupDraft
from tests.support.candidate.audio import Samples, silence

_BEFORE_SEC, _AFTER_SEC = 0.4, 0.3
"""Silence of a segment that the stream cuts out."""


class HeardWords:
    """Kept in the cache folder, by what the recogniser was told to expect."""

    def __init__(self, words: SpokenWords) -> None:
        self._words = words
        model_dir = ProviderSettings(_env_file=None).whisper_dir  # pyright: ignore[reportCallIssue]
        self._model = WhisperModel(model_dir)
        self._file = bench_cache() / "setup" / f"heard-{model_dir.name}.json"
        self._heard: dict[str, str] = json.loads(self._file.read_text("utf-8")) if self._file.exists() else {}

    def get(self, text: str, voice: str, asked: Asked, role: str | None = None) -> str:
        prompt = self._model.vocabulary_prompt(setup_vocabulary(asked, role), in_sentences=True)
        hint = Hint(prompt, setup_choices(asked))
        key = f"{hashlib.sha256(repr(hint).encode()).hexdigest()[:12]} {voice}: {text}"
        if key not in self._heard:
            self._heard[key] = self._model.transcribe(_at_16k(self._words.get(text, voice)), hint).text
        return self._heard[key]

    def save(self) -> Path:
        self._file.write_text(json.dumps(self._heard, indent=0, ensure_ascii=False), encoding="utf-8")
        return self._file


def _at_16k(speech: Samples) -> Samples:
    framed = np.concatenate([silence(_BEFORE_SEC), speech, silence(_AFTER_SEC)])
    return np.asarray(resample_poly(framed, 1, 3), dtype=np.float32)


class HeardUnderstanding:
    """The rules, told what the recogniser makes of each utterance."""

    def __init__(self, words: HeardWords, voice: str) -> None:
        self._words = words
        self._voice = voice
        self._rules = RuleUnderstanding()
        self.heard: list[tuple[Asked, str, str]] = []
        """What was asked, said, and heard."""

    async def understand(self, text: str, draft: SetupDraft, asked: Asked) -> Heard:
        heard = self._words.get(text, self._voice, asked, draft.role)
        self.heard.append((asked, text, heard))
        return await self._rules.understand(heard, draft, asked)
