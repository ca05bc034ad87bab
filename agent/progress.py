"""Where the interview is: one position, and everybody who must know of a change."""

from collections.abc import Callable
from typing import Literal

from storage.models.attempt import Position

Phase = Literal["waiting", "introduction", "question", "closing", "ended"]


class Progress:
    """The position of this job. Each change is told to the room's attributes and goes with the next heartbeat."""

    def __init__(self, position: Position) -> None:
        self.position = position
        self.on_change: Callable[[Position], None] = lambda _: None

    def enter(self, phase: Phase) -> None:
        self._set(phase=phase)

    def enter_question(self, index: int) -> None:
        """Keeps the count of follow-ups where the question is the one that was going on."""
        same = self.position.phase == "question" and self.position.question_index == index
        self._set(
            phase="question",
            question_index=index,
            follow_ups_asked=self.position.follow_ups_asked if same else 0,
        )

    def asked_follow_up(self) -> None:
        self._set(follow_ups_asked=self.position.follow_ups_asked + 1)

    def declined(self, question_id: str) -> None:
        if question_id not in self.position.declined:
            self._set(declined=[*self.position.declined, question_id])

    def gave_hint(self, question_id: str) -> None:
        self._set(hints=_counted(self.position.hints, question_id))

    def repeated(self, question_id: str) -> None:
        self._set(repeats=_counted(self.position.repeats, question_id))

    def _set(self, **changes: object) -> None:
        self.position = self.position.model_copy(update=changes)
        self.on_change(self.position)


def _counted(counts: dict[str, int], question_id: str) -> dict[str, int]:
    return {**counts, question_id: counts.get(question_id, 0) + 1}
