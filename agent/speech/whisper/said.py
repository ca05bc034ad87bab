"""What one pass of the decoder gave: words of tokens, and how sure it was of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Word:
    text: str
    tokens: tuple[int, ...]
    probabilities: tuple[float, ...]
    """Of the tokens, each given the sound and all before it."""
    spoken_tokens: int
    """How many of the tokens, up to the last with a letter or digit in it."""

    @property
    def confidence(self) -> float:
        return min(1.0, max(0.0, float(np.mean(self.probabilities[: self.spoken_tokens]))))

    @property
    def stop_probability(self) -> float | None:
        """Of a mark that ends a sentence, whichever; None where the word has none."""
        ends_sentence = self.text.endswith((".", "?", "!")) and not self.text.endswith("...")
        has_mark = ends_sentence and len(self.tokens) > self.spoken_tokens
        return min(1.0, max(0.0, self.probabilities[-1])) if has_mark else None


@dataclass(frozen=True)
class Said:
    """What one pass of the decoder gave; no words where that was more likely noise."""

    words: tuple[Word, ...]
    mean_log_probability: float
    no_speech_probability: float


def probability_of(logits: Any, token: int, alike: Iterable[int] = ()) -> float:
    """Of a token, and of those that come to the same, from what the decoder made of all of its vocabulary."""
    values = np.asarray(logits, dtype=np.float32).ravel()
    weights = np.exp(values - values.max())
    return float(weights[[token, *alike]].sum() / weights.sum())
