"""all-MiniLM-L6-v2, int8, through onnxruntime on one thread."""

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

Vectors: TypeAlias = npt.NDArray[np.float32]
"""One unit vector a row, so that a product of two is their cosine."""

MODEL_NAME = "all-MiniLM-L6-v2:int8"
TOKENIZER_FILE = Path(__file__).with_name("tokenizer.json")
MAX_PIECES = 256
"""What the model was trained on. Longer texts are cut."""
REMEMBERED_TEXTS = 4096
"""Six megabytes. The points of a question bank come again with every attempt."""


class ModelMissingError(Exception):
    """The folder holds no model. The message says what to do."""


class MiniLm:
    """Embeds texts one by one, never in batches.

    Activations are quantised over a whole batch, so a text's vector would depend on its neighbours, and padding
    to the longest text costs more time than a batch saves. One at a time, the same text has the same vector.
    """

    def __init__(self, model_dir: Path, *, remembered_texts: int = REMEMBERED_TEXTS) -> None:
        self._remembered_texts = remembered_texts
        model_file = model_dir / "model.onnx"
        if not model_file.is_file():
            raise ModelMissingError(f"{model_file} is missing: `make run` fetches it")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            str(model_file), sess_options=options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer: Any = Tokenizer.from_file(str(TOKENIZER_FILE))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_PIECES)
        self._vocabulary = frozenset[str](self._tokenizer.get_vocab())
        self._remembered = OrderedDict[str, Vectors]()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """A matrix with the vector of each text as a row."""
        if not texts:
            return np.zeros((0, 384), dtype=np.float32)
        return np.stack([self._vector(text) for text in texts])

    def knows_word(self, word: str) -> bool:
        """Whether a lower-case word is common enough in English text to have a piece of its own."""
        return word in self._vocabulary

    def _vector(self, text: str) -> Vectors:
        vector = self._remembered.get(text)
        if vector is None:
            vector = self._compute(text)
            self._remembered[text] = vector
            if len(self._remembered) > self._remembered_texts:
                self._remembered.popitem(last=False)
        else:
            self._remembered.move_to_end(text)
        return vector

    def _compute(self, text: str) -> Vectors:
        encoded = self._tokenizer.encode(text)
        pieces = np.array([encoded.ids], dtype=np.int64)
        hidden = self._session.run(
            ["last_hidden_state"],
            {
                "input_ids": pieces,
                "attention_mask": np.ones_like(pieces),
                "token_type_ids": np.zeros_like(pieces),
            },
        )[0][0]
        mean: Vectors = hidden.mean(axis=0)
        return (mean / np.linalg.norm(mean)).astype(np.float32)


def without_direction(vectors: Vectors, direction: Vectors) -> Vectors:
    """Unit vectors with what they share with a direction taken away."""
    rest = vectors - np.outer(vectors @ direction, direction)
    return (rest / (np.linalg.norm(rest, axis=1, keepdims=True) + 1e-9)).astype(np.float32)
