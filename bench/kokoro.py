"""Kokoro-82M: natural candidate voices, rendered once and kept. Too slow to speak live.

The model is the int8 file of the kokoro-onnx project; the voices are the style vectors of the npm package kokoro-js.
docs/testing.md says how to get both. Text becomes phonemes by hibari's G2P, so nothing here needs espeak.
"""

import hashlib
import json
from pathlib import Path

import hibari
import numpy as np
import onnxruntime as ort
from hibari.g2p import G2P

from tests.support.candidate.audio import Samples

SAMPLE_RATE = 24_000
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
LONGEST_INPUT = 509
"""Phonemes that the model takes at once."""


class Kokoro:
    def __init__(self, model: Path, voices: Path, threads: int = 1) -> None:
        found = hashlib.sha256(model.read_bytes()).hexdigest()
        if found != MODEL_SHA256:
            raise ValueError(f"{model.name} is not the pinned model: sha256 {found}")
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._voices = voices
        vocabulary = Path(hibari.__file__).parent / "assets" / "vocab.json"
        self._vocabulary: dict[str, int] = json.loads(vocabulary.read_text(encoding="utf-8"))
        self._g2p = {british: G2P(british=british) for british in (False, True)}

    def say(self, sentence: str, voice: str, speed: float = 1.0) -> Samples:
        """One sentence, mono at 24 kHz."""
        return self.say_phonemes(self._g2p[voice.startswith("b")](sentence), voice, speed)

    def say_phonemes(self, phonemes: str, voice: str, speed: float = 1.0) -> Samples:
        ids = [self._vocabulary[symbol] for symbol in phonemes if symbol in self._vocabulary]
        if len(ids) > LONGEST_INPUT:
            raise ValueError(f"{len(ids)} phonemes are more than the model takes: split the text")
        styles = np.fromfile(self._voices / f"{voice}.bin", np.float32).reshape(-1, 256)
        inputs = {
            "tokens": np.array([[0, *ids, 0]], np.int64),
            "style": styles[len(ids)][None],
            "speed": np.array([speed], np.float32),
        }
        return np.asarray(self._session.run(None, inputs)[0], dtype=np.float32).ravel()
