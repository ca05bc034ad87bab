"""The plan of the conversation bench, its intervals, its picture and its report."""

import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from bench.conversation.__main__ import Amounts
from bench.conversation.intervals import quantile, share
from bench.conversation.picture import Event, draw
from bench.conversation.report import BEGIN, END, write_report
from bench.conversation.results import Results
from bench.conversation.runs import paired
from bench.conversation.scripts import PAUSING, Exchange, pause_kind, pauses_of, plan_exchanges
from tests.support.candidate.audio import SAMPLE_RATE
from tests.support.candidate.clips import ClipIndex

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def exchanges() -> list[Exchange]:
    full = Amounts.chosen(quick=False)
    return plan_exchanges(ClipIndex.load(), conversations=full.conversations, exchanges=full.exchanges)


def test_a_full_run_has_the_samples_that_the_targets_ask_for(exchanges: list[Exchange]):
    assert len(pauses_of(exchanges)) >= 600
    assert sum(bool(one.pieces) and not one.is_long for one in exchanges) >= 100
    assert sum(bool(one.interruption) + bool(one.interruption_again) for one in exchanges) >= 115
    assert sum(one.disturbance is not None for one in exchanges) >= 110
    assert len({one.hold for one in exchanges} - {None}) == 20
    assert len({one.voice for one in exchanges}) >= 4


def test_pauses_are_in_balance_by_kind_and_by_length(exchanges: list[Exchange]):
    pauses = pauses_of(exchanges)
    kinds = Counter(pause.pause_kind for pause in pauses)
    assert max(kinds.values()) - min(kinds.values()) <= 4
    for kind in kinds:
        own = [pause.pause_sec for pause in pauses if pause.pause_kind == kind]
        assert sum(0.5 <= sec < 1 for sec in own) / len(own) == pytest.approx(0.4, abs=0.02)
        assert sum(2 <= sec <= 3 for sec in own) / len(own) == pytest.approx(0.2, abs=0.02)


def test_every_conversation_has_some_of_everything_and_pauses_in_each_answer_or_in_none(exchanges: list[Exchange]):
    for number in range(max(one.conversation for one in exchanges) + 1):
        own = [one for one in exchanges if one.conversation == number]
        assert len({pause.pause_kind for pause in pauses_of(own)}) == (3 if PAUSING[number % len(PAUSING)] else 0)
        assert any(one.hold for one in own) or number >= 2 * len({one.voice for one in exchanges})
        assert {"echo", "television"} & {one.disturbance for one in own}


def test_a_quick_run_has_somebody_who_pauses_and_somebody_who_does_not():
    quick = Amounts.chosen(quick=True)
    planned = plan_exchanges(ClipIndex.load(), conversations=quick.conversations, exchanges=quick.exchanges)
    assert {bool(pauses_of([one])) for one in planned if one.pieces} == {True, False}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("We chose that database because", "open"),
        ("I have worked with message queues,", "open"),
        ("There were only three of us, so, um,", "open"),
        ("The team decided to", "clause"),
        ("It was late.", "sentence"),
    ],
)
def test_the_kind_of_a_pause_is_in_the_words_before_it(said: str, kind: str):
    assert pause_kind(said) == kind


def test_wilson_interval_of_none_of_two_hundred():
    found = share(0, 200)
    assert found is not None
    assert (found.value, found.low) == (0.0, pytest.approx(0.0, abs=1e-9))
    assert found.high == pytest.approx(0.0188, abs=0.0005)


def test_a_quantile_lies_between_ranks_that_hold_it_in_95_of_100_draws():
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(400):
        found = quantile([float(value) for value in rng.exponential(size=100)], 0.5)
        assert found is not None
        assert found.low is not None
        assert found.high is not None
        held += found.low <= np.log(2) <= found.high
    assert 0.93 <= held / 400 <= 0.99


def test_few_samples_bound_no_high_quantile():
    found = quantile([0.5, 0.6, 0.7], 0.95)
    assert found is not None
    assert found.high is None


def test_replies_are_paired_in_order_and_those_without_a_partner_are_left_out():
    heard = [("a", 0.62), ("b", 1.4), ("c", 0.7)]
    assert list(paired(heard, [0.5, 3.0, 0.6])) == [("a", 0.62, 0.5), ("c", 0.7, 0.6)]


def test_the_picture_shows_every_event_that_has_a_label():
    sound = np.zeros(40 * SAMPLE_RATE, np.float32)
    events = [Event("cut-in", 35.0, 35.3, "cut in 0.8 & on"), Event("hold", 3.0, 33.0, "held 10.0")]
    tracks = {"candidate": sound, "interviewer": sound, "listening": sound}
    picture = ET.fromstring(draw("a run", tracks, events))  # noqa: S314  # drawn here
    texts = [element.text for element in picture.iter() if element.tag.endswith("text")]
    assert {"cut in 0.8 & on", "held 10.0"} <= set(texts)


def test_what_people_wrote_around_the_tables_stays(tmp_path: Path):
    report = tmp_path / "conversation.md"
    folder = tmp_path / "results" / "conversation"
    Results("scripted", settings="", folder=folder).keep("response", "00-00", 0.61, is_long=True)
    report.write_text(f"before\n\n{BEGIN}\nold table\n{END}\n\nafter\n", encoding="utf-8")
    write_report(folder, report)
    text = report.read_text(encoding="utf-8")
    assert text.startswith("before")
    assert text.endswith("after\n")
    assert "old table" not in text
    assert "0.61 s" in text


def test_a_run_goes_on_only_with_the_same_settings(tmp_path: Path):
    Results("scripted", settings="seed 4", folder=tmp_path).keep("exchanges", "00-00", 30.0)
    assert Results("scripted", settings="seed 4", folder=tmp_path).is_done("00-00")
    assert not Results("scripted", settings="seed 5", folder=tmp_path).is_done("00-00")
