"""Ties the delivery of one interview to its transcript."""

from collections.abc import Iterable

from agent.delivery.choice import DeliveryChoice
from agent.settings import WorkerSettings
from agent.transcript import Transcript
from storage.models.interview import Tone
from storage.models.transcript import Turn


def attach_delivery(
    transcript: Transcript, settings: WorkerSettings, tone: Tone, earlier_turns: Iterable[Turn] = ()
) -> DeliveryChoice:
    """Follows each turn from here on, and begins with what earlier jobs heard of the candidate."""
    delivery = DeliveryChoice(
        tone, styled=settings.delivery_styles, follows_candidate=settings.delivery_follows_candidate
    )
    for turn in earlier_turns:
        delivery.heard(turn)
    transcript.on_turn = delivery.heard
    return delivery
