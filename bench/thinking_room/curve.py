"""Cut-ins against response time over settings, as eot-bench draws it: ours, the stock detector, a silence timer."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from agent.listening.thinking_room import Delays, ThinkingRoom
from agent.settings import WorkerSettings
from bench.thinking_room.replay import Policy, Response, Trace, cut_share, silence_timer, stock, thinking_room

PLACES = {"in_clause": "inside a clause", "open": "after a conjunction, a filler, in a list", "sentence": "sentence"}
_WIDTH, _HEIGHT, _GAP = 300, 260, 50
_LONGEST_SEC = 2.0
_COLOURS = ("#1b6ca8", "#c0392b", "#e08e0b", "#7f8c8d")


@dataclass(frozen=True)
class Point:
    """One setting of one policy."""

    policy: str
    setting: str
    response: Response
    cut_shares: dict[str, float | None]


def points(traces: Sequence[Trace]) -> list[Point]:
    """Every policy over its settings. Stock with the two operating points of eot-bench's report."""
    found = [_point(traces, "ours", f"delays x {scale:g}", _ours(scale)) for scale in (0.8, 0.9, 1, 1.25, 1.5, 2, 3)]
    for threshold in (0.36, 0.43):
        for min_sec in (0.3, 0.5, 0.7, 1.0, 1.4):
            name = f"v1-mini, threshold {threshold}"
            for max_sec in (1.5, 2.0, 3.0):
                policy = stock(threshold, min_sec, max_sec)
                found.append(_point(traces, name, f"min {min_sec:g} s, max {max_sec:g} s", policy))
    timers = (0.5, 0.7, 1.0, 1.3, 1.6, 2.0)
    found += [_point(traces, "silence timer", f"{delay:g} s", silence_timer(delay)) for delay in timers]
    return found


def as_json(found: Sequence[Point], traces: Sequence[Trace]) -> dict[str, Any]:
    counts = {place: sum(trace["place"] == place for trace in traces) for place in (*PLACES, "end")}
    return {"pauses": counts, "points": [asdict(point) for point in found]}


def as_svg(found: Sequence[Point]) -> str:
    """One panel for each kind of place; left and low is better."""
    panels = [_panel(found, place, label, number) for number, (place, label) in enumerate(PLACES.items())]
    width, height = len(PLACES) * (_WIDTH + _GAP) + _GAP, _HEIGHT + 110
    style = "font-family='sans-serif' font-size='11'"
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' {style}>\n"
        f"<rect width='100%' height='100%' fill='white'/>\n{''.join(panels)}{_legend(found)}</svg>\n"
    )


def _ours(scale: float) -> Policy:
    default = {name: field.default for name, field in WorkerSettings.model_fields.items()}
    delays = Delays(
        min_sec=default["endpointing_min_delay_sec"] * scale,
        unsure_sec=default["endpointing_unsure_delay_sec"] * scale,
        max_sec=default["endpointing_max_delay_sec"] * scale,
        doubtful_sec=default["endpointing_doubtful_delay_sec"],
        open_sec=default["endpointing_open_delay_sec"],
        hold_sec=default["thinking_time_sec"],
    )
    return thinking_room(lambda: ThinkingRoom(default["end_of_turn_threshold"], delays))


def _point(traces: Sequence[Trace], name: str, setting: str, policy: Policy) -> Point:
    shares = {place: cut_share([trace for trace in traces if trace["place"] == place], policy) for place in PLACES}
    complete = [trace for trace in traces if trace["place"] == "end" and trace["kind"] == "answer"]
    rounded = {place: None if share is None else round(share, 4) for place, share in shares.items()}
    return Point(name, setting, Response.of(complete, policy), rounded)


def _names(found: Sequence[Point]) -> list[str]:
    return list(dict.fromkeys(point.policy for point in found))


def _panel(found: Sequence[Point], place: str, label: str, number: int) -> str:
    left, top = _GAP + number * (_WIDTH + _GAP), 40
    parts = [f"<text x='{left}' y='25' font-weight='bold'>cut-ins: {label}</text>\n"]
    for tick in range(0, 101, 25):
        y = top + _HEIGHT * (1 - tick / 100)
        parts.append(f"<line x1='{left}' x2='{left + _WIDTH}' y1='{y:.0f}' y2='{y:.0f}' stroke='#dddddd'/>")
        parts.append(f"<text x='{left - 6}' y='{y + 4:.0f}' text-anchor='end'>{tick} %</text>\n")
    for tick in (0.0, 0.5, 1.0, 1.5, 2.0):
        x = left + _WIDTH * tick / _LONGEST_SEC
        parts.append(f"<text x='{x:.0f}' y='{top + _HEIGHT + 16}' text-anchor='middle'>{tick:g} s</text>\n")
    for name, colour in zip(_names(found), _COLOURS, strict=True):
        for point in found:
            share = point.cut_shares[place]
            if point.policy != name or share is None or point.response.mean_sec > _LONGEST_SEC:
                continue
            x = left + _WIDTH * point.response.mean_sec / _LONGEST_SEC
            y = top + _HEIGHT * (1 - share)
            parts.append(f"<circle cx='{x:.1f}' cy='{y:.1f}' r='4' fill='{colour}'/>\n")
    return "".join(parts)


def _legend(found: Sequence[Point]) -> str:
    y = _HEIGHT + 85
    parts = [f"<text x='{_GAP}' y='{y - 12}'>mean time until the turn of a complete answer is taken</text>\n"]
    for number, (name, colour) in enumerate(zip(_names(found), _COLOURS, strict=True)):
        x = _GAP + number * 190
        parts.append(
            f"<circle cx='{x}' cy='{y + 4}' r='4' fill='{colour}'/><text x='{x + 9}' y='{y + 8}'>{name}</text>\n"
        )
    return "".join(parts)
