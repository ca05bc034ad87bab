"""Which style a situation is given, and what moves it."""

from typing import get_args

import pytest

from agent.delivery.candidate_state import Ease
from agent.delivery.choice import DeliveryChoice, Situation
from agent.delivery.record import DeliveryRecord
from agent.delivery.styles import NEUTRAL, DeliveryStyle, for_cartesia, for_hibari, for_openai
from storage.models.interview import Tone

pytestmark = pytest.mark.unit
SITUATIONS: tuple[Situation, ...] = get_args(Situation)
TONES: tuple[Tone, ...] = get_args(Tone)


def choice(ease: Ease = "at_ease", *, styled: bool = True, follows_candidate: bool = True) -> DeliveryChoice:
    made = DeliveryChoice(styled=styled, follows_candidate=follows_candidate)
    made.candidate.ease = ease
    return made


@pytest.mark.parametrize(
    ("situation", "manner"),
    [
        ("greeting", "warm"),
        ("question", "neutral"),
        ("follow_up", "curious"),
        ("good_answer", "encouraging"),
        ("hint", "encouraging"),
        ("silence", "encouraging"),
        ("thinking", "calm"),
        ("closing", "warm"),
    ],
)
def test_a_situation_has_its_manner(situation: Situation, manner: str):
    assert choice().style_for(situation).manner == manner


def test_a_challenging_interviewer_is_firm_and_a_friendly_one_warm():
    assert DeliveryChoice("challenging").style_for("follow_up").manner == "firm"
    assert DeliveryChoice("friendly").style_for("question").manner == "warm"


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_nobody_who_struggles_is_spoken_to_faster_or_pressed(situation: Situation, tone: Tone):
    made = DeliveryChoice(tone)
    speeds: list[float] = []
    for ease in get_args(Ease):
        made.candidate.ease = ease
        style = made.style_for(situation)
        speeds.append(for_hibari(style).speed)
    assert speeds == sorted(speeds, reverse=True)
    assert made.style_for(situation).manner in ("calm", "warm")
    assert speeds[-1] < 0.95


def test_the_candidates_state_and_the_styles_can_be_switched_off():
    assert choice("struggling", follows_candidate=False).style_for("follow_up").manner == "curious"
    assert choice("struggling", styled=False).style_for("follow_up") == NEUTRAL


def test_a_style_says_why_and_is_the_same_style_whatever_the_reason():
    style = choice("strained").style_for("follow_up")
    assert style.why == "follow_up, candidate strained (0.00)"
    assert style == DeliveryStyle(style.manner, style.intensity)
    assert hash(style) == hash(DeliveryStyle(style.manner, style.intensity))


def test_hosted_voices_show_a_strong_style_and_soften_a_weak_one():
    strong, weak = DeliveryStyle("calm", 0.8), DeliveryStyle("calm", 0.3)
    assert for_cartesia(strong).emotion == "Calm"
    assert for_cartesia(weak).emotion == "Neutral"
    assert for_cartesia(strong).speed < for_cartesia(weak).speed < 1.0
    assert "slightly" in for_openai(weak).instructions
    assert "slightly" not in for_openai(strong).instructions


def test_only_what_was_heard_is_counted():
    record = DeliveryRecord()
    record.spoken("greeting", DeliveryStyle("warm"), heard=True)
    record.spoken("question", DeliveryStyle("firm"), heard=False)
    record.spoken("closing", DeliveryStyle("warm", 0.5), heard=True)
    assert record.counts == {"warm": 2}
