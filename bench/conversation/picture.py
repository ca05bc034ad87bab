"""One conversation on a time line: who spoke when, and what happened. SVG by hand, to be opened in any browser."""

from dataclasses import dataclass
from html import escape

import numpy as np

from tests.support.candidate.audio import Samples, level_db

ROW_SEC = 30.0
WIDTH, LEFT, TOP = 1500, 110, 58
ROW_HEIGHT = 190
STEP_SEC = 0.05
FLOOR_DB, CEILING_DB = -60.0, -12.0
LANES = {"candidate": (28, 26), "interviewer": (88, 26), "listening": (130, 12)}
"""Middle of the lane within its row, and half its height."""
COLOURS = {"candidate": "#2a6fb0", "interviewer": "#d0701c", "listening": "#2e8b57"}
EVENT_COLOURS = {
    "response": "#555555",
    "hold": "#7a5ab5",
    "interruption": "#b01030",
    "disturbance": "#8a6d00",
    "back-channel": "#2e8b57",
    "cut-in": "#e00000",
    "problem": "#e00000",
    "pause after clause": "#cfe3f5",
    "pause after open": "#dcd6f2",
    "pause after sentence": "#e6eddb",
}
LABEL_LINES = (154, 168, 182)
"""Where labels stand under the lanes, one under the other when they would overlap."""
CHARACTER_WIDTH = 6.2


@dataclass(frozen=True)
class Event:
    kind: str
    start: float
    end: float
    label: str


def draw(title: str, tracks: dict[str, Samples], events: list[Event]) -> str:
    """`tracks`: sound from second 0, by lane."""
    levels = {lane: _levels(samples) for lane, samples in tracks.items()}
    seconds = max((len(level) * STEP_SEC for level in levels.values()), default=0.0)
    rows = max(1, int(np.ceil(seconds / ROW_SEC)))
    height = TOP + rows * ROW_HEIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'font-family="sans-serif" font-size="11">',
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        f'<text x="{LEFT}" y="18" font-size="15">{escape(title)}</text>',
        _legend(),
    ]
    for row in range(rows):
        parts.append(_row(row, levels, [event for event in events if _touches(event, row)]))
    return "\n".join([*parts, "</svg>\n"])


def _row(row: int, levels: dict[str, Samples], events: list[Event]) -> str:
    begin, top = row * ROW_SEC, TOP + row * ROW_HEIGHT
    parts = [f'<line x1="{LEFT}" y1="{top}" x2="{WIDTH - 10}" y2="{top}" stroke="#dddddd"/>']
    for second in range(int(ROW_SEC) + 1):
        x = _x(begin + second, begin)
        strong = second % 5 == 0
        parts.append(
            f'<line x1="{x}" y1="{top}" x2="{x}" y2="{top + 144}" stroke="{"#cccccc" if strong else "#f0f0f0"}"/>'
        )
        if strong and second < ROW_SEC:
            parts.append(f'<text x="{x + 2}" y="{top - 4}" fill="#888888">{_clock(begin + second)}</text>')
    parts += [_shade(event, begin, top) for event in events if event.kind.startswith("pause")]
    for lane, (middle, half) in LANES.items():
        parts.append(f'<text x="8" y="{top + middle + 4}" fill="{COLOURS[lane]}">{lane}</text>')
        parts.append(_envelope(levels[lane], begin, top + middle, half, COLOURS[lane]))
    taken = [-1.0] * len(LABEL_LINES)
    for event in sorted(events, key=lambda one: one.start):
        if not event.kind.startswith("pause"):
            parts.append(_mark(event, begin, top, taken))
    return "\n".join(parts)


def _mark(event: Event, begin: float, top: int, taken: list[float]) -> str:
    colour = EVENT_COLOURS[event.kind]
    low, high = _x(max(event.start, begin), begin), _x(min(event.end, begin + ROW_SEC), begin)
    line = 60 if event.kind in ("interruption", "disturbance", "hold") else 120
    if event.kind == "response":
        line = 58
    parts = [f'<rect x="{low}" y="{top + line}" width="{max(2.0, round(high - low, 1))}" height="4" fill="{colour}"/>']
    if event.kind in ("cut-in", "problem"):
        parts.append(f'<line x1="{low}" y1="{top}" x2="{low}" y2="{top + 144}" stroke="{colour}" stroke-width="2"/>')
    if event.label and event.start >= begin:
        width = len(event.label) * CHARACTER_WIDTH + 6
        x = min(low, WIDTH - width)
        number = next((n for n, until in enumerate(taken) if until < x), len(taken) - 1)
        taken[number] = x + width
        y = top + LABEL_LINES[number]
        parts.append(f'<line x1="{low}" y1="{top + line}" x2="{low}" y2="{y}" stroke="{colour}" stroke-width="0.5"/>')
        parts.append(f'<text x="{round(x + 2, 1)}" y="{y}" fill="{colour}">{escape(event.label)}</text>')
    return "\n".join(parts)


def _shade(event: Event, begin: float, top: int) -> str:
    low, high = _x(max(event.start, begin), begin), _x(min(event.end, begin + ROW_SEC), begin)
    colour = EVENT_COLOURS[event.kind]
    label = (
        f'<text x="{low + 2}" y="{top + 52}" fill="#777777">{escape(event.label)}</text>'
        if event.start >= begin
        else ""
    )
    return f'<rect x="{low}" y="{top + 12}" width="{round(high - low, 1)}" height="44" fill="{colour}"/>{label}'


def _envelope(level: Samples, begin: float, middle: int, half: int, colour: str) -> str:
    first = int(begin / STEP_SEC)
    piece = level[first : first + int(ROW_SEC / STEP_SEC)]
    heights = np.clip((piece - FLOOR_DB) / (CEILING_DB - FLOOR_DB), 0.0, 1.0) * half
    bars = [
        f"M{round(LEFT + number * STEP_SEC * _scale(), 1)} {round(middle - height, 1)}V{round(middle + height, 1)}"
        for number, height in enumerate(heights)
        if height > 0.5
    ]
    return f'<path d="{"".join(bars)}" stroke="{colour}" stroke-width="{round(STEP_SEC * _scale(), 2)}"/>'


def _legend() -> str:
    parts: list[str] = []
    x = float(LEFT)
    for kind, colour in EVENT_COLOURS.items():
        parts.append(f'<rect x="{x}" y="28" width="12" height="10" fill="{colour}"/>')
        parts.append(f'<text x="{x + 16}" y="37">{kind}</text>')
        x += 36 + len(kind) * CHARACTER_WIDTH
    return "\n".join(parts)


def _levels(samples: Samples) -> Samples:
    """The loudest 10 ms of each step, in dBFS."""
    level = level_db(samples)
    count = round(STEP_SEC / 0.01)
    whole = len(level) // count * count
    return level[:whole].reshape(-1, count).max(axis=1)


def _touches(event: Event, row: int) -> bool:
    return event.start < (row + 1) * ROW_SEC and event.end > row * ROW_SEC


def _x(moment: float, begin: float) -> float:
    return round(LEFT + (moment - begin) * _scale(), 1)


def _scale() -> float:
    return (WIDTH - LEFT - 10) / ROW_SEC


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
