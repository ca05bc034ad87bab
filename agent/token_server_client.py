"""Signed calls from worker and assessor to the token server (storage/models/worker_api.py lists them).

Every call carries a JWT of its own that lives for minutes and names one subject, so a job that runs untrusted
speech through a model can reach its own attempt and nothing else:

    async with TokenServerClient(settings.token_server_url, settings.worker_api_secret) as client:
        brief = await client.attempt(attempt_id).join(JoinRequest(epoch=1, job_id=job.id))

Nothing is retried here: the outbox, the heartbeat and the claim loop each know best when to try again.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote, urlsplit

import httpx
import jwt
from pydantic import BaseModel, SecretStr, ValidationError

from agent.tls import token_server_tls
from agent.token_server_errors import UnavailableError, UnexpectedAnswerError, refusal_of
from storage.models.assessment import AssessmentWork
from storage.models.recording import CONTENT_TYPE
from storage.models.setup import (
    SetupBrief,
    SetupConfirmation,
    SetupConfirmed,
    SetupDraft,
    SetupDraftChange,
    SetupDraftStored,
    SetupJoin,
)
from storage.models.worker_api import (
    WORKER_AUDIENCE,
    AttemptBrief,
    AttemptEnd,
    AttemptHeartbeat,
    ClaimRequest,
    FailureReport,
    FeedbackReport,
    JobLost,
    JoinRequest,
    ProgressReport,
    TurnBatch,
    TurnsStored,
    WorkerHeartbeat,
)

JWT_LIFETIME_SEC = 300
"""Half of what the token server accepts: room for clocks that differ."""
CALL_TIMEOUT_SEC = 10.0
_UPLOAD_ANSWER_SEC = 60.0
"""The answer comes when the file is where recordings are kept."""
_UPLOAD_CHUNK_BYTES = 256 * 1024
Answer = TypeVar("Answer", bound=BaseModel)
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "::1", "localhost"})


def mint_worker_jwt(secret: str, subject: str, now_sec: float) -> str:
    """A JWT for one call of the worker API."""
    claims = {
        "aud": WORKER_AUDIENCE,
        "sub": subject,
        "iat": int(now_sec),
        "exp": int(now_sec) + JWT_LIFETIME_SEC,
    }
    return jwt.encode(claims, secret, algorithm="HS256")


class TokenServerClient:
    """One connection pool; ask it for the calls of a subject."""

    def __init__(
        self,
        base_url: str,
        secret: SecretStr,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        now_sec: Callable[[], float] = time.time,
        timeout_sec: float = CALL_TIMEOUT_SEC,
    ) -> None:
        self._secret = secret
        self._now_sec = now_sec
        self._http = httpx.AsyncClient(
            base_url=base_url,
            transport=transport,
            timeout=timeout_sec,
            verify=token_server_tls(),
            # A proxy from the environment can't reach our own loopback.
            trust_env=urlsplit(base_url).hostname not in LOOPBACK_HOSTS,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self._http.aclose()

    def worker(self, worker_id: str) -> "WorkerCalls":
        return WorkerCalls(self, f"worker:{worker_id}")

    def attempt(self, attempt_id: str) -> "AttemptCalls":
        return AttemptCalls(self, f"attempt:{attempt_id}", attempt_id)

    def setup(self, setup_id: str) -> "SetupCalls":
        return SetupCalls(self, f"setup:{setup_id}", setup_id)

    def assessor(self, assessor_id: str) -> "AssessorCalls":
        return AssessorCalls(self, f"assessor:{assessor_id}", assessor_id)

    async def post(self, subject: str, path: str, body: BaseModel | None = None) -> httpx.Response:
        return await self.call("POST", subject, path, body)

    async def call(self, method: str, subject: str, path: str, body: BaseModel | None = None) -> httpx.Response:
        """Sends one signed call. Returns successes only; every refusal is a TokenServerError."""
        content = None if body is None else body.model_dump_json()
        return await self._send(method, subject, path, {"Content-Type": "application/json"}, content=content)

    async def put_file(
        self, subject: str, path: str, file: Path, *, size_bytes: int, query: Mapping[str, int], content_type: str
    ) -> None:
        """Sends the first bytes of a file in one signed call. Refusals as in `call`."""
        headers = {"Content-Type": content_type, "Content-Length": str(size_bytes)}
        content = _first_bytes(file, size_bytes)
        timeout = httpx.Timeout(CALL_TIMEOUT_SEC, read=_UPLOAD_ANSWER_SEC)
        await self._send("PUT", subject, path, headers, content=content, params=dict(query), timeout=timeout)

    async def _send(
        self, method: str, subject: str, path: str, headers: Mapping[str, str], **request: Any
    ) -> httpx.Response:
        token = mint_worker_jwt(self._secret.get_secret_value(), subject, self._now_sec())
        try:
            response = await self._http.request(
                method, path, headers={"Authorization": f"Bearer {token}", **headers}, **request
            )
        except httpx.TransportError as error:
            raise UnavailableError(f"token server not reached: {type(error).__name__}") from error
        if not response.is_success:
            raise refusal_of(response)
        return response


async def _first_bytes(file: Path, size_bytes: int) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(file.open, "rb") as content:
        left = size_bytes
        while left > 0 and (chunk := await asyncio.to_thread(content.read, min(left, _UPLOAD_CHUNK_BYTES))):
            left -= len(chunk)
            yield chunk


class WorkerCalls:
    """Calls of a worker's main process."""

    def __init__(self, client: TokenServerClient, subject: str) -> None:
        self._client = client
        self._subject = subject

    async def heartbeat(self, heartbeat: WorkerHeartbeat) -> None:
        await self._client.post(self._subject, "/api/worker/heartbeat", heartbeat)


class AttemptCalls:
    """Calls of the job that runs one attempt."""

    def __init__(self, client: TokenServerClient, subject: str, attempt_id: str) -> None:
        self._client = client
        self._subject = subject
        self._path = f"/api/worker/attempts/{quote(attempt_id, safe='')}"

    async def join(self, request: JoinRequest) -> AttemptBrief:
        """Raises SupersededError or AttemptOverError when this job is not to run."""
        response = await self._client.post(self._subject, f"{self._path}/join", request)
        return _parsed(response, AttemptBrief)

    async def heartbeat(self, heartbeat: AttemptHeartbeat) -> None:
        """Raises SupersededError or AttemptOverError when this job is to leave."""
        await self._client.post(self._subject, f"{self._path}/heartbeat", heartbeat)

    async def store_turns(self, batch: TurnBatch) -> TurnsStored:
        """Idempotent by seq, and taken from a superseded job too."""
        response = await self._client.post(self._subject, f"{self._path}/turns", batch)
        return _parsed(response, TurnsStored)

    async def store_recording(
        self, file: Path, *, epoch: int, offset_ms: int, duration_ms: int, size_bytes: int
    ) -> None:
        """Idempotent by epoch, and taken from a superseded job too. RefusedError where nobody may keep it."""
        await self._client.put_file(
            self._subject,
            f"{self._path}/recordings/{epoch}",
            file,
            size_bytes=size_bytes,
            query={"offset_ms": offset_ms, "duration_ms": duration_ms},
            content_type=CONTENT_TYPE,
        )

    async def end(self, end: AttemptEnd) -> None:
        await self._client.post(self._subject, f"{self._path}/end", end)

    async def lost(self, epoch: int) -> None:
        """The job of this epoch is gone without having come to its end: another one is to be sent for."""
        await self._client.post(self._subject, f"{self._path}/lost", JobLost(epoch=epoch))


class SetupCalls:
    """Calls of the job that holds one set-up conversation. Each raises SetupOverError when this job is to leave."""

    def __init__(self, client: TokenServerClient, subject: str, setup_id: str) -> None:
        self._client = client
        self._subject = subject
        self._path = f"/api/worker/setup-conversations/{quote(setup_id, safe='')}"

    async def join(self, job_id: str) -> SetupBrief:
        response = await self._client.post(self._subject, f"{self._path}/join", SetupJoin(job_id=job_id))
        return _parsed(response, SetupBrief)

    async def draft(self) -> SetupDraftStored:
        response = await self._client.call("GET", self._subject, f"{self._path}/draft")
        return _parsed(response, SetupDraftStored)

    async def store_draft(self, revision: int, draft: SetupDraft) -> SetupDraftStored:
        """Raises StaleRevisionError when the draft has another revision."""
        change = SetupDraftChange(revision=revision, draft=draft)
        response = await self._client.call("PUT", self._subject, f"{self._path}/draft", change)
        return _parsed(response, SetupDraftStored)

    async def confirm(self, revision: int) -> SetupConfirmed:
        """Makes the interview. Idempotent for one revision.

        Raises:
            StaleRevisionError: The draft has another revision.
            RefusedError: Something is missing.
        """
        body = SetupConfirmation(revision=revision)
        response = await self._client.post(self._subject, f"{self._path}/confirm", body)
        return _parsed(response, SetupConfirmed)

    async def abandon(self) -> None:
        """Idempotent."""
        await self._client.post(self._subject, f"{self._path}/abandon")

    async def lost(self, epoch: int) -> None:
        """As AttemptCalls.lost."""
        await self._client.post(self._subject, f"{self._path}/lost", JobLost(epoch=epoch))


class AssessorCalls:
    """Calls of one assessor process."""

    def __init__(self, client: TokenServerClient, subject: str, assessor_id: str) -> None:
        self._client = client
        self._subject = subject
        self.assessor_id = assessor_id

    async def claim(self, lease_sec: int) -> AssessmentWork | None:
        """The oldest claimable assessment with all that it needs, or None when there is none."""
        request = ClaimRequest(assessor_id=self.assessor_id, lease_sec=lease_sec)
        response = await self._client.post(self._subject, "/api/worker/assessments/claim", request)
        return None if response.status_code == HTTPStatus.NO_CONTENT else _parsed(response, AssessmentWork)

    async def report_progress(self, assessment_id: str, progress: float, lease_sec: int) -> None:
        """Renews the lease too. Raises SupersededError when it is lost."""
        report = ProgressReport(assessor_id=self.assessor_id, progress=progress, lease_sec=lease_sec)
        await self._client.post(self._subject, _assessment_path(assessment_id, "progress"), report)

    async def deliver(self, assessment_id: str, report: FeedbackReport) -> None:
        """Idempotent. Raises SupersededError when another assessor has finished it."""
        await self._client.post(self._subject, _assessment_path(assessment_id, "feedback"), report)

    async def report_failure(self, assessment_id: str, reason: str, *, retry: bool) -> None:
        report = FailureReport(assessor_id=self.assessor_id, reason=reason, retry=retry)
        await self._client.post(self._subject, _assessment_path(assessment_id, "failure"), report)


def _assessment_path(assessment_id: str, call: str) -> str:
    return f"/api/worker/assessments/{quote(assessment_id, safe='')}/{call}"


def _parsed(response: httpx.Response, shape: type[Answer]) -> Answer:
    try:
        return shape.model_validate_json(response.content)
    except ValidationError as error:
        # The details may quote the transcript, which belongs in no log.
        message = f"{response.request.url.path} answered something that is no {shape.__name__}"
        raise UnexpectedAnswerError(message, status=response.status_code) from error
