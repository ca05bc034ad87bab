"""Which styles the candidate heard: for the developer log, and as counts for the attempt."""

from collections import Counter

import structlog

from agent.delivery.styles import DeliveryStyle, Manner
from storage.models.transcript import Act

log = structlog.get_logger()


class DeliveryRecord:
    """One per conversation."""

    def __init__(self) -> None:
        self._counted: Counter[Manner] = Counter()

    def spoken(self, act: Act, style: DeliveryStyle, *, heard: bool) -> None:
        """After each utterance. `heard` is False where the candidate heard no word of it; then it isn't counted."""
        self._counted[style.manner] += heard
        log.info("utterance_spoken", act=act, style=style.manner, intensity=style.intensity, why=style.why, heard=heard)

    @property
    def counts(self) -> dict[str, int]:
        """Utterances heard per manner, only those that occurred."""
        return {manner: count for manner, count in self._counted.items() if count}
