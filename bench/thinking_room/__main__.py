"""`python -m bench.thinking_room listen dev|test`, then `… curve`: tune on dev, report on test."""

import argparse
import asyncio
import json
from pathlib import Path

from agent.settings import ProviderSettings
from agent.speech.vad import load_vad
from agent.speech.whisper.model import WhisperModel
from bench.samples import RESULTS_DIR
from bench.thinking_room.listening import Ears
from bench.thinking_room.pauses import ClipSet, stimuli


def trace_path(clip_set: ClipSet) -> Path:
    return RESULTS_DIR / f"thinking-room-trace-{clip_set}.json"


async def listen(clip_set: ClipSet) -> None:
    whisper = WhisperModel(ProviderSettings(_env_file=None).whisper_dir)  # pyright: ignore[reportCallIssue]
    whisper.warm()
    ears = Ears(load_vad(), whisper)
    heard: list[dict[str, object]] = []
    for stimulus in stimuli(clip_set, whisper):
        pause = await ears.hear(stimulus)
        heard.append(pause.as_json())
        print(
            f"{pause.place:9} {pause.probabilities['0.2']:.2f} {pause.voiced_after_sec:+.2f} {pause.text!r}", flush=True
        )
    trace_path(clip_set).write_text(json.dumps(heard, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["listen"])
    parser.add_argument("set", nargs="?", default="dev", choices=["dev", "test"])
    arguments = parser.parse_args()
    asyncio.run(listen(arguments.set))


if __name__ == "__main__":
    main()
