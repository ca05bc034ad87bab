"""Whisper with an encoder window that fits the audio instead of the usual 30 seconds.

Encoding is most of the work for a short utterance: with a window of 10 s a one-second answer takes a fifth of the
time. The price is dealt with in text.py: the model repeats itself after the end of the speech, and invents on noise.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import ctranslate2
import faster_whisper
import numpy as np
import numpy.typing as npt
from faster_whisper.tokenizer import Tokenizer

from agent.speech.whisper.choices import LONGEST_SEC, fitting, may_be_misheard
from agent.speech.whisper.hint import Hint
from agent.speech.whisper.said import Said, Word, probability_of
from agent.speech.whisper.text import repeat_cut, says_nothing, tidy_word, vocabulary_prompt
from agent.speech.whisper.timing import SECONDS_PER_STEP, audible_sec_after, token_starts_sec, without_pauses
from agent.speech.whisper.transcription import Transcription, WordSpan

SAMPLE_RATE = 16_000
Samples = npt.NDArray[np.float32]

_FULL_WINDOW_SEC = 30.0
_FINAL_WINDOW_SEC = 10.0
"""Below 10 s one-word answers suffer: "Yes." becomes four of them. And a sentence by itself is less surely one: of the
last sentences of 64 answers the mark has a certainty of 0.8 in 97 % with 10 s, and in 86 % with 6 s."""
_DRAFT_WINDOW_SEC = 4.0
_WINDOW_MARGIN_SEC = 2.0
_RETRY_BELOW_SEC = 2.0
_DROPPED_FROM_SEC = 0.2
"""A word. With 0.1 s a quarter of all phrases were tried a second time, for the sound of their last consonant: of 72
recordings 19, none with another result."""
_FRAMES_PER_SECOND = 100
_MAX_LENGTH = 448
_LEAST_PROBABILITY = 1e-9
NO_HINT = Hint()


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
        self._end_marks = frozenset(self._tokenizer.encode(mark)[0] for mark in ".?!")
        self.name = model_dir.name

    def warm(self) -> None:
        """Decode once, so that the first candidate doesn't wait for memory to be laid out."""
        # long enough not to be tried a second time in the full window, which takes a second
        length = int(_RETRY_BELOW_SEC * SAMPLE_RATE)
        noise = np.random.default_rng(0).normal(0.0, 0.01, length).astype(np.float32)
        self.transcribe(noise)
        self.transcribe(noise, draft=True)

    def vocabulary_prompt(self, terms: Sequence[str], *, in_sentences: bool = False) -> str:
        """The prompt for these terms, within 100 of this model's tokens."""
        return vocabulary_prompt(terms, lambda text: len(self._tokenizer.encode(" " + text)), in_sentences=in_sentences)

    def transcribe(
        self, samples: Samples, hint: Hint = NO_HINT, *, draft: bool = False, context_sec: float = 0.0
    ) -> Transcription:
        """Recognise one stretch of speech.

        Args:
            samples: Mono, 16 kHz, at most 28 s.
            draft: For interim results: a smaller window, no times of words, no second try and no choices.
            context_sec: So much at the start of the samples was recognised before. It helps to understand a scrap of
                a sentence, and is no part of the result; times count from its end.

        Returns:
            The transcription; its text is empty where nothing was said.
        """
        if context_sec > 0.0:
            continued = self._continuation(samples, hint.prompt, context_sec)
            if continued.text:
                return continued
            samples = samples[int(context_sec * SAMPLE_RATE) :]
        if draft:
            return self._decode(samples, hint.prompt, _DRAFT_WINDOW_SEC, with_words=False)
        transcription = self._decode(samples, hint.prompt, _FINAL_WINDOW_SEC, with_words=True, choices=hint.choices)
        if not transcription.text and context_sec == 0.0 and len(samples) < _RETRY_BELOW_SEC * SAMPLE_RATE:
            # A lone word is where the short window fails, and where the full one is affordable.
            return self._decode(samples, hint.prompt, _FULL_WINDOW_SEC, with_words=True, choices=hint.choices)
        return transcription

    def _continuation(self, samples: Samples, prompt: str, context_sec: float) -> Transcription:
        whole = self._decode(samples, prompt, _FINAL_WINDOW_SEC, with_words=True)
        words = [word.moved(-context_sec) for word in whole.words if (word.start_sec + word.end_sec) / 2 >= context_sec]
        return _joined(words, whole.no_speech_probability)

    def _decode(
        self,
        samples: Samples,
        prompt: str,
        least_window_sec: float,
        *,
        with_words: bool,
        choices: Sequence[str] = (),
    ) -> Transcription:
        window_sec = min(_FULL_WINDOW_SEC, max(least_window_sec, len(samples) / SAMPLE_RATE + _WINDOW_MARGIN_SEC))
        encoded = self._encode(samples, window_sec)
        prompt_tokens = self._prompt_tokens(prompt)
        said = self._generate(encoded, prompt_tokens, len(samples) / SAMPLE_RATE, with_probabilities=with_words)
        if not said.words:
            return Transcription("", (), 0.0, said.no_speech_probability)
        if not with_words:
            text = " ".join(word.text for word in said.words)
            confidence = min(1.0, float(np.exp(said.mean_log_probability)))
            return Transcription(text, (), confidence, said.no_speech_probability)
        chosen = None
        if choices and len(samples) < LONGEST_SEC * SAMPLE_RATE:
            chosen = self._chosen(said, choices, encoded, prompt_tokens)
        words = self._align(encoded, (chosen or said).words, samples)
        if chosen is not None:
            # "please" behind it is left out, and no reason for a second try
            return _joined(words, said.no_speech_probability)
        unheard_sec = audible_sec_after(words[-1].end_sec, samples, SAMPLE_RATE)
        if unheard_sec >= _DROPPED_FROM_SEC:
            words = self._with_dropped_end(words, unheard_sec, encoded, prompt_tokens, samples)
        return _joined(words, said.no_speech_probability)

    def _with_dropped_end(
        self, words: tuple[WordSpan, ...], unheard_sec: float, encoded: Any, prompt_tokens: list[int], samples: Samples
    ) -> tuple[WordSpan, ...]:
        """The words of a second try where sound goes on behind the last one.

        While it sets timestamps, Whisper leaves the last words out of speech that it takes for unfinished. Without
        timestamps it doesn't; it repeats itself more, so this is taken only where it explains more of the sound.
        """
        untimed = [*prompt_tokens, self._tokenizer.no_timestamps]
        said = self._generate(encoded, untimed, len(samples) / SAMPLE_RATE)
        if len(said.words) <= len(words):
            return words
        more = self._align(encoded, said.words, samples)
        return more if audible_sec_after(more[-1].end_sec, samples, SAMPLE_RATE) < unheard_sec else words

    def _chosen(self, said: Said, choices: Sequence[str], encoded: Any, prompt_tokens: list[int]) -> Said | None:
        """The choice that explains the sound nearly as well as words that are none."""
        if not may_be_misheard([word.text for word in said.words], choices):
            return None
        written = [self._tokenizer.encode(f" {choice}") for choice in choices]
        found = [token for word in said.words for token in word.tokens]
        fits = [self._probabilities(tokens, encoded, prompt_tokens) for tokens in (found, *written)]
        likely = [float(np.sum(np.log(np.maximum(fit, _LEAST_PROBABILITY)))) for fit in fits]
        place = fitting(likely[0], likely[1:])
        if place is None:
            return None
        chosen = list(zip(written[place], fits[place + 1], strict=True))
        return replace(said, words=tuple(self._words_of(chosen)))

    def _probabilities(self, tokens: list[int], encoded: Any, prompt_tokens: list[int]) -> list[float]:
        """Of these tokens given the sound, each."""
        frames = int(encoded.shape[1]) * 2
        alignment: Any = self._model.model.align(encoded, prompt_tokens, [tokens], frames)[0]
        return list(alignment.text_token_probs)

    def _generate(
        self, encoded: Any, prompt_tokens: list[int], duration_sec: float, *, with_probabilities: bool = True
    ) -> Said:
        most_tokens = min(_MAX_LENGTH // 2, 14 + int(duration_sec * 6))
        result = self._model.model.generate(
            encoded,
            [prompt_tokens],
            beam_size=1,
            # CTranslate2 generates half of this at the most, and with the prompt no more than this
            max_length=min(_MAX_LENGTH, max(2 * most_tokens, len(prompt_tokens) + most_tokens)),
            return_scores=True,
            return_logits_vocab=with_probabilities,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=[-1],
            max_initial_timestamp_index=50,
        )[0]
        ids: list[int] = result.sequences_ids[0]
        mean_log_probability, no_speech = float(result.scores[0]), float(result.no_speech_prob)
        kept = self._tokens_within(ids, duration_sec)
        logits: Any = result.logits[0] if with_probabilities else None
        words = self._words_of(
            [(ids[step], self._probability_of(logits[step], ids[step]) if with_probabilities else 1.0) for step in kept]
        )
        ran_out = len(ids) >= most_tokens
        words = words[: repeat_cut([word.text for word in words], ran_out=ran_out)]
        if says_nothing(" ".join(word.text for word in words), mean_log_probability, no_speech):
            words = []
        return Said(tuple(words), mean_log_probability, no_speech)

    def _probability_of(self, logits: Any, token: int) -> float:
        """Of a mark that ends a sentence: that it ends here. "Only then would I split it" may end in one or another."""
        return probability_of(logits, token, self._end_marks - {token} if token in self._end_marks else ())

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
        """Where the text tokens are, up to the timestamp that closes the speech."""
        kept: list[int] = []
        opened = False
        for step, token in enumerate(ids):
            if token < self._tokenizer.timestamp_begin:
                if token < self._tokenizer.eot:
                    kept.append(step)
                continue
            at_sec = (token - self._tokenizer.timestamp_begin) * SECONDS_PER_STEP
            if at_sec > duration_sec + 0.2 or (opened and kept and at_sec >= duration_sec - 0.35):
                break
            opened = True
        return kept

    def _words_of(self, tokens: Sequence[tuple[int, float]]) -> list[Word]:
        """Whitespace-delimited words with their tokens; a mark that stands alone belongs to the word before.

        Args:
            tokens: with their probabilities.
        """
        groups: list[list[tuple[int, float]]] = []
        spoken: list[int] = []
        for token, probability in tokens:
            piece = self._tokenizer.decode([token])
            has_letters = any(character.isalnum() for character in piece) or "\ufffd" in piece
            if not groups or (has_letters and piece.startswith(" ") and spoken[-1]):
                groups.append([])
                spoken.append(0)
            groups[-1].append((token, probability))
            if has_letters:
                spoken[-1] = len(groups[-1])
        return [
            Word(
                tidy_word(" ".join(self._tokenizer.decode([token for token, _ in group]).split())),
                tuple(token for token, _ in group),
                tuple(probability for _, probability in group),
                count,
            )
            for group, count in zip(groups, spoken, strict=True)
            if count
        ]

    def _align(self, encoded: Any, words: Sequence[Word], samples: Samples) -> tuple[WordSpan, ...]:
        """Times of the words, from the cross-attention of one more pass over the same encoding.

        Without the prompt: with it the pass takes four times as long, for the same times.
        """
        duration_sec = len(samples) / SAMPLE_RATE
        tokens = [token for word in words for token in word.tokens]
        frames = min(int(encoded.shape[1]) * 2, max(2, round(duration_sec * _FRAMES_PER_SECOND)))
        alignment: Any = self._model.model.align(encoded, self._prompt_tokens(""), [tokens], frames)[0]
        starts_sec = token_starts_sec(alignment.alignments, len(tokens), duration_sec)
        spans: list[tuple[float, float]] = []
        first = 0
        for word in words:
            # A comma's token often takes the pause behind the word: the word ends where its letters do.
            spans.append((starts_sec[first], starts_sec[first + word.spoken_tokens]))
            first += len(word.tokens)
        return tuple(
            WordSpan(word.text, start_sec, end_sec, word.confidence, word.stop_probability)
            for word, (start_sec, end_sec) in zip(words, without_pauses(spans, samples, SAMPLE_RATE), strict=True)
        )


def _joined(words: Sequence[WordSpan], no_speech_probability: float) -> Transcription:
    confidence = float(np.mean([word.confidence for word in words])) if words else 0.0
    return Transcription(" ".join(word.text for word in words), tuple(words), confidence, no_speech_probability)
