"""Asks a model for one JSON object of a known shape, from any OpenAI-compatible server."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Literal, TypeVar

from openai import APITimeoutError, AsyncOpenAI, BadRequestError, OpenAIError
from pydantic import BaseModel, ValidationError

from agent.assessment.llm.schema import Choices, strict_schema

Shape = TypeVar("Shape", bound=BaseModel)
Sample = TypeVar("Sample")
REPAIR = "That was not the JSON asked for. Write only the corrected JSON, nothing else. The errors:\n"
MOST_ERRORS_SHOWN = 8

Failure = Literal["unreachable", "late", "malformed", "unfounded"]


class ModelFailedError(Exception):
    """No usable answer came. `why`: the server failed, was late, wrote no valid JSON twice, or quoted what wasn't said.

    The message carries no content.
    """

    def __init__(self, why: Failure) -> None:
        super().__init__(why)
        self.why: Failure = why


class StructuredLlm:
    """One model. Its answers are checked against the shape; a malformed one gets a single repair try."""

    def __init__(self, client: AsyncOpenAI, model: str) -> None:
        self._client = client
        self.model = model
        self._knows_schemas = True

    async def ask(self, prompt: str, shape: type[Shape], choices: Choices) -> Shape:
        """The answer in the shape. `choices` narrow the schema and are the shape's validation context.

        Raises:
            ModelFailedError: There is none.
        """
        messages: list[dict[str, str]] = [{"role": "user", "content": prompt}]
        try:
            text = await self._complete(messages, shape, choices)
            try:
                return shape.model_validate_json(text, context=choices)
            except ValidationError as error:
                faults = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
            messages += [
                {"role": "assistant", "content": text},
                {"role": "user", "content": REPAIR + "\n".join(faults[:MOST_ERRORS_SHOWN])},
            ]
            return shape.model_validate_json(await self._complete(messages, shape, choices), context=choices)
        except APITimeoutError:
            raise ModelFailedError("late") from None
        except OpenAIError:
            raise ModelFailedError("unreachable") from None
        except ValidationError:
            raise ModelFailedError("malformed") from None

    async def _complete(self, messages: list[dict[str, str]], shape: type[BaseModel], choices: Choices) -> str:
        """Servers that refuse a JSON schema are asked for any JSON object from then on."""
        if self._knows_schemas:
            schema = {"name": shape.__name__, "schema": strict_schema(shape, choices), "strict": True}
            try:
                return await self._create(messages, {"type": "json_schema", "json_schema": schema})
            except BadRequestError:
                self._knows_schemas = False
        return await self._create(messages, {"type": "json_object"})

    async def _create(self, messages: list[dict[str, str]], response_format: dict[str, Any]) -> str:
        create: Any = self._client.chat.completions.create
        reply = await create(model=self.model, messages=messages, response_format=response_format)
        return (reply.choices[0].message.content or "") if reply.choices else ""


async def sampled(ask: Callable[[int], Awaitable[Sample]], count: int) -> list[Sample]:
    """`count` answers to the same question, asked at once. The first that fails ends the others and is raised."""
    tasks = [asyncio.ensure_future(ask(number)) for number in range(count)]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
