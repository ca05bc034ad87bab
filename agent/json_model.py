"""A model behind OpenAI's API that is asked for JSON. For the judge and for the set-up; each checks what comes back."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from openai import AsyncOpenAI, BadRequestError

from agent.settings import ProviderSettings

if TYPE_CHECKING:
    from httpx2 import AsyncClient

Messages: TypeAlias = Sequence[Mapping[str, str]]


def connect(
    settings: ProviderSettings, *, timeout_sec: float, tries_more: int = 0, http: "AsyncClient | None" = None
) -> AsyncOpenAI:
    """A connection to the hosted model of the settings. Makes no request by itself; close it.

    Args:
        tries_more: of refused and broken calls, with the waiting times of OpenAI's client.
        http: takes the place of the client's own, in tests.
    """
    return AsyncOpenAI(
        api_key=settings.openai_key_or_none,
        base_url=settings.openai_address,
        timeout=timeout_sec,
        max_retries=tries_more,
        http_client=http,
    )


class JsonModel:
    def __init__(self, client: AsyncOpenAI, name: str) -> None:
        self._client = client
        self.name = name
        self._knows_schemas = True

    async def complete(self, messages: Messages, json_schema: Mapping[str, Any]) -> str:
        """The model's words, which should be JSON. Whether they are is the caller's to check.

        A server that refuses a schema is asked for any JSON object from then on.

        Args:
            json_schema: OpenAI's `json_schema`: name, schema, strict.

        Raises:
            OpenAIError: The server failed or was late.
        """
        if self._knows_schemas:
            try:
                return await self._create(messages, {"type": "json_schema", "json_schema": json_schema})
            except BadRequestError:
                self._knows_schemas = False
        return await self._create(messages, {"type": "json_object"})

    async def _create(self, messages: Messages, response_format: Mapping[str, Any]) -> str:
        create: Any = self._client.chat.completions.create
        reply = await create(model=self.name, messages=messages, response_format=response_format)
        return (reply.choices[0].message.content or "") if reply.choices else ""
