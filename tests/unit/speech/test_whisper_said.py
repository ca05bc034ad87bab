"""How sure the decoder was of what it wrote."""

import numpy as np
import pytest

from agent.speech.whisper.said import Word, probability_of

pytestmark = pytest.mark.unit
CERTAIN_ENOUGH = 0.01


def logits_of(*probabilities: float) -> np.ndarray:
    return np.log(np.array([*probabilities, 1.0 - sum(probabilities)], dtype=np.float32))


def test_a_token_is_as_probable_as_the_decoder_made_it():
    assert probability_of(logits_of(0.25, 0.5), 1) == pytest.approx(0.5, abs=CERTAIN_ENOUGH)


def test_a_sentence_ends_as_surely_where_its_mark_may_be_one_or_another():
    assert probability_of(logits_of(0.5, 0.4), 0, [1]) == pytest.approx(0.9, abs=CERTAIN_ENOUGH)


def test_large_logits_are_no_trouble():
    assert probability_of(np.array([900.0, 0.0, -900.0], dtype=np.float32), 0) == pytest.approx(1.0)


def test_only_a_word_that_ends_a_sentence_has_a_mark_to_be_sure_of():
    assert Word("service.", (7, 13), (0.9, 0.6), spoken_tokens=1).stop_probability == pytest.approx(0.6)
    assert Word("service,", (7, 11), (0.9, 0.6), spoken_tokens=1).stop_probability is None
    assert Word("service...", (7, 485), (0.9, 0.6), spoken_tokens=1).stop_probability is None
