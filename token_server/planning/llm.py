"""A model behind OpenAI's API, asked for JSON of a known shape."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal, TypedDict

import httpx
from pydantic import BaseModel, Field, ValidationError

from token_server.settings import TokenServerSettings

OPENAI_URL = "https://api.openai.com/v1"
MOST_CONNECTIONS = 32
"""Requests at once of this process: two long plans. What waits for longer than its deadline comes from the bank."""
BAD_REQUEST = 400


class Message(TypedDict):
    role: Literal["user", "assistant"]
    content: str


class LlmError(Exception):
    """No answer. The message says why, and holds no content."""


class Llm:
    def __init__(self, http: httpx.AsyncClient, model: str) -> None:
        self._http = http
        self.model = model
        self._knows_schemas = True

    async def complete(self, messages: Sequence[Message], shape: type[BaseModel]) -> str:
        """The model's words, which should be JSON in the shape. Whether they are is the caller's to check.

        A server that refuses a schema and not the rest is asked for any JSON object from then on.

        Raises:
            LlmError
        """
        if self._knows_schemas:
            schema = {"name": shape.__name__, "strict": True, "schema": shape.model_json_schema()}
            response = await self._post(messages, {"type": "json_schema", "json_schema": schema})
            if response.status_code != BAD_REQUEST:
                return _content(response)
        content = _content(await self._post(messages, {"type": "json_object"}))
        self._knows_schemas = False
        return content

    async def _post(self, messages: Sequence[Message], response_format: dict[str, Any]) -> httpx.Response:
        body = {"model": self.model, "messages": messages, "response_format": response_format}
        try:
            return await self._http.post("chat/completions", json=body)
        except httpx.HTTPError as error:
            raise LlmError(type(error).__name__) from None


class _Reply(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Reply


class _Completion(BaseModel):
    choices: Annotated[list[_Choice], Field(min_length=1)]


def _content(response: httpx.Response) -> str:
    if not response.is_success:
        raise LlmError(f"status {response.status_code}")
    try:
        return _Completion.model_validate_json(response.content).choices[0].message.content or ""
    except ValidationError:
        raise LlmError("no completion") from None


@asynccontextmanager
async def open_llm(settings: TokenServerSettings) -> AsyncGenerator[Llm]:
    """The hosted model of the settings. Makes no request by itself."""
    key = settings.openai_api_key
    async with httpx.AsyncClient(
        base_url=settings.openai_base_url or OPENAI_URL,
        headers={} if key is None else {"Authorization": f"Bearer {key.get_secret_value()}"},
        timeout=settings.plan_deadline_sec,
        limits=httpx.Limits(max_connections=MOST_CONNECTIONS),
    ) as http:
        yield Llm(http, settings.llm_model)
