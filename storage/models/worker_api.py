"""What worker and assessor say to the token server (`/api/worker/...`), and what they get.

Authentication: `Authorization: Bearer <JWT>`, HS256 with `WORKER_API_SECRET`, `aud` = WORKER_AUDIENCE, `exp` required
(at most 10 minutes ahead), `sub` one of `worker:<id>`, `assessor:<id>`, `attempt:<id>`, `setup:<id>`.

| call | sub | body -> answer (those of set-ups are in storage/models/setup.py) |
|---|---|---|
| `POST /api/worker/heartbeat` | worker | WorkerHeartbeat -> 204 |
| `POST /api/worker/attempts/{id}/join` | attempt | JoinRequest -> 200 AttemptBrief; 409 superseded, attempt_over |
| `POST /api/worker/attempts/{id}/heartbeat` | attempt | AttemptHeartbeat -> 204; 409 superseded, attempt_over |
| `POST /api/worker/attempts/{id}/turns` | attempt | TurnBatch -> 200 TurnsStored; idempotent by seq, any epoch |
| `POST /api/worker/attempts/{id}/lost` | attempt | JobLost -> 204: its process is gone, another one is sent for |
| `PUT /api/worker/attempts/{id}/recordings/{epoch}` | attempt | `?offset_ms&duration_ms`, the file -> 204; below |
| `POST /api/worker/attempts/{id}/end` | attempt | AttemptEnd -> 204, also when it is over already; 409 superseded |
| `POST /api/worker/assessments/claim` | assessor | ClaimRequest -> 200 AssessmentWork, or 204 when there is none |
| `POST /api/worker/assessments/{id}/progress` | assessor | ProgressReport -> 204; renews the lease; 409 superseded |
| `POST /api/worker/assessments/{id}/feedback` | assessor | FeedbackReport -> 204; idempotent; 409 superseded |
| `POST /api/worker/assessments/{id}/failure` | assessor | FailureReport -> 204 |
| `POST /api/worker/setup-conversations/{id}/join` | setup | SetupJoin -> 200 SetupBrief; 409 setup_over |
| `GET /api/worker/setup-conversations/{id}/draft` | setup | 200 SetupDraftStored |
| `PUT /api/worker/setup-conversations/{id}/draft` | setup | SetupDraftChange -> 200 SetupDraftStored; 409 as below |
| `POST /api/worker/setup-conversations/{id}/confirm` | setup | SetupConfirmation -> 200 SetupConfirmed |
| `POST /api/worker/setup-conversations/{id}/abandon` | setup | 204, also when it is over already |
| `POST /api/worker/setup-conversations/{id}/lost` | setup | JobLost -> 204: as for attempts |

A recording: idempotent by epoch, the body needs a Content-Length. 404 when it isn't wanted: no consent, or deleted.
Changing and confirming a draft: 409 stale_revision when it has another revision, setup_over when it isn't live.
Confirming: 422 with the fields that are missing; what was confirmed at this revision already gives the same interview.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from storage.models.attempt import EndReason, Measurements, Position
from storage.models.base import Model
from storage.models.feedback import Feedback
from storage.models.interview import Plan, QuestionKey
from storage.models.transcript import Turn

WORKER_AUDIENCE = "mock-interview-worker"

Places = Annotated[int, Field(ge=0, le=100_000)]
AssessorId = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class WorkerHeartbeat(Model):
    """Posted every 2 s by the worker's main process."""

    worker_id: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    capacity: Places
    active: Places
    warm: Places
    """Processes that have loaded their models and wait for a job."""
    registered: bool
    """Connected to livekit-server and available for jobs."""
    outbox_problem: Annotated[str, StringConstraints(max_length=200)] | None = None
    """Why turns can't be kept on the worker's disk. Its interviews go on; a crash would cost what isn't sent yet."""


class JoinRequest(Model):
    epoch: Annotated[int, Field(ge=1)]
    job_id: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class AttemptBrief(Model):
    """What a job needs to run or resume an attempt."""

    attempt_id: str
    epoch: int
    candidate_name: str
    plan: Plan
    keys: list[QuestionKey]
    started_at: datetime
    elapsed_ms: int
    """Milliseconds since `started_at` by the token server's clock, at the time of the answer."""
    resumed: bool
    """An earlier job of this attempt was live."""
    position: Position
    measurements: Measurements = Measurements()
    """Of the attempt's earlier jobs."""
    turns: list[Turn]
    """Stored so far, by seq."""
    record_audio: bool
    """The candidate consented, and has deleted nothing since."""


class AttemptHeartbeat(Model):
    epoch: Annotated[int, Field(ge=1)]
    position: Position
    measurements: Measurements | None = None


class JobLost(Model):
    """Said by whoever saw the job of this epoch end without having come to its end."""

    epoch: Annotated[int, Field(ge=1)]


class TurnBatch(Model):
    turns: Annotated[list[Turn], Field(min_length=1, max_length=100)]


class TurnsStored(Model):
    stored: list[int]
    """`seq` of every turn of the batch that is in the store now, new or already there."""


class AttemptEnd(Model):
    epoch: Annotated[int, Field(ge=1)]
    reason: EndReason
    position: Position
    measurements: Measurements


class ClaimRequest(Model):
    assessor_id: AssessorId
    lease_sec: Annotated[int, Field(ge=10, le=600)] = 60


class ProgressReport(Model):
    assessor_id: AssessorId
    progress: Annotated[float, Field(ge=0, le=1)]
    lease_sec: Annotated[int, Field(ge=10, le=600)] = 60


class FeedbackReport(Model):
    """`feedback` is None exactly when the attempt is not assessable; `reason` then says why, in plain words."""

    assessor_id: AssessorId
    status: Literal["done", "not_assessable"]
    feedback: Feedback | None = None
    reason: Annotated[str, StringConstraints(max_length=500)] | None = None


class FailureReport(Model):
    assessor_id: AssessorId
    reason: Annotated[str, StringConstraints(max_length=500)]
    """Plain words for the candidate."""
    retry: bool
