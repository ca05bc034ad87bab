"""How long to wait, tuned without a room: `python -m bench.thinking_room listen dev|test`, then `… curve dev|test`.

`listen` lets the real detectors and the real recogniser hear each pause once (minutes); `curve` replays what they said
through the policies (seconds). Tune on dev, report on test.
"""

import argparse
import asyncio
import json
from pathlib import Path

from agent.settings import ProviderSettings
from agent.speech.vad import load_vad
from agent.speech.whisper.model import WhisperModel
from bench.samples import RESULTS_DIR, circumstances
from bench.thinking_room.curve import as_json, as_svg, points
from bench.thinking_room.listening import Ears
from bench.thinking_room.pauses import ClipSet, stimuli
from bench.thinking_room.replay import read_trace
from tests.support.stack import ROOT


def trace_path(clip_set: ClipSet) -> Path:
    """Large, and made in minutes: not kept in the repository."""
    return ROOT / "artifacts" / "bench" / f"thinking-room-trace-{clip_set}.json"


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
    trace_path(clip_set).parent.mkdir(parents=True, exist_ok=True)
    trace_path(clip_set).write_text(json.dumps(heard, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def draw(clip_set: ClipSet) -> None:
    traces = read_trace(trace_path(clip_set))
    found = points(traces)
    result = RESULTS_DIR / f"thinking-room-curve-{clip_set}.json"
    result.write_text(
        json.dumps({"about": circumstances(), **as_json(found, traces)}, indent=1) + "\n", encoding="utf-8"
    )
    result.with_suffix(".svg").write_text(as_svg(found), encoding="utf-8")
    for point in found:
        if point.policy == "ours":
            print(point.setting, point.response, point.cut_shares)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["listen", "curve"])
    parser.add_argument("set", nargs="?", default="dev", choices=["dev", "test"])
    arguments = parser.parse_args()
    if arguments.what == "listen":
        asyncio.run(listen(arguments.set))
    else:
        draw(arguments.set)


if __name__ == "__main__":
    main()
