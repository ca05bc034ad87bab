"""Writes down what was said, in the true order, into the outbox."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from agent.listening.turns import CandidateTurn
from agent.voice import Spoken
from storage.models.transcript import SEQ_PER_EPOCH, Act, Intent, Turn, Word

_GOES_ON: frozenset[Intent] = frozenset({"answer", "ready", "hold", "other", "dont_know"})
"""What somebody means who was cut into and goes on. A wish is a turn of its own."""


class TurnSink(Protocol):
    async def __call__(self, turn: Turn) -> None: ...


async def keep_nothing(turn: Turn) -> None:
    """For conversations that leave no transcript."""
    del turn


class Transcript:
    """Numbers turns and sets their times on the attempt's clock.

    Args:
        epoch: of this job; `seq` starts at epoch * SEQ_PER_EPOCH.
        started_at: loop time of the attempt's start. May lie before this job's life.
        not_before_ms: end of the last stored turn, so that times never fall across jobs.
        keep: stores a turn durably before it returns.
    """

    def __init__(self, *, epoch: int, started_at: float, not_before_ms: int, keep: TurnSink) -> None:
        self._next_seq = epoch * SEQ_PER_EPOCH
        self._started_at = started_at
        self._not_before_ms = not_before_ms
        self._keep = keep
        self._order = asyncio.Lock()
        self._cut_into: str | None = None
        """Question of the candidate's turn that the interviewer cut into; "" outside of questions."""
        self._last_said: str | None = None
        """The same of the candidate's last turn, None if something was said since."""
        self.on_turn: Callable[[Turn], None] = lambda _: None

    async def interviewer_said(
        self, spoken: Spoken, *, act: Act, question_id: str | None, question_index: int | None
    ) -> None:
        """Writes nothing where no word was heard: what the candidate didn't hear wasn't said."""
        if spoken.begun_too_early:
            self._cut_into = self._cut_into if self._last_said is None else self._last_said
        elif act != "nudge":
            self._cut_into = None
        self._last_said = None
        if not spoken.text:
            return
        await self._add(
            lambda seq: Turn(
                seq=seq,
                speaker="interviewer",
                question_id=question_id,
                question_index=question_index,
                text=spoken.text,
                started_ms=self._ms(spoken.started_at),
                ended_ms=self._ms(spoken.ended_at),
                interrupted=spoken.interrupted,
                act=act,
            )
        )

    async def candidate_said(
        self, turn: CandidateTurn, *, intent: Intent, question_id: str | None, question_index: int | None
    ) -> None:
        goes_on = self._cut_into == (question_id or "") and intent in _GOES_ON
        self._cut_into, self._last_said = None, question_id or ""
        await self._add(
            lambda seq: self._candidates(seq, turn, intent, question_id, question_index).model_copy(
                update={"goes_on": goes_on}
            )
        )

    def so_far(
        self, turn: CandidateTurn, *, intent: Intent, question_id: str | None, question_index: int | None
    ) -> Turn:
        """What the candidate is in the middle of saying, as it would be written down now."""
        return self._in_time(self._candidates(self._next_seq, turn, intent, question_id, question_index))

    def _candidates(
        self, seq: int, turn: CandidateTurn, intent: Intent, question_id: str | None, question_index: int | None
    ) -> Turn:
        return Turn(
            seq=seq,
            speaker="candidate",
            question_id=question_id,
            question_index=question_index,
            text=turn.text,
            started_ms=self._ms(turn.started_at),
            ended_ms=self._ms(turn.ended_at),
            interrupted=turn.cut_off,
            confidence=min(1.0, max(0.0, turn.confidence)),
            words=[
                Word(
                    text=word.text[:100],
                    started_ms=self._ms(word.started_at),
                    ended_ms=self._ms(word.ended_at),
                    confidence=word.confidence,
                )
                for word in turn.words
            ],
            intent=intent,
        )

    async def _add(self, make: Callable[[int], Turn]) -> None:
        async with self._order:
            turn = self._in_time(make(self._next_seq))
            self._next_seq += 1
            self._not_before_ms = turn.started_ms
            await self._keep(turn)
            self.on_turn(turn)

    def _in_time(self, turn: Turn) -> Turn:
        """Not before what was said before."""
        started_ms = max(turn.started_ms, self._not_before_ms)
        return turn.model_copy(update={"started_ms": started_ms, "ended_ms": max(turn.ended_ms, started_ms)})

    def _ms(self, loop_time: float) -> int:
        return max(0, round((loop_time - self._started_at) * 1000))


def made_whole(unfinished: Turn, stored: Sequence[Turn], *, waiting_seqs: Sequence[int]) -> Turn | None:
    """What a job that died had heard of a turn, with a number of its own; None where that turn is stored.

    Its number may have gone to the interviewer's words that it broke off: they were written down after it began.

    Args:
        waiting_seqs: of turns on their way to the store.
    """
    # nobody says two things at once
    if any(turn.speaker == "candidate" and turn.ended_ms > unfinished.started_ms for turn in stored):
        return None
    taken = max([*(turn.seq for turn in stored), *waiting_seqs], default=-1)
    return unfinished.model_copy(update={"seq": max(unfinished.seq, taken + 1), "interrupted": True})
