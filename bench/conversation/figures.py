"""Figures from samples: what was measured, how sure it is, and whether it is enough."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from scipy.stats import chi2

from bench.conversation.figure_names import FigureName
from bench.conversation.intervals import Interval, quantile, share
from bench.samples import Sample

Taken = Callable[[FigureName], list[Sample]]
"""The samples of a figure, as far as there are any."""


@dataclass(frozen=True)
class Figure:
    """One row of the report."""

    name: str
    n: int
    shown: str
    """The figure with its interval, in words."""
    target: str = ""
    is_met: bool | None = None
    """None: there is no target, or nothing was measured."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def all_figures(taken: Taken) -> list[Figure]:
    return [
        *_response(taken),
        *_false_cut_ins(taken),
        _holds(taken),
        *_interruptions(taken),
        *_disturbances(taken),
        *_back_channels(taken),
        _transcripts(taken),
        _worker_difference(taken),
        _never("replies that never came", taken("unanswered"), of=taken("exchanges")),
        _microphone(taken),
        *_cost(taken),
    ]


def _microphone(taken: Taken) -> Figure:
    """On a machine that has other things to do, what is sent has holes, and the figures are not ours."""
    exchanges = taken("exchanges")
    late = sum(int(one.details["microphone_late"]) for one in exchanges)
    name = "times the candidate's microphone was held up"
    return Figure(name, len(exchanges), str(late), "0", _met(exchanges, late == 0))


# ---------------------------------------------------------------------- response
def _response(taken: Taken) -> list[Figure]:
    first, content = taken("response"), taken("content")
    complete, complete_content = _where(first, is_long=False), _where(content, is_long=False)
    return [
        _seconds("heard response, complete answers: first sound, p50", complete, 0.5, 0.6),
        _seconds("heard response, complete answers: first sound, p95", complete, 0.95, 1.2),
        _seconds("heard response, complete answers: first word of content, p50", complete_content, 0.5, 0.9),
        _seconds("heard response, complete answers: first word of content, p95", complete_content, 0.95, 1.6),
        *(
            _seconds(f"… after answers with seven pauses of 0.5–3 s: {what}, p{share * 100:.0f}", samples, share)
            for what, samples in (
                ("first sound", _where(first, is_long=True)),
                ("first word of content", _where(content, is_long=True)),
            )
            for share in (0.5, 0.95)
        ),
    ]


def _worker_difference(taken: Taken) -> Figure:
    pairs = taken("worker-response")
    later = [float(one.details["heard_sec"]) - one.value for one in pairs if one.value is not None]
    own = quantile([one.value for one in pairs if one.value is not None], 0.5)
    shown = f"worker {_sec(own)}, heard later by {_sec(quantile(later, 0.5))} (p95 {_sec(quantile(later, 0.95))})"
    return Figure("response by the worker's own count, p50", len(pairs), shown if pairs else "–")


# ---------------------------------------------------------------------- turns
def _false_cut_ins(taken: Taken) -> list[Figure]:
    pauses, starts = taken("pauses"), taken("false-starts")
    rows = [
        _share(f"cut into, pauses {words}", _where(pauses, after=kind), lambda one: one.value == 1.0, most=most)
        for kind, words, most in (
            ("clause", "inside a clause", 0.01),
            ("open", "after a filler, a conjunction or an open list", 0.02),
            ("sentence", "after a complete sentence that goes on", None),
        )
    ]
    for low, high in ((0.0, 1.0), (1.0, 2.0), (2.0, 9.0)):
        for kind in ("clause", "open", "sentence"):
            within = [one for one in _where(pauses, after=kind) if low <= one.details["planned_sec"] < high]
            until = f"{low:g}–{high:g} s" if high < 9 else f"{low:g}–3 s"
            name = f"… after {'an open end' if kind == 'open' else f'a {kind}'}, {until if low else '0.5–1 s'}"
            rows.append(_share(name, within, lambda one: one.value == 1.0))
    rows += [
        _never("cut-ins while the candidate spoke on", taken("cut-ins-over-speech"), of=pauses),
        _share("false starts silent within 0.5 s", starts, _at_most(0.5), least=0.95),
        _share("false starts merged into one turn", starts, lambda one: bool(one.details["merged"]), least=0.95),
    ]
    return rows


def _holds(taken: Taken) -> Figure:
    holds = taken("holds")
    held = sum(one.value is not None and one.value >= 10.0 for one in holds)
    nudged = sum(one.details["nudge_sec"] is not None for one in holds)
    shown = f"{held} of {len(holds)} (a quiet word in {nudged})"
    return Figure("“give me a second”: floor held for 10 s", len(holds), shown, "all", _met(holds, held == len(holds)))


def _interruptions(taken: Taken) -> list[Figure]:
    valid = [one for one in taken("interruptions") if not one.details["left_out"]]
    return [
        _seconds("barge-in: heard silence, p50", valid, 0.5, 0.45),
        _seconds("barge-in: heard silence, p95", valid, 0.95, 0.7),
        _share("barge-in: recall (silent within 2 s)", valid, lambda one: one.value is not None, least=0.99),
    ]


def _disturbances(taken: Taken) -> list[Figure]:
    valid = [one for one in taken("disturbances") if not one.details["left_out"]]
    sounds = sorted({str(one.details["sound"]) for one in valid})
    return [
        _share("candidate's “mhm” and noises: it goes on or is back within 1 s", valid, _happened, least=0.98),
        *(_share(f"… {sound}", _where(valid, sound=sound), _happened) for sound in sounds),
    ]


# ---------------------------------------------------------------------- back-channels
def _back_channels(taken: Taken) -> list[Figure]:
    answers, sounds = taken("long-answers"), taken("back-channels")
    minutes = sum(float(one.details["minutes"]) for one in answers)
    count = sum(one.value or 0.0 for one in answers)
    rate = count / minutes if minutes else 0.0
    low = chi2.ppf(0.025, 2 * count) / 2 / minutes if count and minutes else 0.0
    high = chi2.ppf(0.975, 2 * count + 2) / 2 / minutes if minutes else 0.0
    shown = f"{rate:.1f} [{low:.1f}, {high:.1f}] in {minutes:.1f} minutes"
    longest = max((one.value or 0.0 for one in sounds), default=0.0)
    levels = [float(v) for one in sounds if (v := one.details["level_below_voice_db"]) is not None]
    written = sum(int(one.details["in_transcript"]) for one in answers)
    ended = sum(int(one.details["turns_ended"]) for one in answers)
    level = quantile(levels, 0.5)
    return [
        Figure("back-channels per minute of long answers", len(answers), shown, "2–4", _met(answers, 2 <= rate <= 4)),
        Figure("back-channels: longest", len(sounds), f"{longest:.2f} s", "< 1 s", _met(sounds, longest < 1.0)),
        Figure("back-channels: below the voice", len(levels), f"{level.value:.1f} dB" if level else "–", "6–9 dB"),
        _share(
            "back-channels within 0.5 s before its real reply",
            sounds,
            lambda one: bool(one.details["imminent"]),
            most=0,
        ),
        _share("back-channels that began in a pause", sounds, lambda one: one.details["into_pause_sec"] is not None),
        Figure("back-channels in transcripts", len(sounds), str(written), "0", _met(answers, written == 0)),
        Figure("turns ended by back-channels", len(sounds), str(ended), "0", _met(answers, ended == 0)),
    ]


def _transcripts(taken: Taken) -> Figure:
    def is_true(one: Sample) -> bool:
        # one word may be broken off in its middle
        return one.value is not None and one.value <= 1 and bool(one.details["in_order"])

    return _share("after interruptions: words not heard absent, order true", taken("transcripts"), is_true, least=1.0)


# ---------------------------------------------------------------------- cost
def _cost(taken: Taken) -> list[Figure]:
    rows: list[Figure] = []
    samples = taken("cost")
    for at_once in sorted({int(one.details["at_once"]) for one in samples}):
        jobs = _where(samples, at_once=at_once, what="interview")
        most_share = max(one.value or 0.0 for one in jobs)
        most_pss = max(float(one.details["pss_mb"]) for one in jobs)
        met = most_share <= 0.35 and most_pss <= 900
        others = ", ".join(
            f"{one.details['what']} {one.value or 0:.0%} {one.details['pss_mb']:.0f} MB"
            for one in samples
            if one.details["at_once"] == at_once and one.details["what"] != "interview"
        )
        shown = f"{most_share:.0%} of a core, {most_pss:.0f} MB; beside it: {others}"
        rows.append(
            Figure(f"cost of each interview, {at_once} at once", len(jobs), shown, "≤ 35 % of a core, ≤ 900 MB", met)
        )
        response = _where(taken("cost-response"), at_once=at_once)
        rows.append(_seconds(f"… first sound then, p50, {at_once} at once", response, 0.5))
    return rows


# ---------------------------------------------------------------------- in words
def _where(samples: list[Sample], **details: Any) -> list[Sample]:
    return [one for one in samples if all(one.details.get(name) == value for name, value in details.items())]


def _at_most(limit: float) -> Callable[[Sample], bool]:
    return lambda one: one.value is not None and one.value <= limit


def _happened(one: Sample) -> bool:
    return one.value == 1.0


def _met(samples: list[Sample], is_met: bool) -> bool | None:
    return is_met if samples else None


def _seconds(name: str, samples: list[Sample], q: float, most: float | None = None) -> Figure:
    values = [one.value for one in samples if one.value is not None]
    found = quantile(values, q)
    target = "" if most is None else f"≤ {most:g} s"
    met = None if most is None or found is None else found.value <= most
    return Figure(name, len(values), _sec(found), target, met)


def _share(
    name: str,
    samples: list[Sample],
    is_so: Callable[[Sample], bool],
    *,
    most: float | None = None,
    least: float | None = None,
) -> Figure:
    count = sum(map(is_so, samples))
    found = share(count, len(samples))
    target, met = "", None
    if most is not None:
        target, met = f"≤ {most:.0%}", None if found is None else found.value <= most
    elif least is not None:
        target, met = f"≥ {least:.0%}", None if found is None else found.value >= least
    if found is None:
        return Figure(name, 0, "–", target)
    shown = f"{count} of {len(samples)} = {found.value:.1%} [{found.low or 0:.1%}, {found.high or 0:.1%}]"
    return Figure(name, len(samples), shown, target, met)


def _never(name: str, samples: list[Sample], *, of: list[Sample]) -> Figure:
    return Figure(name, len(of), str(len(samples)), "0", _met(of, not samples))


def _sec(found: Interval | None) -> str:
    if found is None:
        return "–"
    low, high = ("?" if bound is None else f"{bound:.2f}" for bound in (found.low, found.high))
    return f"{found.value:.2f} s [{low}, {high}]"
