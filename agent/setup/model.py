"""The hosted model of the settings, asked for what a turn says."""

from types import TracebackType
from typing import TYPE_CHECKING, Self

from openai import OpenAIError
from pydantic import ValidationError

from agent.json_model import JsonModel, connect
from agent.settings import ProviderSettings
from agent.setup.understanding import ModelFailedError, ModelUnderstanding, RuleUnderstanding, Shape, Understanding
from agent.speech.choice import choose_stages

if TYPE_CHECKING:
    from httpx2 import AsyncClient


class HttpModel:
    """Asks once: who is talking waits for no second try."""

    def __init__(self, settings: ProviderSettings, *, timeout_sec: float, http: "AsyncClient | None" = None) -> None:
        self._client = connect(settings, timeout_sec=timeout_sec, http=http)
        self._model = JsonModel(self._client, settings.llm_model)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._client.close()

    async def ask(self, prompt: str, shape: type[Shape]) -> Shape:
        schema = {"name": shape.__name__, "schema": shape.model_json_schema()}
        try:
            answer = await self._model.complete([{"role": "user", "content": prompt}], schema)
            return shape.model_validate_json(answer)
        except (OpenAIError, ValidationError) as error:
            raise ModelFailedError(type(error).__name__) from None


def build_understanding(settings: ProviderSettings, model: HttpModel, *, deadline_sec: float) -> Understanding:
    """With the hosted model, where one is configured. The one on this machine is too slow and too weak for it."""
    if choose_stages(settings).llm.name != "openai":
        return RuleUnderstanding()
    return ModelUnderstanding(model, deadline_sec=deadline_sec)
