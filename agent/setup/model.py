"""A model behind OpenAI's API that answers in JSON of a known shape."""

from types import TracebackType
from typing import Annotated, Any, Self

import httpx
from pydantic import BaseModel, Field, ValidationError

from agent.settings import ProviderSettings
from agent.setup.understanding import ModelFailedError, ModelUnderstanding, RuleUnderstanding, Shape, Understanding
from agent.speech.choice import choose_stages

_OPENAI_URL = "https://api.openai.com/v1"
_BAD_REQUEST = 400


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message


class _Completion(BaseModel):
    choices: Annotated[list[_Choice], Field(min_length=1)]


class HttpModel:
    """The hosted model of the settings. Makes no request by itself."""

    def __init__(
        self, settings: ProviderSettings, *, timeout_sec: float, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        key = settings.openai_api_key
        self._model = settings.llm_model
        self._knows_schemas = True
        self._http = httpx.AsyncClient(
            base_url=settings.openai_base_url or _OPENAI_URL,
            headers={} if key is None else {"Authorization": f"Bearer {key.get_secret_value()}"},
            timeout=timeout_sec,
            transport=transport,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def ask(self, prompt: str, shape: type[Shape]) -> Shape:
        try:
            return shape.model_validate_json(await self._complete(prompt, shape))
        except (httpx.HTTPError, ValidationError) as error:
            raise ModelFailedError(type(error).__name__) from None

    async def _complete(self, prompt: str, shape: type[BaseModel]) -> str:
        """A server that refuses a JSON schema is asked for any JSON object from then on."""
        if self._knows_schemas:
            schema = {"name": shape.__name__, "schema": shape.model_json_schema()}
            response = await self._post(prompt, {"type": "json_schema", "json_schema": schema})
            if response.status_code != _BAD_REQUEST:
                return _content(response)
            self._knows_schemas = False
        return _content(await self._post(prompt, {"type": "json_object"}))

    async def _post(self, prompt: str, response_format: dict[str, Any]) -> httpx.Response:
        messages = [{"role": "user", "content": prompt}]
        body = {"model": self._model, "messages": messages, "response_format": response_format}
        return await self._http.post("chat/completions", json=body)


def _content(response: httpx.Response) -> str:
    completion = _Completion.model_validate_json(response.raise_for_status().content)
    return completion.choices[0].message.content or ""


def build_understanding(settings: ProviderSettings, model: HttpModel, *, deadline_sec: float) -> Understanding:
    """With the hosted model, where one is configured. The one on this machine is too slow and too weak for it."""
    if choose_stages(settings).llm.name != "openai":
        return RuleUnderstanding()
    return ModelUnderstanding(model, deadline_sec=deadline_sec)
