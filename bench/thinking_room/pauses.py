"""Answers cut at every kind of place at which people pause, each followed by silence."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.signal import resample_poly

from agent.speech.whisper.model import SAMPLE_RATE, Samples, WhisperModel
from tests.support.candidate import Clip, ClipLibrary
from tests.support.candidate.clips import ClipKind

ClipSet = Literal["dev", "test"]
Place = Literal["in_clause", "open", "sentence", "end"]
"""Inside a clause · after a conjunction, a filler, inside a list · after a sentence, and another follows · the end."""

SEED = 4
SILENCE_SEC = 1.6
SENTENCE_PAUSES_SEC = (0.4, 0.9)
"""Between the sentences of a long answer before the pause that is looked at."""
_TAIL_SEC = 0.04
"""What a trimmed clip keeps behind its last audible sound."""
_CUTS_IN_CLAUSE = 3
_FEWEST_WORDS = 3
_CONJUNCTIONS = frozenset("and but because so that when which if or then who than while since".split())  # noqa: SIM905
_NOISE_AMPLITUDE = 10 ** (-72 / 20)


@dataclass(frozen=True)
class Stimulus:
    """Speech up to a pause, then silence."""

    clip: str
    kind: ClipKind
    voice: str
    place: Place
    said: str
    """The last word before the pause."""
    audio: Samples
    """16 kHz."""
    speech_end_sec: float
    """Where the last audible sound before the pause ends."""
    earlier_pauses_sec: tuple[float, ...] = ()


def stimuli(clip_set: ClipSet, whisper: WhisperModel) -> Iterator[Stimulus]:
    library, chance = ClipLibrary(), random.Random(SEED)
    for clip in library.of_kind("answer", clip_set):
        audio = _at_16k(clip.parts[0])
        yield _stimulus(clip, "end", "", [audio])
        yield from _cuts(clip, audio, whisper, chance)
    for clip in library.of_kind("long", clip_set):
        parts = [_at_16k(part) for part in clip.parts]
        pauses = [round(chance.uniform(*SENTENCE_PAUSES_SEC), 2) for _ in parts[1:]]
        for count in range(1, len(parts) + 1):
            place: Place = "end" if count == len(parts) else "sentence"
            yield _stimulus(clip, place, "", parts[:count], pauses[: count - 1])
        yield from _cuts(clip, parts[1], whisper, chance, before=parts[:1], pauses=pauses[:1])
    for clip in library.of_kind("unfinished", clip_set):
        parts = [_at_16k(part) for part in clip.parts]
        for count in range(1, len(parts) + 1):
            last = clip.spec.parts[count - 1].split()[-1]
            place = "end" if count == len(parts) else _place_after(last)
            yield _stimulus(clip, place, last, [np.concatenate(parts[:count])])
    for clip in library.of_kind("trailing", clip_set):
        yield _stimulus(clip, "open", clip.text.split()[-1], [_at_16k(clip.parts[0])])


def _cuts(
    clip: Clip,
    audio: Samples,
    whisper: WhisperModel,
    chance: random.Random,
    *,
    before: list[Samples] | None = None,
    pauses: list[float] | None = None,
) -> Iterator[Stimulus]:
    """The passage cut after its commas, its conjunctions, its sentences, and at some other words."""
    words = whisper.transcribe(audio).words
    by_place: dict[Place, list[int]] = {"in_clause": [], "open": [], "sentence": []}
    for index in range(_FEWEST_WORDS, len(words)):
        by_place[_place_after(words[index - 1].text)].append(index)
    in_clause = by_place["in_clause"]
    chosen = [*by_place["open"], *by_place["sentence"], *chance.sample(in_clause, min(_CUTS_IN_CLAUSE, len(in_clause)))]
    for index in sorted(chosen):
        cut = _quietest_near(audio, (words[index - 1].end_sec + words[index].start_sec) / 2)
        said = words[index - 1].text
        yield _stimulus(clip, _place_after(said), said, [*(before or []), _faded(audio[:cut])], pauses or [])


def _place_after(word: str) -> Place:
    if word.endswith((".", "?", "!")) and not word.endswith("..."):
        return "sentence"
    plain = word.lower().strip(",.")
    return "open" if word.endswith(",") or plain in _CONJUNCTIONS else "in_clause"


def _stimulus(clip: Clip, place: Place, said: str, parts: list[Samples], pauses: list[float] | None = None) -> Stimulus:
    pieces: list[Samples] = [_quiet(0.5)]
    silences: list[float] = [*(pauses or []), SILENCE_SEC]
    for part, pause_sec in zip(parts, silences, strict=True):
        pieces += [part, _quiet(pause_sec)]
    audio = np.concatenate(pieces)
    end_sec = (len(audio) - len(pieces[-1])) / SAMPLE_RATE - (0.0 if said and place != "end" else _TAIL_SEC)
    return Stimulus(clip.spec.id, clip.spec.kind, clip.voice, place, said, audio, end_sec, tuple(pauses or []))


def _at_16k(speech: Samples) -> Samples:
    return np.asarray(resample_poly(speech, 1, 3), dtype=np.float32)


def _quiet(seconds: float) -> Samples:
    noise = np.random.default_rng(1).standard_normal(int(seconds * SAMPLE_RATE)) * _NOISE_AMPLITUDE
    return noise.astype(np.float32)


def _quietest_near(audio: Samples, at_sec: float, reach_sec: float = 0.06) -> int:
    hop = SAMPLE_RATE // 100
    middle, reach = int(at_sec * 100), int(reach_sec * 100)
    first = max(0, middle - reach)
    levels = [float(np.square(audio[n * hop : (n + 1) * hop]).mean()) for n in range(first, middle + reach)]
    return (first + int(np.argmin(levels))) * hop


def _faded(piece: Samples, seconds: float = 0.01) -> Samples:
    piece = piece.copy()
    count = int(seconds * SAMPLE_RATE)
    piece[-count:] *= np.linspace(1, 0, count, dtype=np.float32)
    return piece
