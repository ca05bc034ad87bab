"""Asks a model for one JSON object of a known shape, from any OpenAI-compatible server."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Literal, TypeVar

from openai import APITimeoutError, OpenAIError
from pydantic import BaseModel, ValidationError

from agent.assessment.llm.schema import Choices, strict_schema
from agent.json_model import JsonModel
from prompts import load_prompt

Shape = TypeVar("Shape", bound=BaseModel)
Sample = TypeVar("Sample")
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

    def __init__(self, model: JsonModel) -> None:
        self._model = model

    @property
    def model(self) -> str:
        return self._model.name

    async def ask(self, prompt: str, shape: type[Shape], choices: Choices) -> Shape:
        """The answer in the shape. `choices` narrow the schema and are the shape's validation context.

        Raises:
            ModelFailedError: There is none.
        """
        messages = [{"role": "user", "content": prompt}]
        schema = {"name": shape.__name__, "schema": strict_schema(shape, choices), "strict": True}
        try:
            text = await self._model.complete(messages, schema)
            try:
                return shape.model_validate_json(text, context=choices)
            except ValidationError as error:
                faults = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
            messages += [
                {"role": "assistant", "content": text},
                {"role": "user", "content": load_prompt("judge_repair", errors="\n".join(faults[:MOST_ERRORS_SHOWN]))},
            ]
            return shape.model_validate_json(await self._model.complete(messages, schema), context=choices)
        except APITimeoutError:
            raise ModelFailedError("late") from None
        except OpenAIError:
            raise ModelFailedError("unreachable") from None
        except ValidationError:
            raise ModelFailedError("malformed") from None


async def sampled(ask: Callable[[int], Awaitable[Sample]], count: int) -> list[Sample]:
    """`count` answers to the same question, asked at once. The first that fails ends the others and is raised."""
    tasks = [asyncio.ensure_future(ask(number)) for number in range(count)]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
