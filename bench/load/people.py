"""People with an interview going on, and the calls that pages and jobs make for them."""

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from bench.load.server import signed
from storage.models.transcript import SEQ_PER_EPOCH
from tests.support.client import PASSWORD, Caller, new_account

SAID = "I would begin with an index on the column that the query filters by, and look at the plan again. " * 4
SIGN_UP_AT_ONCE = 4


@dataclass(frozen=True)
class Call:
    """One request and its answer."""

    took_sec: float
    status: int
    code: str | None
    retry_after_sec: float | None

    @property
    def succeeded(self) -> bool:
        return 200 <= self.status < 300

    @property
    def refused_clearly(self) -> bool:
        """Told what it is, and when to come again."""
        return self.status in (429, 503) and self.code is not None and self.retry_after_sec is not None


@dataclass
class Person:
    """Signed up, and in an interview that a job has joined."""

    caller: Caller
    attempt_id: str
    written: int = 0
    """Turns whose writing was begun."""

    async def sign_up(self) -> Call:
        return await self.post("/api/auth/sign-up", new_account())

    async def sign_in(self) -> Call:
        return await self.post("/api/auth/sign-in", {"email": self.caller.user.email, "password": PASSWORD})

    async def room_token(self) -> Call:
        return await self._own("POST", f"/api/attempts/{self.attempt_id}/connection", json={})

    async def interviews(self) -> Call:
        return await self._own("GET", "/api/interviews", params={"limit": 20})

    async def transcript(self) -> Call:
        return await self._own("GET", f"/api/attempts/{self.attempt_id}/turns", params={"limit": 100})

    async def write_turn(self) -> Call:
        """The next one."""
        number = self.written
        self.written += 1
        return await self.write_turn_number(number)

    async def write_turn_number(self, number: int) -> Call:
        turn = {
            "seq": SEQ_PER_EPOCH + number,
            "speaker": "candidate",
            "question_id": None,
            "question_index": None,
            "text": f"{number} {SAID}",
            "started_ms": number * 1000,
            "ended_ms": number * 1000 + 900,
            "confidence": 0.9,
            "intent": "answer",
        }
        path = f"/api/worker/attempts/{self.attempt_id}/turns"
        return await self.post(path, {"turns": [turn]}, headers=signed(f"attempt:{self.attempt_id}"))

    async def post(self, path: str, body: dict[str, Any], **more: Any) -> Call:
        call = await timed(lambda: self.caller.http.post(path, json=body, **more))
        self.caller.http.cookies.clear()
        return call

    async def _own(self, method: str, path: str, **arguments: Any) -> Call:
        return await timed(lambda: self.caller.ask(method, path, **arguments))


KINDS: dict[str, Callable[[Person], Awaitable[Call]]] = {
    "sign-up": Person.sign_up,
    "sign-in": Person.sign_in,
    "room token": Person.room_token,
    "turn": Person.write_turn,
    "list of interviews": Person.interviews,
    "transcript": Person.transcript,
}
MIXED = ("turn", "turn", "turn", "transcript", "list of interviews", "list of interviews", "room token")
"""What interviews and their pages ask for, about as often."""


async def mixed(person: Person) -> Call:
    return await KINDS[random.choice(MIXED)](person)


async def timed(ask: Callable[[], Awaitable[httpx.Response]]) -> Call:
    began = time.monotonic()
    response = await ask()
    took_sec = time.monotonic() - began
    is_problem = response.headers.get("content-type", "").startswith("application/problem+json")
    after = response.headers.get("retry-after")
    return Call(
        took_sec,
        response.status_code,
        response.json().get("code") if is_problem else None,
        None if after is None else float(after),
    )


@asynccontextmanager
async def people(base_url: str, count: int) -> AsyncGenerator[list[Person]]:
    """So many, each in an interview of their own."""
    limit = asyncio.Semaphore(SIGN_UP_AT_ONCE)
    async with AsyncExitStack() as stack:

        async def one() -> Person:
            async with limit:
                caller = await stack.enter_async_context(Caller.signed_up(base_url))
                interview = await caller.create_interview(3)
                started = await caller.start_attempt(interview.id)
                joined = await caller.http.post(
                    f"/api/worker/attempts/{started.attempt.id}/join",
                    headers=signed(f"attempt:{started.attempt.id}"),
                    json={"epoch": 1, "job_id": f"bench-{started.attempt.id}"},
                )
                joined.raise_for_status()
                return Person(caller, started.attempt.id)

        yield await asyncio.gather(*(one() for _ in range(count)))
