"""Grading by a language model. What it fails at, the judge on this machine does, and the report says so."""

import builtins
from asyncio import AbstractEventLoop, get_running_loop, timeout_at
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from agent.assessment.answers import Answer
from agent.assessment.grading import CategoryGrades, Found, GraderFacts, Grading, Wording
from agent.assessment.interview import JudgedInterview
from agent.assessment.judge import AnswerJudgement
from agent.assessment.llm.client import Failure, ModelFailedError, StructuredLlm, sampled
from agent.assessment.llm.levels import Graded, grade_category
from agent.assessment.llm.points import judge_points
from agent.assessment.llm.wording import word_report
from prompts import prompt_version
from prompts.rubrics import RUBRIC_VERSION
from storage.models.interview import Level

log = structlog.get_logger(__name__)
Part = TypeVar("Part")

REASONS: dict[Failure, str] = {
    "unreachable": "The language model could not be reached.",
    "late": "The language model took too long.",
    "malformed": "The language model did not answer in the form asked for, twice.",
    "unfounded": "The language model quoted words that were not said.",
}
FINAL_FAILURES: frozenset[Failure] = frozenset({"unreachable", "late"})
"""After these the model isn't asked again for this attempt: every further question would wait for the same."""


class LlmGrading:
    """Of one attempt. Made inside a running event loop; the time for all calls together begins then."""

    answers_at_once = 3

    def __init__(self, llm: StructuredLlm, on_device: Grading, *, samples: int, timeout_sec: float) -> None:
        self._llm = llm
        self._on_device = on_device
        self._samples = samples
        self._loop: AbstractEventLoop = get_running_loop()
        self._deadline_at = self._loop.time() + timeout_sec
        self._failures: dict[Failure, None] = {}
        """In their order, each once."""
        self._succeeded = False

    async def judge(self, answer: Answer, level: Level) -> AnswerJudgement:
        """The gates come before the model: what they close is never asked about."""
        device = await self._on_device.judge(answer, level)
        if not (device.points or device.story):
            return device
        return await self._or_else(lambda: judge_points(self._llm, answer, device, self._samples), device)

    async def score(self, interview: JudgedInterview) -> CategoryGrades:
        by_rule = await self._on_device.score(interview)

        async def graded(number: int) -> Graded:
            rule = by_rule.categories[number]
            if rule.score is None:
                return Graded(rule)
            return await self._or_else(lambda: grade_category(self._llm, rule, interview, self._samples), Graded(rule))

        found = await sampled(graded, len(by_rule.categories))
        return CategoryGrades(
            categories=[one.category for one in found],
            samples={one.category.category: one.samples for one in found if one.samples},
        )

    async def word(self, found: Found) -> Wording:
        templates = await self._on_device.word(found)
        return await self._or_else(lambda: word_report(self._llm, found, templates), templates)

    def facts(self) -> GraderFacts:
        device = self._on_device.facts()
        why = " ".join(REASONS[failure] for failure in self._failures) or None
        if not self._succeeded:
            return GraderFacts(
                "on_device", device.model, device.rubric_version, device.prompt_version, device.samples, why
            )
        return GraderFacts(
            kind="llm_with_on_device_fallback" if self._failures else "llm",
            model=self._llm.model,
            rubric_version=f"{device.rubric_version}+{RUBRIC_VERSION}",
            prompt_version=prompt_version("judge_points", "judge_category", "judge_wording"),
            samples=self._samples,
            fallback_reason=why,
        )

    async def _or_else(self, ask: Callable[[], Awaitable[Part]], otherwise: Part) -> Part:
        if FINAL_FAILURES & self._failures.keys():
            return otherwise
        try:
            async with timeout_at(self._deadline_at):
                part = await ask()
        except ModelFailedError as error:
            self._note(error.why)
            return otherwise
        except builtins.TimeoutError:
            self._note("late")
            return otherwise
        self._succeeded = True
        return part

    def _note(self, failure: Failure) -> None:
        log.warning("the language model failed at a part of an assessment", why=failure, model=self._llm.model)
        self._failures[failure] = None
