"""A complete plan for what the candidate asked for: written by a model where one is set, the rest from the bank."""

import asyncio
from collections.abc import Sequence
from typing import Literal

import structlog

from prompts.question_bank import QuestionBank
from storage.models.interview import InterviewParameters, PlanDraft, PlannedQuestion
from token_server.metrics import Metrics
from token_server.planning.kinds import kinds_after
from token_server.planning.material import Material
from token_server.planning.practice import practice_questions
from token_server.planning.selection import draft_plan
from token_server.planning.writer import PlanWriter
from token_server.planning.written import Written

PlanSource = Literal["llm", "llm_and_bank", "bank"]
log = structlog.get_logger()


class Planner:
    """`writer`: None for the bank alone."""

    def __init__(self, bank: QuestionBank, metrics: Metrics, writer: PlanWriter | None = None) -> None:
        self._bank = bank
        self._metrics = metrics
        self._writer = writer

    async def plan(
        self, parameters: InterviewParameters, *, resume: str | None = None, used: Sequence[PlannedQuestion] = ()
    ) -> PlanDraft:
        """Takes as long as the model may; without one no time.

        Args:
            resume: the candidate's, where it is to be used.
            used: what interviews like this one have asked before, oldest first.
        """
        material = Material.of(parameters, resume)
        started_sec = asyncio.get_running_loop().time()
        used_ids = [question.question_id for question in used]
        used_texts = [question.text for question in used if question.question_id not in self._bank]
        first = practice_questions(self._bank, parameters, material, used=used_ids, used_texts=used_texts)
        written = None
        if self._writer is not None:
            written = await self._writer.write(
                parameters,
                material,
                kinds=kinds_after(parameters, [question.kind for question in first]),
                asked=[question.text for question in (*used, *first)],
            )
        draft = draft_plan(
            self._bank,
            parameters,
            material=material,
            used=used_ids,
            used_texts=used_texts,
            written=written,
            first=first,
        )
        self._report(draft, written, took_sec=asyncio.get_running_loop().time() - started_sec)
        return draft

    def _report(self, draft: PlanDraft, written: Written | None, *, took_sec: float) -> None:
        by_model = sum(question.question_id not in self._bank for question in draft.questions)
        source: PlanSource = "bank" if not by_model else "llm" if by_model == len(draft.questions) else "llm_and_bank"
        self._metrics.plans.labels(source).inc()
        if written is None:
            return
        log.info(
            "plan_written",
            source=source,
            model=written.model,
            questions=len(draft.questions),
            by_model=by_model,
            faults=written.faults,
            took_ms=round(took_sec * 1000),
        )
        if written.failures:
            log.warning("plan_writing_fell_short", model=written.model, failures=written.failures)
