"""The HTTP contract as an outside caller sees it: nothing here knows the server's code.

`Caller` signs one person up and does what a page would do. Every unexpected answer is a `Refused` with its code.
"""

import asyncio
import secrets
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Literal, Self, TypeVar

import httpx
from pydantic import BaseModel, ConfigDict

T = TypeVar("T")
PASSWORD = "correct-horse-battery-staple"
"""Of accounts that live as long as a test."""


def new_account(display_name: str = "Robin") -> dict[str, str]:
    """The body of a sign-up that nobody has made before."""
    return {"email": f"{secrets.token_hex(6)}@example.com", "password": PASSWORD, "display_name": display_name}


class Refused(RuntimeError):  # noqa: N818 - reads as what happened
    """The server answered with a problem."""

    def __init__(self, response: httpx.Response) -> None:
        is_problem = response.headers.get("content-type", "").startswith("application/problem+json")
        self.problem: dict[str, Any] = response.json() if is_problem else {}
        self.status = response.status_code
        self.code: str | None = self.problem.get("code")
        super().__init__(f"{response.request.method} {response.request.url.path}: {self.status} {response.text[:300]}")


class Seen(BaseModel):
    """What this client reads of an answer; more fields may be there."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class User(Seen):
    id: str
    email: str
    display_name: str


class SignedIn(Seen):
    user: User
    access_token: str
    refresh_token: str


class Question(Seen):
    question_id: str
    index: int
    kind: str
    text: str


class InterviewSeen(Seen):
    id: str
    title: str
    question_count: int
    questions: list[Question]


class ConnectionSeen(Seen):
    server_url: str
    participant_token: str
    room_name: str
    participant_identity: str


class StartedAttempt(Seen):
    id: str
    number: int
    status: str


class Started(Seen):
    attempt: StartedAttempt
    connection: ConnectionSeen


class MeasurementsSeen(Seen):
    response_delay_ms: list[int] = []


class AttemptSeen(Seen):
    id: str
    status: Literal["planned", "live", "ended", "abandoned"]
    started_at: datetime | None = None
    ended_at: datetime | None = None
    end_reason: str | None = None
    measurements: MeasurementsSeen = MeasurementsSeen()

    @property
    def is_over(self) -> bool:
        return self.status in ("ended", "abandoned")


class WordSeen(Seen):
    text: str
    started_ms: int
    ended_ms: int
    confidence: float


class TurnSeen(Seen):
    seq: int
    speaker: Literal["interviewer", "candidate"]
    question_id: str | None
    question_index: int | None
    text: str
    started_ms: int
    ended_ms: int
    interrupted: bool
    confidence: float | None
    words: list[WordSeen] | None = None
    intent: str | None = None
    act: str | None = None


class RecordingSeen(Seen):
    epoch: int
    offset_ms: int
    duration_ms: int
    bytes: int


class FeedbackSeen(Seen):
    status: Literal["not_ready", "queued", "running", "ready", "failed", "not_assessable"]
    reason: str | None = None
    feedback: dict[str, Any] | None = None

    @property
    def is_settled(self) -> bool:
        return self.status in ("ready", "failed", "not_assessable")


class Caller:
    """One signed-in person."""

    def __init__(self, http: httpx.AsyncClient, signed_in: SignedIn) -> None:
        self.http = http
        self.user = signed_in.user
        self._signed_in(signed_in)

    @classmethod
    @asynccontextmanager
    async def signed_up(cls, base_url: str, display_name: str = "Robin") -> AsyncGenerator[Self]:
        """A new account on the server at `base_url`, gone from this process at the end, kept in the data."""
        async with httpx.AsyncClient(base_url=base_url, timeout=30) as http:
            response = await http.post("/api/auth/sign-up", json=new_account(display_name))
            if response.status_code != 201:
                raise Refused(response)
            http.cookies.clear()
            yield cls(http, SignedIn.model_validate(response.json()))

    async def call(self, method: str, path: str, **arguments: Any) -> Any:
        """The JSON of an answer, None for an empty one.

        Raises:
            Refused: anything but a 2xx.
        """
        response = await self.ask(method, path, **arguments)
        if not response.is_success:
            raise Refused(response)
        return response.json() if response.content else None

    async def ask(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        """Whatever is answered."""
        return await self.http.request(method, path, headers=self._headers, **arguments)

    async def refresh(self) -> None:
        """A new session, as the page asks for when the hour of the old one is over."""
        response = await self.http.post("/api/auth/refresh", json={"refresh_token": self._refresh_token})
        if not response.is_success:
            raise Refused(response)
        self.http.cookies.clear()
        self._signed_in(SignedIn.model_validate(response.json()))

    def _signed_in(self, by: SignedIn) -> None:
        self._refresh_token = by.refresh_token
        self._headers = {"Authorization": f"Bearer {by.access_token}"}

    async def create_interview(
        self,
        question_count: int = 2,
        *,
        role: str = "Backend developer",
        interview_type: Literal["behavioral", "technical", "mixed"] = "mixed",
        level: Literal["junior", "mid", "senior"] = "mid",
        technologies: list[str] | None = None,
        **more: Any,
    ) -> InterviewSeen:
        body = {
            "role": role,
            "interview_type": interview_type,
            "level": level,
            "technologies": technologies or ["Python"],
            "question_count": question_count,
            **more,
        }
        return InterviewSeen.model_validate(await self.call("POST", "/api/interviews", json=body))

    async def start_attempt(self, interview_id: str, **wishes: Any) -> Started:
        answer = await self.call("POST", f"/api/interviews/{interview_id}/attempts", json=wishes)
        return Started.model_validate(answer)

    async def connection(self, attempt_id: str) -> ConnectionSeen:
        answer = await self.call("POST", f"/api/attempts/{attempt_id}/connection", json={})
        return ConnectionSeen.model_validate(answer)

    async def command(self, attempt_id: str, command: Literal["repeat", "skip", "hint"]) -> None:
        await self.call("POST", f"/api/attempts/{attempt_id}/commands", json={"command": command})

    async def end(self, attempt_id: str) -> None:
        await self.call("POST", f"/api/attempts/{attempt_id}/end")

    async def attempt(self, attempt_id: str) -> AttemptSeen:
        return AttemptSeen.model_validate(await self.call("GET", f"/api/attempts/{attempt_id}"))

    async def turns(self, attempt_id: str) -> list[TurnSeen]:
        """All turns, page by page."""
        turns: list[TurnSeen] = []
        parameters: dict[str, Any] = {"limit": 100}
        while True:
            page = await self.call("GET", f"/api/attempts/{attempt_id}/turns", params=parameters)
            turns += [TurnSeen.model_validate(item) for item in page["items"]]
            if not page.get("next_cursor"):
                return sorted(turns, key=lambda turn: turn.seq)
            parameters["cursor"] = page["next_cursor"]

    async def recordings(self, attempt_id: str) -> list[RecordingSeen]:
        answer = await self.call("GET", f"/api/attempts/{attempt_id}/recordings")
        return [RecordingSeen.model_validate(item) for item in answer["items"]]

    async def recording(self, attempt_id: str, epoch: int) -> bytes:
        """The sound itself."""
        response = await self.http.get(f"/api/attempts/{attempt_id}/recordings/{epoch}", headers=self._headers)
        if not response.is_success:
            raise Refused(response)
        return response.content

    async def feedback(self, attempt_id: str) -> FeedbackSeen:
        return FeedbackSeen.model_validate(await self.call("GET", f"/api/attempts/{attempt_id}/feedback"))

    async def settled_feedback(self, attempt_id: str, within_sec: float = 60.0) -> FeedbackSeen:
        """The feedback once it is ready, failed, or known not to come."""
        return await eventually(lambda: self.feedback(attempt_id), lambda seen: seen.is_settled, within_sec)

    async def over(self, attempt_id: str, within_sec: float = 30.0) -> AttemptSeen:
        """The attempt once it has ended or was abandoned."""
        return await eventually(lambda: self.attempt(attempt_id), lambda seen: seen.is_over, within_sec)


async def eventually(
    look: Callable[[], Awaitable[T]], is_so: Callable[[T], bool], within_sec: float, every_sec: float = 0.25
) -> T:
    """Ask again until the answer is as wanted: an HTTP API gives a caller nothing to wait for.

    Raises:
        TimeoutError: with what was seen last.
    """
    limit = time.monotonic() + within_sec
    while not is_so(seen := await look()):
        if time.monotonic() > limit:
            raise TimeoutError(f"not so after {within_sec:g} s: {seen!r}")
        await asyncio.sleep(every_sec)
    return seen
