"""Does each delivery style change the voice the way its table says, as loud and as clear as neutral?

`python -m bench delivery` says 30 of the interviewer's sentences in every style through the worker's own voice and
measures the sound. `python -m bench.delivery --received` says them in rooms on a livekit-server, and measures what a
client receives there.
"""

import argparse
import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import numpy as np
import soundfile as sf
from faster_whisper import WhisperModel
from hibari import Hibari

from agent.delivery.styles import DeliveryStyle, Manner, for_hibari
from agent.settings import ProviderSettings
from agent.speech.delivery import set_delivery
from agent.speech.hibari.tts import HibariTTS
from agent.speech.hibari.voice import SAMPLE_RATE
from bench.delivery_room import SharedVoice, heard_in_rooms
from bench.delivery_table import SpokenSample, markdown, report_styles
from bench.samples import RESULTS_DIR, circumstances
from bench.voice_figures import RATE, Samples, at_rate, measure_voice
from bench.word_errors import word_error_rate, words_of
from prompts.lines import LINE_NAMES, load_lines
from prompts.question_bank import load_bank
from tests.support.stack import ROOT

SENTENCES = 30
SENTENCES_IN_ROOMS = 21
SOUNDS_DIR = ROOT / "artifacts" / "bench" / "delivery"
"""What the client received, to listen to."""
MANNERS: tuple[Manner, ...] = get_args(Manner)
_SYLLABLES = frozenset("aeiouæɑɐɒɔəɚɛɜɝɪʊʌᵊᵻAIOWYQ")
"""Of hibari's phonemes: a vowel or a diphthong is one letter."""


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.delivery", description=__doc__)
    parser.add_argument("--received", action="store_true", help="in rooms, as a client receives it")
    parser.add_argument("--sentences", type=int, help=f"default {SENTENCES}, in rooms {SENTENCES_IN_ROOMS}")
    parser.add_argument("--into", type=Path, default=RESULTS_DIR)
    chosen = parser.parse_args(arguments)
    texts = sentences(chosen.sentences or (SENTENCES_IN_ROOMS if chosen.received else SENTENCES))
    bench = _Bench()
    samples = asyncio.run(bench.received(texts)) if chosen.received else asyncio.run(bench.rendered(texts))
    print(write_result(samples, chosen.into / f"delivery{'-received' if chosen.received else ''}.json"))


def sentences(count: int = SENTENCES) -> list[str]:
    """What the interviewer really says: fixed lines, questions and follow-ups of the bank, evenly drawn."""
    lines = load_lines()
    fixed = [lines.variants(name)[0] for name in LINE_NAMES if not lines.variables(name)]
    questions = load_bank().questions
    followed = [question.follow_ups[0] for question in questions if question.follow_ups]
    share = max(1, count // 3)
    drawn = [*_evenly(fixed, share), *_evenly([one.text for one in questions], count - 2 * share)]
    return [*drawn, *_evenly(followed, share)]


def _evenly(texts: Sequence[str], count: int) -> list[str]:
    unique = list(dict.fromkeys(texts))
    return [unique[number * len(unique) // count] for number in range(min(count, len(unique)))]


def write_result(samples: Sequence[SpokenSample], path: Path) -> str:
    """Keeps the samples and what follows from them; returns the table."""
    reports = report_styles(samples)
    body: dict[str, Any] = {
        "about": circumstances(),
        "style_table": {manner: vars(for_hibari(DeliveryStyle(manner))) for manner in MANNERS},
        "styles": {report.manner: report.as_json() for report in reports},
        "samples": [sample.model_dump() for sample in samples],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    table = markdown(reports)
    path.with_suffix(".md").write_text(table + "\n", encoding="utf-8")
    return table


class _Bench:
    def __init__(self) -> None:
        self._voice = SharedVoice()
        self._letters = Hibari(threads=1)
        self._whisper = WhisperModel(str(ProviderSettings().whisper_dir), compute_type="int8", cpu_threads=2)

    async def rendered(self, texts: Sequence[str]) -> list[SpokenSample]:
        """Straight from the worker's voice, as the session would get it."""
        interviewer = HibariTTS(self._voice)
        samples: list[SpokenSample] = []
        for manner in MANNERS:
            set_delivery(interviewer, DeliveryStyle(manner))
            for text in texts:
                samples.append(self._sample(manner, text, await said(interviewer, text), SAMPLE_RATE))
        await interviewer.aclose()
        return samples

    async def received(self, texts: Sequence[str]) -> list[SpokenSample]:
        """As a client in a room receives it, through Opus and the network."""
        SOUNDS_DIR.mkdir(parents=True, exist_ok=True)
        samples: list[SpokenSample] = []
        async for heard in heard_in_rooms(self._voice, MANNERS, texts):
            sf.write(
                str(SOUNDS_DIR / f"{heard.manner}-{texts.index(heard.text)}.flac"), heard.samples, heard.sample_rate
            )
            samples.append(self._sample(heard.manner, heard.text, heard.samples, heard.sample_rate))
        return samples

    def _sample(self, manner: Manner, text: str, samples: Samples, sample_rate: int) -> SpokenSample:
        figures = measure_voice(samples, sample_rate)
        heard = self._recognised(at_rate(samples, sample_rate, RATE))
        words = len(words_of(text))
        return SpokenSample(
            manner=manner,
            text=text,
            f0_semitones=round(12 * float(np.log2(figures.f0_hz)), 4),
            f0_range_semitones=round(figures.f0_range_semitones, 4),
            syllables_per_sec=round(self._syllables(text) / figures.speech_sec, 4),
            pause_sec=round(figures.pause_sec, 3),
            level_dbfs=round(figures.level_dbfs, 3),
            words=words,
            word_errors=round(word_error_rate(text, heard) * words),
            heard=heard,
        )

    def _recognised(self, sound: Samples) -> str:
        """The worker's model with its full window: the worker's short one now and then adds words at an end."""
        still = np.zeros(int(0.3 * RATE), np.float32)
        segments, _ = self._whisper.transcribe(np.concatenate([still, sound, still]), language="en", beam_size=5)
        return " ".join(segment.text.strip() for segment in segments)

    def _syllables(self, text: str) -> int:
        return sum(letter in _SYLLABLES for phonemes in self._letters.phonemize(text) for letter in phonemes)


async def said(interviewer: HibariTTS, text: str) -> Samples:
    """What the session would get for this text, in the style that is set."""
    async with interviewer.stream() as stream:
        stream.push_text(text)
        stream.end_input()
        parts = [np.frombuffer(audio.frame.data, np.int16) async for audio in stream]
    return np.concatenate(parts).astype(np.float32) / np.float32(32768)


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
