"""What a policy would have done in each recorded pause. No model runs, and no time passes."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from agent.listening.own_pauses import sentence_pauses_sec
from agent.listening.thinking_room import Endpointing, Pause
from agent.listening.turns import SpokenWord

FIRST_LOOK, SECOND_LOOK = "0.2", "0.5"
"""Silence after the last sound at which the worker's ears ask the turn detector, as near as it was probed."""
_ANSWERS_WITHIN_SEC = 0.09
"""The turn detector's (facts/speech.md section 3: p50 50 ms, on a busy machine 97)."""
_DECODE_BEGINS_SEC = 0.2
_DECODE_SEC, _DECODE_SEC_PER_SEC = 0.05, 0.025
"""Whisper tiny.en on an idle core: 0.18 s for 5 s of speech."""
_LONGEST_SEGMENT_SEC = 12.0

Trace = dict[str, Any]
Policy = Callable[[Trace], float]
"""From a pause to the moment at which the turn would be taken, in seconds after the last sound."""


def read_trace(path: Path) -> list[Trace]:
    return json.loads(path.read_text(encoding="utf-8"))


def text_ready_sec(trace: Trace) -> float:
    """A turn can't be answered before its words are known."""
    return _DECODE_BEGINS_SEC + _decode_sec(trace["speech_sec"])


def mark_ready_sec(trace: Trace) -> float:
    """Nor, where it counts, before the mark behind them is. Some are listened to twice."""
    again_sec = _decode_sec(_LONGEST_SEGMENT_SEC) if trace["mark_heard_again"] else 0.0
    return text_ready_sec(trace) + again_sec


def _decode_sec(speech_sec: float) -> float:
    return _DECODE_SEC + _DECODE_SEC_PER_SEC * min(_LONGEST_SEGMENT_SEC, speech_sec)


def silence_timer(delay_sec: float) -> Policy:
    return lambda trace: max(delay_sec, text_ready_sec(trace))


def stock(threshold: float, min_sec: float, max_sec: float) -> Policy:
    """v1-mini with fixed delays, as eot-bench draws it."""

    def taken_at(trace: Trace) -> float:
        likely = trace["probabilities"][FIRST_LOOK] >= threshold
        return max(min_sec if likely else max(min_sec, max_sec), text_ready_sec(trace))

    return taken_at


def thinking_room(build: Callable[[], Endpointing]) -> Policy:
    """A new one for each pause: what was learnt of the speaker before this turn is left out."""

    def taken_at(trace: Trace) -> float:
        endpointing = build()
        looks = [trace["probabilities"][FIRST_LOOK], trace["probabilities"][SECOND_LOOK]]
        second_known_at = float(SECOND_LOOK) + _ANSWERS_WITHIN_SEC
        known_at = max(float(FIRST_LOOK) + _ANSWERS_WITHIN_SEC, mark_ready_sec(trace))
        early = max(endpointing.wait_sec(_pause(trace, looks[:1])), known_at)
        if early < second_known_at:
            return early
        return max(endpointing.wait_sec(_pause(trace, looks)), second_known_at, known_at)

    return taken_at


def cut_share(traces: Sequence[Trace], policy: Policy) -> float | None:
    """Of pauses of 0.5–1 s (40 %), 1–2 s (40 %) and 2–3 s (20 %), those that are cut into."""
    return float(np.mean([_longer_than(policy(trace)) for trace in traces])) if traces else None


@dataclass(frozen=True)
class Response:
    """From the last sound of complete answers to the moment their turn is taken, in seconds."""

    count: int
    mean_sec: float
    p50_sec: float
    p95_sec: float

    @classmethod
    def of(cls, traces: Sequence[Trace], policy: Policy) -> "Response":
        waits = [policy(trace) for trace in traces]
        p50, p95 = np.quantile(waits, [0.5, 0.95])
        return cls(len(waits), round(float(np.mean(waits)), 3), round(float(p50), 3), round(float(p95), 3))


def _longer_than(wait_sec: float) -> float:
    """Share of the pauses that are longer than this."""
    return float(np.interp(wait_sec, [0.5, 1.0, 2.0, 3.0], [1.0, 0.6, 0.2, 0.0]))


def _pause(trace: Trace, looks: Sequence[float]) -> Pause:
    words = tuple(_words(trace))
    return Pause(
        trace["text"],
        tuple(looks),
        words,
        own_pauses_sec=sentence_pauses_sec(words),
        stop_probability=trace["stop_probability"],
    )


def _words(trace: Trace) -> list[SpokenWord]:
    """Stand-ins with the pauses between the sentences and the confidence of the last word."""
    words: list[SpokenWord] = []
    at = 0.0
    for pause_sec in trace["earlier_pauses_sec"]:
        words.append(SpokenWord("said.", at, at + 0.3, 1.0))
        at += 0.3 + pause_sec
    return [*words, SpokenWord("last", at, at + 0.3, trace["confidence"])]
