"""The part of the in-memory store that keeps what candidates say they said."""

from collections.abc import Callable
from datetime import datetime

from storage.errors import ConflictError, NotFoundError
from storage.models.attempt import Attempt
from storage.models.transcript import TurnCorrection
from storage.text import drop_nul
from tests.fakes.tables import OPEN, Tables, find


class FakeCorrections:
    tables: Tables
    clock: Callable[[], datetime]

    async def correct_turn(self, attempt_id: str, seq: int, text: str) -> TurnCorrection:
        attempt = find(self.tables.attempts, attempt_id)
        turn = self.tables.turns.get(attempt_id, {}).get(seq)
        if turn is None:
            raise NotFoundError
        if attempt.status in OPEN:
            raise ConflictError("attempt_open", ref=attempt_id)
        if turn.speaker != "candidate":
            raise ConflictError("validation_failed", "only what the candidate said is corrected")
        corrections = self.tables.corrections.setdefault(attempt_id, {})
        text = drop_nul(text)
        if seq not in corrections or corrections[seq].text != text:
            corrections[seq] = TurnCorrection(seq=seq, text=text, corrected_at=self.clock())
            self.raise_revision(attempt)
        return corrections[seq]

    async def take_back_correction(self, attempt_id: str, seq: int) -> None:
        if seq not in self.tables.turns.get(attempt_id, {}):
            raise NotFoundError
        if self.tables.corrections.get(attempt_id, {}).pop(seq, None) is not None:
            self.raise_revision(self.tables.attempts[attempt_id])

    def raise_revision(self, attempt: Attempt, by: int = 1) -> None:
        update = {"transcript_revision": attempt.transcript_revision + by}
        self.tables.attempts[attempt.id] = attempt.model_copy(update=update)
