"""Render the candidate's clips: `python -m bench.render_clips --model kokoro.onnx --voices kokoro-js/voices`.

Renders what clips.yaml lists and isn't there yet, listens to each clip with Whisper, tries other tempos where words
came out wrong, and writes `clips.json`: length, what Whisper heard, and the share of words that it heard differently.
"""

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import soundfile as sf
from faster_whisper import WhisperModel
from hibari.tts import Hibari
from scipy.signal import resample_poly

from agent.settings import ProviderSettings
from bench import kokoro
from bench.noises import RECIPES
from bench.word_errors import word_error_rate
from tests.support.candidate.audio import SAMPLE_RATE, Samples, level_db, load_mono, silence, trim_to_speech
from tests.support.candidate.clips import CLIPS_DIR, CUT_MARK, ClipIndex, ClipSpec, clip_files

SPEECH_LEVEL_DB = -20.0
OPUS_COMPRESSION = 0.9
"""About 24 kbit/s."""
SPEEDS = (1.0, 0.93, 1.07, 0.86, 1.15)
GOOD_ENOUGH = 0.08


class Listener:
    """Whisper, to hear whether a clip says what it should."""

    def __init__(self, model_dir: Path) -> None:
        self._model = WhisperModel(str(model_dir), device="cpu", compute_type="int8", cpu_threads=1)

    def text(self, speech: Samples) -> str:
        segments, _ = self._model.transcribe(self._at_16k(speech), language="en", beam_size=5)
        return " ".join(segment.text.strip() for segment in segments)

    def word_starts(self, speech: Samples) -> list[tuple[str, float]]:
        segments, _ = self._model.transcribe(self._at_16k(speech), language="en", beam_size=5, word_timestamps=True)
        return [(word.word.strip(), word.start) for segment in segments for word in segment.words or []]

    @staticmethod
    def _at_16k(speech: Samples) -> Samples:
        padded = np.concatenate([silence(0.3), speech, silence(0.5)])
        return np.asarray(resample_poly(padded, 1, 3), dtype=np.float32)


class Renderer:
    def __init__(self, voice_model: kokoro.Kokoro, listener: Listener) -> None:
        self._kokoro = voice_model
        self._listener = listener

    def render(self, clip: ClipSpec, voice: str) -> tuple[list[Samples], str, float]:
        """The parts at 48 kHz, what was heard, and the word error rate: the best of some tempos."""
        best: tuple[list[Samples], str, float] | None = None
        for speed in SPEEDS:
            parts = self._parts(clip, voice, speed)
            if parts is None:
                continue
            heard = self._listener.text(np.concatenate([x for part in parts for x in (part, silence(0.25))]))
            errors = word_error_rate(clip.spoken_text, heard) if clip.spoken_text else 0.0
            if best is None or errors < best[2]:
                best = parts, heard, errors
            if errors <= GOOD_ENOUGH:
                break
        if best is None:
            raise RuntimeError(f"{clip.id} in {voice}: no cut found at any tempo")
        return best

    def _parts(self, clip: ClipSpec, voice: str, speed: float) -> list[Samples] | None:
        if clip.phonemes:
            return [self._leveled(self._kokoro.say_phonemes(clip.phonemes, voice, speed))]
        if clip.kind == "unfinished":
            return self._cut_in_mid_clause(clip, voice, speed)
        return [self._passage(text, clip.gap, voice, speed) for text in clip.parts]

    def _passage(self, text: str, gap_sec: float, voice: str, speed: float) -> Samples:
        sentences = [self._leveled(self._kokoro.say(s, voice, speed)) for s in Hibari.split_sentences(text)]
        spaced = [piece for sentence in sentences for piece in (silence(gap_sec), sentence)]
        return np.concatenate(spaced[1:])

    def _cut_in_mid_clause(self, clip: ClipSpec, voice: str, speed: float) -> list[Samples] | None:
        """Rendered in one breath, so that the melody before a cut promises more; None if the words can't be matched."""
        whole = self._leveled(self._kokoro.say(" ".join(clip.parts), voice, speed))
        words = self._listener.word_starts(whole)
        if len(words) != len(str(clip.text).replace(CUT_MARK, " ").split()):
            return None
        level = level_db(whole)
        edges, spoken = [0], 0
        for part in clip.parts[:-1]:
            spoken += len(part.split())
            near = int((words[spoken][1] - 0.3) * 100)
            window = level[max(0, near - 12) : near + 8]
            edges.append((max(0, near - 12) + int(window.argmin())) * SAMPLE_RATE // 100)
        return [faded(piece) for piece in np.split(whole, edges[1:])]

    @staticmethod
    def _leveled(speech_24k: Samples) -> Samples:
        speech = trim_to_speech(np.asarray(resample_poly(speech_24k, 2, 1), dtype=np.float32))
        loud = level_db(speech)
        factor = 10 ** ((SPEECH_LEVEL_DB - float(np.mean(loud[loud > loud.max() - 25]))) / 20)
        return (speech * min(factor, 0.95 / float(np.abs(speech).max()))).astype(np.float32)


def faded(piece: Samples, seconds: float = 0.01) -> Samples:
    """Ends without a click."""
    piece = piece.copy()
    count = int(seconds * SAMPLE_RATE)
    piece[:count] *= np.linspace(0, 1, count, dtype=np.float32)
    piece[-count:] *= np.linspace(1, 0, count, dtype=np.float32)
    return piece


def write_opus(path: Path, speech: Samples) -> None:
    at_24k = np.asarray(resample_poly(speech, 1, 2), dtype=np.float32)
    with sf.SoundFile(str(path), "w", 24_000, 1, "OPUS", format="OGG", compression_level=OPUS_COMPRESSION) as file:
        for start in range(0, len(at_24k), 2400):
            file.write(at_24k[start : start + 2400])


def missing(index: ClipIndex, only: str | None) -> Iterator[tuple[ClipSpec, str]]:
    for clip in index.clips:
        for voice in index.voices_of(clip):
            if only and not re.search(only, f"{clip.id}.{voice}"):
                continue
            if only or not all(path.exists() for path in clip_files(clip, voice)):
                yield clip, voice


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--voices", type=Path, required=True)
    parser.add_argument("--only", help="render again what matches this pattern, as id.voice")
    arguments = parser.parse_args()

    index = ClipIndex.load()
    renderer = Renderer(
        kokoro.Kokoro(arguments.model, arguments.voices),
        Listener(ProviderSettings(_env_file=None).whisper_dir),  # pyright: ignore[reportCallIssue]
    )
    record_path = CLIPS_DIR / "clips.json"
    record: dict[str, Any] = json.loads(record_path.read_text(encoding="utf-8")) if record_path.exists() else {}
    for clip, voice in missing(index, arguments.only):
        if clip.kind == "noise":
            parts, heard, errors = [RECIPES[clip.id](clip.seconds or 0.0)], "", 0.0
        else:
            parts, heard, errors = renderer.render(clip, voice)
        paths = clip_files(clip, voice)
        for path, part in zip(paths, parts, strict=True):
            write_opus(path, part)
        seconds = [round(len(load_mono(path)) / SAMPLE_RATE, 2) for path in paths]
        record[f"{clip.id}.{voice}"] = {"seconds": seconds, "heard": heard, "word_error_rate": round(errors, 3)}
        record_path.write_text(json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
        print(f"{clip.id}.{voice}  {seconds} s  word errors {errors:.0%}  {heard!r}", flush=True)


if __name__ == "__main__":
    main()
