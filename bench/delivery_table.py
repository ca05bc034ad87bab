"""What the styles did to the voice: each against neutral over the same sentences, and whether it is what was wanted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from pydantic import BaseModel, ConfigDict

from agent.delivery.styles import DeliveryStyle, Manner, for_hibari

LEVEL_WITHIN_DB = 2.0
WER_WITHIN_POINTS = 2.0
SEED = 4
_RESAMPLED = 2000

Direction = Literal["down", "same", "up"]


class SpokenSample(BaseModel):
    """One sentence in one manner, as it was heard."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    manner: Manner
    text: str
    f0_semitones: float
    """Mean pitch above 1 Hz."""
    f0_range_semitones: float
    syllables_per_sec: float
    pause_sec: float
    level_dbfs: float
    words: int
    word_errors: int
    heard: str


@dataclass(frozen=True)
class Figure:
    """One column of the table.

    Attributes:
        wanted: the direction that the style table asks for; None where the figure has none.
        decimals: how many to show.
    """

    name: str
    unit: str
    value: Callable[[SpokenSample], float]
    wanted: Callable[[Manner], Direction] | None
    decimals: int


def _sign(difference: float) -> Direction:
    if abs(difference) < 1e-9:
        return "same"
    return "up" if difference > 0 else "down"


def _against_neutral(control: Literal["pitch_semitones", "pitch_range", "speed", "sentence_pause_sec"]):  # noqa: ANN202
    def wanted(manner: Manner) -> Direction:
        full, neutral = for_hibari(DeliveryStyle(manner)), for_hibari(DeliveryStyle("neutral"))
        return _sign(getattr(full, control) - getattr(neutral, control))

    return wanted


FIGURES = (
    Figure("F0", "semitones", lambda one: one.f0_semitones, _against_neutral("pitch_semitones"), 2),
    Figure("F0 range", "semitones", lambda one: one.f0_range_semitones, _against_neutral("pitch_range"), 2),
    Figure("tempo", "syllables/s", lambda one: one.syllables_per_sec, _against_neutral("speed"), 2),
    Figure("pauses", "s", lambda one: one.pause_sec, _against_neutral("sentence_pause_sec"), 2),
    Figure("level", "dB", lambda one: one.level_dbfs, None, 1),
)


@dataclass(frozen=True)
class Difference:
    """Of a style's figure from neutral's, over the same sentences, with its 95 % interval."""

    mean: float
    low: float
    high: float

    @classmethod
    def of(cls, differences: Sequence[float]) -> "Difference":
        values = np.asarray(differences)
        drawn = np.random.default_rng(SEED).integers(0, len(values), (_RESAMPLED, len(values)))
        low, high = np.percentile(values[drawn].mean(axis=1), (2.5, 97.5))
        return cls(float(values.mean()), float(low), float(high))

    @property
    def direction(self) -> Direction:
        """`same` unless the whole interval lies on one side."""
        if self.low > 0:
            return "up"
        return "down" if self.high < 0 else "same"


@dataclass(frozen=True)
class StyleReport:
    manner: Manner
    sentences: int
    means: dict[str, float]
    f0_hz: float
    word_error_rate: float
    differences: dict[str, Difference]
    wer_difference_points: Difference
    failures: list[str]
    """Targets that the style misses, in words; empty if it meets them all."""

    def as_json(self) -> dict[str, Any]:
        return {
            "sentences": self.sentences,
            "f0_hz": round(self.f0_hz, 1),
            "means": {name: round(value, 3) for name, value in self.means.items()},
            "word_error_rate": round(self.word_error_rate, 4),
            "differences": {
                name: [round(value, 3) for value in (one.mean, one.low, one.high)]
                for name, one in [*self.differences.items(), ("wer_points", self.wer_difference_points)]
            },
            "failures": self.failures,
        }


def report_styles(samples: Iterable[SpokenSample]) -> list[StyleReport]:
    """One report per manner that was measured; neutral must be among them."""
    by_manner: dict[Manner, dict[str, SpokenSample]] = {}
    for sample in samples:
        by_manner.setdefault(sample.manner, {})[sample.text] = sample
    neutral = by_manner["neutral"]
    return [_report(manner, by_manner[manner], neutral) for manner in get_args(Manner) if manner in by_manner]


def _report(manner: Manner, spoken: dict[str, SpokenSample], neutral: dict[str, SpokenSample]) -> StyleReport:
    both = [text for text in neutral if text in spoken]
    differences = {
        figure.name: Difference.of([figure.value(spoken[text]) - figure.value(neutral[text]) for text in both])
        for figure in FIGURES
    }
    words = [neutral[text].words for text in both]
    more_errors = [spoken[text].word_errors - neutral[text].word_errors for text in both]
    points = 100 * len(both) / max(1, sum(words))
    wer_difference = Difference.of([errors * points for errors in more_errors])
    return StyleReport(
        manner=manner,
        sentences=len(both),
        means={figure.name: float(np.mean([figure.value(spoken[text]) for text in both])) for figure in FIGURES},
        f0_hz=float(2 ** (np.mean([spoken[text].f0_semitones for text in both]) / 12)),
        word_error_rate=sum(spoken[text].word_errors for text in both) / max(1, sum(words)),
        differences=differences,
        wer_difference_points=wer_difference,
        failures=_failures(manner, differences, wer_difference),
    )


def _failures(manner: Manner, differences: dict[str, Difference], wer: Difference) -> list[str]:
    failures: list[str] = []
    for figure in FIGURES:
        wanted = figure.wanted(manner) if figure.wanted is not None else "same"
        # where the table leaves a control alone, other controls may still move the figure a little
        if wanted != "same" and differences[figure.name].direction != wanted:
            failures.append(f"{figure.name} should go {wanted}")
    if abs(differences["level"].mean) > LEVEL_WITHIN_DB:
        failures.append(f"level further than {LEVEL_WITHIN_DB:g} dB from neutral")
    if wer.mean > WER_WITHIN_POINTS:
        failures.append(f"WER more than {WER_WITHIN_POINTS:g} points above neutral")
    return failures


def markdown(reports: Sequence[StyleReport]) -> str:
    """The table: per style the mean, and in brackets the difference from neutral with the wanted direction."""
    marks: dict[Direction, str] = {"up": "↑", "down": "↓", "same": "·"}
    heads = [f"{figure.name}, {figure.unit}" for figure in FIGURES[1:]]
    lines = [
        "| " + " | ".join(["style", "n", "F0, Hz (semitones)", *heads, "WER, %", "as wanted"]) + " |",
        "|" + "---|" * (len(heads) + 5),
    ]
    for report in reports:
        cells = [report.manner, str(report.sentences)]
        for figure in FIGURES:
            shown = report.f0_hz if figure.name == "F0" else report.means[figure.name]
            cell = f"{shown:.{1 if figure.name == 'F0' else figure.decimals}f}"
            if report.manner != "neutral":
                gone = report.differences[figure.name]
                mark = marks[figure.wanted(report.manner)] + " " if figure.wanted is not None else ""
                cell += f" ({mark}{gone.mean:+.{figure.decimals}f} [{gone.low:+.{figure.decimals}f}, "
                cell += f"{gone.high:+.{figure.decimals}f}])"
            cells.append(cell)
        errors = f"{100 * report.word_error_rate:.1f}"
        if report.manner != "neutral":
            errors += f" ({report.wer_difference_points.mean:+.1f})"
        cells += [errors, "; ".join(report.failures) or "yes"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)
