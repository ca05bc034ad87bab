"""The conversations as text with the language model of this machine beside the rules: `--model`.

The product doesn't ask that model (agent/setup/model.py). This says what it would bring and cost.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager

from agent.settings import ProviderSettings
from agent.setup.model import HttpModel
from agent.setup.understanding import ModelUnderstanding, RuleUnderstanding, Shape
from bench.samples import SampleFile
from bench.setup.sets import scripts
from bench.setup.talking import talk
from embedded.settings import LlmServerSettings
from tests.support.candidate.rooms import free_port

NAME = "setup-on-device-model"
DEADLINE_SEC = 60.0
"""More than the product gives it: what it would say is measured, too."""


class _Timed:
    def __init__(self, model: HttpModel) -> None:
        self._model = model
        self.seconds: list[float] = []
        """Of each answer."""

    async def ask(self, prompt: str, shape: type[Shape]) -> Shape:
        started = time.monotonic()
        try:
            return await self._model.ask(prompt, shape)
        finally:
            self.seconds.append(round(time.monotonic() - started, 2))


def measure_on_device() -> SampleFile:
    """Of the final set, what isn't kept yet."""
    kept = SampleFile.open(NAME)
    with _model_server() as settings:
        asyncio.run(_measure(kept, settings))
    return kept


async def _measure(kept: SampleFile, settings: ProviderSettings) -> None:
    async with HttpModel(settings, timeout_sec=DEADLINE_SEC) as model:
        for script in scripts():
            if script.set != "final" or script.id in kept:
                continue
            timed = _Timed(model)
            beside = await talk(script, ModelUnderstanding(timed, deadline_sec=DEADLINE_SEC))
            alone = await talk(script, RuleUnderstanding())
            kept.add(
                script.id,
                float(beside.is_right),
                by_rules_alone=alone.is_right,
                answers_sec=timed.seconds,
                read_back=beside.end != "confirmed" or beside.was_read_back,
                agreed=beside.end != "confirmed" or beside.was_agreed,
            )


@contextmanager
def _model_server() -> Generator[ProviderSettings]:
    port = free_port()
    server = LlmServerSettings(on_device_llm_port=port)
    with subprocess.Popen(
        [sys.executable, "-m", "embedded.llm_server"],
        env={**os.environ, "ON_DEVICE_LLM_PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            if not any("listening on" in line for line in process.stdout):
                raise RuntimeError("the language model of this machine doesn't start: run `make run` once")
            yield ProviderSettings(
                _env_file=None,  # pyright: ignore[reportCallIssue]
                openai_base_url=f"http://127.0.0.1:{port}/v1",
                openai_api_key="unused-on-loopback",  # pyright: ignore[reportArgumentType]
                llm_model=server.on_device_llm_model,
            )
        finally:
            process.terminate()
