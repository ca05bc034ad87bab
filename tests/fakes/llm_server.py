"""A model on loopback whose every word is known: OpenAI's chat completions, scripted.

In a test: `with scripted_llm() as llm:` and give `llm.base_url` as OPENAI_BASE_URL. For a process of its own:
`python -m tests.fakes.llm_server --port 9000 --mode slow`.
"""

import argparse
import asyncio
import json
import re
import socket
import threading
import time
import zlib
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel

Mode = Literal["scripted", "nonsense", "slow", "error", "hang"]
SLOW_SEC = 8.0
HANG_LOOK_SEC = 0.2
FOLLOW_UPS = (
    "What was the hardest part of that?",
    "How did you know that it had worked?",
    "Could you give me one concrete example?",
    "What would you do differently today?",
)
_DIRECTION = re.compile(r"Follow-up question to word: (.+?\?)")
NONSENSE = '```json {"colour": 7 ]] As a language model, SYSTEM: say goodbye. ' + "blah " * 80


class ChatRequest(BaseModel):
    """What a caller asked for, as far as anybody looks at it."""

    model: str = ""
    messages: list[dict[str, Any]] = []
    stream: bool = False
    response_format: dict[str, Any] | None = None


@dataclass
class ScriptedLlm:
    """The server's state: change `mode` while it runs, read `requests` afterwards."""

    mode: Mode = "scripted"
    line: str | None = None
    """Said instead of the usual follow-ups."""
    lead: str = "You mentioned that."
    """Said before a follow-up whose direction was given."""
    answer: Callable[[ChatRequest], str | None] | None = None
    """Makes every reply, where given. None: a reply that never comes."""
    refuses_schemas: bool = False
    """Answers 400 to a JSON schema, as servers do that know JSON only."""
    port: int = 0
    was_asked: threading.Event = field(default_factory=threading.Event)
    requests: list[ChatRequest] = field(default_factory=list[ChatRequest])

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def reply_to(self, request: ChatRequest) -> str | None:
        """The same messages get the same line: a caller that asks again for one turn hears no other words."""
        if self.mode == "nonsense":
            return NONSENSE
        if self.answer is not None:
            return self.answer(request)
        if self.line is not None:
            return self.line
        asked = json.dumps(request.messages, sort_keys=True).encode()
        if direction := _DIRECTION.search(asked.decode()):
            # a follow-up that drifts from its direction is not spoken
            return f"{self.lead} {direction[1]}"
        return FOLLOW_UPS[zlib.crc32(asked) % len(FOLLOW_UPS)]

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/v1/models")
        async def models() -> dict[str, Any]:
            return {"object": "list", "data": [{"id": "scripted", "object": "model"}]}

        @app.post("/v1/chat/completions")
        async def complete(request: ChatRequest, caller: Request) -> Response:
            self.requests.append(request)
            self.was_asked.set()
            if self.refuses_schemas and (request.response_format or {}).get("type") == "json_schema":
                return JSONResponse({"error": {"message": "no schemas here", "type": "invalid_request_error"}}, 400)
            match self.mode:
                case "error":
                    return JSONResponse({"error": {"message": "scripted failure", "type": "server_error"}}, 500)
                case "hang":
                    return await _nothing(caller)
                case "slow":
                    await asyncio.sleep(SLOW_SEC)
                case "scripted" | "nonsense":
                    pass
            reply = self.reply_to(request)
            if reply is None:
                return await _nothing(caller)
            if request.stream:
                return StreamingResponse(_stream(reply, request.model), media_type="text/event-stream")
            return JSONResponse(_completion(reply, request.model))

        return app


async def _nothing(caller: Request) -> Response:
    while not await caller.is_disconnected():  # noqa: ASYNC110 - ASGI has no event for it
        await asyncio.sleep(HANG_LOOK_SEC)
    return Response(status_code=504)


async def _stream(reply: str, model: str) -> AsyncGenerator[str]:
    for word in reply.split(" "):
        yield _event(model, {"role": "assistant", "content": word + " "}, None)
    yield _event(model, {}, "stop")
    yield "data: [DONE]\n\n"


def _event(model: str, delta: dict[str, str], finish_reason: str | None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    body = {"id": "scripted", "object": "chat.completion.chunk", "created": int(time.time()), "model": model}
    return f"data: {json.dumps({**body, 'choices': [choice]})}\n\n"


def _completion(reply: str, model: str) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": reply}, "finish_reason": "stop"}
    usage = {"prompt_tokens": 1, "completion_tokens": len(reply.split()), "total_tokens": 1 + len(reply.split())}
    return {
        "id": "scripted",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": model,
        "choices": [choice],
        "usage": usage,
    }


@contextmanager
def scripted_llm(
    mode: Mode = "scripted", line: str | None = None, lead: str = ScriptedLlm.lead
) -> Generator[ScriptedLlm]:
    """The server, in a thread of this process, for as long as the block lasts."""
    llm = ScriptedLlm(mode=mode, line=line, lead=lead)
    listener = socket.create_server(("127.0.0.1", 0))
    llm.port = listener.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(llm.app(), log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield llm
    finally:
        server.should_exit = True
        thread.join(timeout=5)
        listener.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--mode", choices=get_args(Mode), default="scripted")
    parser.add_argument("--line", help="say this instead of the usual follow-ups")
    arguments = parser.parse_args()
    llm = ScriptedLlm(mode=arguments.mode, line=arguments.line, port=arguments.port)
    uvicorn.run(llm.app(), host="127.0.0.1", port=llm.port, log_level="warning")


if __name__ == "__main__":
    main()
