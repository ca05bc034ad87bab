"""Chooses who grades, by settings, and holds the connection to a model as long as attempts are graded."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

from agent.assessment.grading import Grading
from agent.assessment.on_device import OnDeviceJudge
from agent.assessment.on_device_grading import OnDeviceGrading
from agent.settings import JudgeSettings

NewGrading: TypeAlias = Callable[[], Grading]
"""Called once for each attempt, inside the running event loop."""
CALL_TIMEOUT_SEC = 60.0
"""Of one call; a reply of 1500 tokens takes 15 to 40 s with large hosted models."""
RETRIES = 2
"""Of refused and broken calls, with the waiting times of OpenAI's client."""


@asynccontextmanager
async def gradings(settings: JudgeSettings, judge: OnDeviceJudge) -> AsyncGenerator[NewGrading]:
    on_device = OnDeviceGrading(judge)
    if not settings.judges_by_llm:
        yield lambda: on_device
        return
    # OpenAI's client takes a second to import, and most machines never need it
    from agent.assessment.llm.client import StructuredLlm
    from agent.assessment.llm.grading import LlmGrading
    from agent.json_model import JsonModel, connect

    async with connect(settings, timeout_sec=CALL_TIMEOUT_SEC, tries_more=RETRIES) as client:
        llm = StructuredLlm(JsonModel(client, settings.assessment_model or settings.llm_model))
        yield lambda: LlmGrading(
            llm, on_device, samples=settings.assessment_samples, timeout_sec=settings.assessment_timeout_sec
        )
