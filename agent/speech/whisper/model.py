"""Whisper with an encoder window that fits the audio instead of the usual 30 seconds.

Encoding is most of the work for a short utterance: with a window of 10 s a one-second answer takes a fifth of the
time. The price is dealt with in text.py: the model repeats itself after the end of the speech, and invents on noise.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ctranslate2
import faster_whisper
import numpy as np
import numpy.typing as npt
from faster_whisper.tokenizer import Tokenizer

from agent.speech.whisper.text import repeat_cut, says_nothing, tidy_word, vocabulary_prompt
from agent.speech.whisper.transcription import Transcription, WordSpan

SAMPLE_RATE = 16_000
Samples = npt.NDArray[np.float32]

_FULL_WINDOW_SEC = 30.0
_FINAL_WINDOW_SEC = 10.0
"""Below 10 s one-word answers suffer: "Yes." becomes four of them."""
_DRAFT_WINDOW_SEC = 4.0
_WINDOW_MARGIN_SEC = 2.0
_RETRY_BELOW_SEC = 2.0
_FRAMES_PER_SECOND = 100
_SECONDS_PER_TOKEN = 0.02
_MAX_LENGTH = 448


class WhisperModel:
    """One CTranslate2 Whisper model. Not for use from several threads at once."""

    def __init__(self, model_dir: Path, *, threads: int = 1) -> None:
        self._model = faster_whisper.WhisperModel(
            str(model_dir), device="cpu", compute_type="int8", cpu_threads=threads, num_workers=1
        )
        multilingual: bool = self._model.model.is_multilingual
        self._tokenizer = Tokenizer(
            self._model.hf_tokenizer,
            multilingual,
            task="transcribe" if multilingual else None,
            language="en" if multilingual else None,
        )
        self.name = model_dir.name

    def warm(self) -> None:
        """Decode once, so that the first candidate doesn't wait for memory to be laid out."""
        noise = np.random.default_rng(0).normal(0.0, 0.01, SAMPLE_RATE).astype(np.float32)
        self.transcribe(noise)
        self.transcribe(noise, draft=True)

    def vocabulary_prompt(self, terms: Sequence[str]) -> str:
        """The prompt for these terms, within 100 of this model's tokens."""
        return vocabulary_prompt(terms, lambda text: len(self._tokenizer.encode(" " + text)))

    def transcribe(self, samples: Samples, prompt: str = "", *, draft: bool = False) -> Transcription:
        """Recognise one stretch of speech.

        Args:
            samples: Mono, 16 kHz, at most 28 s.
            prompt: From `vocabulary_prompt`.
            draft: For interim results: a smaller window, no times of words, no second try.

        Returns:
            The transcription; its text is empty where nothing was said.
        """
        duration_sec = len(samples) / SAMPLE_RATE
        window_sec = max(_DRAFT_WINDOW_SEC if draft else _FINAL_WINDOW_SEC, duration_sec + _WINDOW_MARGIN_SEC)
        transcription = self._decode(samples, prompt, min(window_sec, _FULL_WINDOW_SEC), with_words=not draft)
        if not transcription.text and not draft and duration_sec < _RETRY_BELOW_SEC:
            # A lone word is where the short window fails, and where the full one is affordable.
            return self._decode(samples, prompt, _FULL_WINDOW_SEC, with_words=True)
        return transcription

    def _decode(self, samples: Samples, prompt: str, window_sec: float, *, with_words: bool) -> Transcription:
        duration_sec = len(samples) / SAMPLE_RATE
        encoded = self._encode(samples, window_sec)
        prompt_tokens = self._prompt_tokens(prompt)
        result = self._model.model.generate(
            encoded,
            [prompt_tokens],
            beam_size=1,
            max_length=min(_MAX_LENGTH, len(prompt_tokens) + 14 + int(duration_sec * 6)),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=[-1],
            max_initial_timestamp_index=50,
        )[0]
        tokens = self._tokens_within(result.sequences_ids[0], duration_sec)
        mean_log_probability, no_speech = float(result.scores[0]), float(result.no_speech_prob)

        words = self._words_of(tokens)
        words = words[: repeat_cut([text for text, _ in words])]
        text = " ".join(text for text, _ in words)
        if says_nothing(text, mean_log_probability, no_speech):
            return Transcription("", (), 0.0, no_speech)
        spans = self._align(encoded, words, duration_sec) if with_words else ()
        confidence = min(1.0, float(np.exp(mean_log_probability)))
        return Transcription(text, spans, confidence, no_speech)

    def _encode(self, samples: Samples, window_sec: float) -> Any:
        wanted = int(window_sec * SAMPLE_RATE)
        padded = np.pad(samples[:wanted], (0, max(0, wanted - len(samples)))).astype(np.float32, copy=False)
        features = self._model.feature_extractor(padded, padding=0)
        even = features.shape[1] // 2 * 2
        batch = np.ascontiguousarray(features[None, :, :even])
        return self._model.model.encode(ctranslate2.StorageView.from_array(batch), to_cpu=False)

    def _prompt_tokens(self, prompt: str) -> list[int]:
        # Timestamps stay on: they tell where the speech ended, and what comes after is a repetition.
        start = list(self._tokenizer.sot_sequence)
        return [self._tokenizer.sot_prev, *self._tokenizer.encode(" " + prompt.strip()), *start] if prompt else start

    def _tokens_within(self, ids: Sequence[int], duration_sec: float) -> list[int]:
        """The text tokens up to the timestamp that closes the speech."""
        kept: list[int] = []
        opened = False
        for token in ids:
            if token < self._tokenizer.timestamp_begin:
                if token < self._tokenizer.eot:
                    kept.append(token)
                continue
            at_sec = (token - self._tokenizer.timestamp_begin) * _SECONDS_PER_TOKEN
            if at_sec > duration_sec + 0.2 or (opened and kept and at_sec >= duration_sec - 0.35):
                break
            opened = True
        return kept

    def _words_of(self, tokens: Sequence[int]) -> list[tuple[str, list[int]]]:
        """Whitespace-delimited words with their tokens; a mark that stands alone belongs to the word before."""
        grouped: list[list[int]] = []
        for token in tokens:
            piece = self._tokenizer.decode([token])
            opens_word = piece.startswith(" ") and any(character.isalnum() for character in piece)
            if grouped and not opens_word and piece != " ":
                grouped[-1].append(token)
            else:
                grouped.append([token])
        return [
            (tidy_word(text), group) for group in grouped if (text := " ".join(self._tokenizer.decode(group).split()))
        ]

    def _align(self, encoded: Any, words: Sequence[tuple[str, list[int]]], duration_sec: float) -> tuple[WordSpan, ...]:
        """Times and confidences of the words, from the cross-attention of one more pass over the same encoding."""
        tokens = [token for _, group in words for token in group]
        frames = min(int(encoded.shape[1]) * 2, max(2, round(duration_sec * _FRAMES_PER_SECOND)))
        alignment: Any = self._model.model.align(encoded, list(self._tokenizer.sot_sequence), [tokens], frames)[0]
        starts_sec = _token_starts_sec(alignment.alignments, len(tokens), duration_sec)
        spans: list[WordSpan] = []
        first = 0
        for text, group in words:
            after = first + len(group)
            spoken = [
                float(alignment.text_token_probs[index])
                for index in range(first, after)
                if any(character.isalnum() for character in self._tokenizer.decode([tokens[index]]))
            ]
            confidence = float(np.mean(spoken)) if spoken else 0.0
            spans.append(WordSpan(text, starts_sec[first], starts_sec[after], min(1.0, max(0.0, confidence))))
            first = after
        return tuple(spans)


def _token_starts_sec(pairs: Sequence[tuple[int, int]], token_count: int, duration_sec: float) -> list[float]:
    """When each token starts, and as last entry when the last one ends; ascending, within the audio."""
    starts = [duration_sec] * (token_count + 1)
    seen = -1
    for token_index, frame in pairs:
        if token_index > seen:
            for index in range(seen + 1, min(token_index, token_count) + 1):
                starts[index] = min(duration_sec, frame * _SECONDS_PER_TOKEN)
            seen = token_index
    return starts
