"""What counts as a style that does what its table says."""

from typing import get_args

import numpy as np
import pytest

from agent.delivery.styles import Manner
from bench.delivery_table import SpokenSample, markdown, report_styles

pytestmark = pytest.mark.unit
SENTENCES = [f"Sentence number {number}." for number in range(25)]


def spoken(manner: Manner, **changed: float) -> list[SpokenSample]:
    """The same sentences with figures that differ from sentence to sentence, and from neutral by `changed`."""
    chance = np.random.default_rng(3)
    usual = {"f0_semitones": 92.0, "f0_range_semitones": 7.0, "syllables_per_sec": 5.2, "pause_sec": 0.3}
    samples: list[SpokenSample] = []
    for text in SENTENCES:
        varied = {name: value + chance.normal(0, 0.2) + changed.get(name, 0.0) for name, value in usual.items()}
        samples.append(
            SpokenSample(
                manner=manner,
                text=text,
                level_dbfs=-20.0 + changed.get("level_dbfs", 0.0),
                words=10,
                word_errors=int(changed.get("word_errors", 0)),
                heard=text,
                **varied,
            )
        )
    return samples


CALM = {"f0_semitones": -1.2, "f0_range_semitones": -1.4, "syllables_per_sec": -0.5, "pause_sec": 0.1}


def test_a_style_that_goes_where_its_table_says_meets_it():
    neutral, calm = report_styles([*spoken("neutral"), *spoken("calm", **CALM)])
    assert calm.failures == []
    assert calm.differences["F0"].mean == pytest.approx(-1.2, abs=0.2)
    assert neutral.failures == []
    assert "calm" in markdown([neutral, calm])


@pytest.mark.parametrize(
    ("changed", "failure"),
    [
        ({"syllables_per_sec": 0.5}, "tempo should go down"),
        ({"f0_semitones": 0.0}, "F0 should go down"),
        ({"level_dbfs": -2.5}, "level further than 2 dB from neutral"),
        ({"word_errors": 1}, "WER more than 2 points above neutral"),
    ],
)
def test_what_a_style_misses_is_said(changed: dict[str, float], failure: str):
    report = report_styles([*spoken("neutral"), *spoken("calm", **{**CALM, **changed})])[1]
    assert report.failures == [failure]


def test_every_manner_is_reported_in_its_order():
    samples = [sample for manner in reversed(get_args(Manner)) for sample in spoken(manner)]
    assert [report.manner for report in report_styles(samples)] == list(get_args(Manner))
