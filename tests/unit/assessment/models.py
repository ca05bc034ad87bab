"""A language model of the test's making, behind the API that real ones have."""

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any

import httpx2 as httpx
from openai import AsyncOpenAI

from agent.assessment.llm.client import StructuredLlm
from agent.json_model import JsonModel

Reply = str | int | dict[str, Any]
"""A text, an object to be written as JSON, or a status to refuse with."""
_LINE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
_POINT = re.compile(r"^([\w-]+): ", re.MULTILINE)


class Request:
    def __init__(self, body: dict[str, Any]) -> None:
        self.body = body
        self.messages: list[dict[str, str]] = body["messages"]
        self.prompt = self.messages[0]["content"]
        self.shape: str = body["response_format"].get("json_schema", {}).get("name", "")
        self.is_repair = len(self.messages) > 1

    def block(self, name: str) -> str:
        """What the prompt has between <name> and </name>."""
        return self.prompt.rpartition(f"<{name}>")[2].partition(f"</{name}>")[0]

    @property
    def said(self) -> list[tuple[int, str]]:
        """The candidate's lines: seq and text."""
        block = "answer" if self.shape == "PointVerdicts" else "answers"
        return [(int(seq), text) for seq, text in _LINE.findall(self.block(block))]

    @property
    def point_ids(self) -> list[str]:
        return _POINT.findall(self.block("points"))


Answering = Callable[[Request], Reply]


class FakeModel:
    """`answer` says what comes back; everything asked is kept. With `hang`, nothing comes."""

    def __init__(self, answer: Answering, *, hang: bool = False) -> None:
        self._answer = answer
        self._hang = hang
        self.asked: list[Request] = []
        http = httpx.AsyncClient(transport=httpx.MockTransport(self._serve))
        client = AsyncOpenAI(api_key="unused", base_url="http://127.0.0.1/v1", http_client=http, max_retries=0)
        self.llm = StructuredLlm(JsonModel(client, "fake-model"))

    async def _serve(self, request: httpx.Request) -> httpx.Response:
        asked = Request(json.loads(request.content))
        self.asked.append(asked)
        if self._hang:
            await asyncio.Event().wait()
        reply = self._answer(asked)
        if isinstance(reply, int):
            return httpx.Response(reply, json={"error": {"message": "refused"}})
        text = reply if isinstance(reply, str) else json.dumps(reply)
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        body = {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
        return httpx.Response(200, json=body)


def agreeable(request: Request) -> Reply:
    """Hears every point in the first words of the answer, finds everything good, and words nothing."""
    match request.shape:
        case "PointVerdicts":
            return verdicts(request, "yes")
        case "CategoryVerdict":
            return level(request, 4)
        case _:
            return words()


def verdicts(request: Request, covered: str) -> dict[str, Any]:
    seq, text = request.said[0]
    quote = " ".join(text.split()[:8])
    return {"points": [verdict(point_id, covered, quote, seq) for point_id in request.point_ids]}


def verdict(
    point_id: str, covered: str, quote: str | None, seq: int | None, misconception: str | None = None
) -> dict[str, Any]:
    return {
        "point_id": point_id,
        "reason": "Because.",
        "covered": covered,
        "quote": quote,
        "turn_seq": seq,
        "misconception": misconception,
    }


def level(request: Request, value: int | None, reason: str = "You gave the cause and a limit.") -> dict[str, Any]:
    seq, text = request.said[0]
    return {"reason": reason, "evidence": [{"quote": " ".join(text.split()[:8]), "turn_seq": seq}], "level": value}


def words(**given: Any) -> dict[str, Any]:
    nothing = {
        "strengths": [],
        "areas": [],
        "stronger_answers": [],
        "final_assessment": {"finding_ids": [], "text": ""},
    }
    return {**nothing, **given}
