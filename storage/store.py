"""The store protocol: every read and write that the token server makes.

Two sides. `Store` writes and reads as the service (the secret key, no row-level security); its callers have checked
the owner. `OwnerView` reads as one signed-in person, so that row-level security is the second lock behind the
owner check. Ids are UUID strings; one that isn't a UUID is simply not found. All times are aware UTC datetimes.

Errors: storage.errors. Reads of a single row raise NotFoundError; they never return None for "not yours".
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Literal, Protocol, TypeVar

from storage.assessment_store import AssessmentStore
from storage.document_store import DocumentStore
from storage.models.assessment import Assessment
from storage.models.attempt import Attempt, EndReason, Measurements, Position
from storage.models.document import Resume
from storage.models.feedback import AreaForImprovement, Category, Delivery, Feedback, Grader
from storage.models.interview import (
    Interview,
    InterviewParameters,
    InterviewType,
    Level,
    Plan,
    PlanDraft,
    PlannedQuestion,
    QuestionKey,
)
from storage.models.recording import Recording
from storage.models.setup import SetupConversation, SetupStatus
from storage.models.transcript import Turn, TurnCorrection
from storage.models.worker_api import AttemptBrief, WorkerHeartbeat
from storage.recording_store import RecordingStore
from storage.setup_store import SetupStore

InterviewSort = Literal["newest", "oldest", "title", "recent", "best"]
"""`recent`: by when it was last taken, or made. `best`: by the best score, those without one last."""
InterviewStatus = Literal["new", "open", "reported"]
"""Never taken, being taken now, with at least one report."""
T = TypeVar("T")

MOST_ASSESSED = 200
"""Attempts with feedback that are read at once."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    items: list[T]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class InterviewQuery:
    """`q` searches title, role and technologies, case-insensitively."""

    cursor: str | None = None
    limit: int = 20
    q: str | None = None
    role: str | None = None
    interview_type: InterviewType | None = None
    level: Level | None = None
    technology: str | None = None
    """One of the interview's, in whatever case."""
    status: InterviewStatus | None = None
    sort: InterviewSort = "newest"


@dataclass(frozen=True, slots=True)
class AttemptSummary:
    attempt: Attempt
    overall_score: int | None
    """Of the newest finished assessment."""
    assessment_status: str | None


@dataclass(frozen=True, slots=True)
class InterviewWithAttempts:
    interview: Interview
    attempts: list[AttemptSummary] = field(default_factory=list[AttemptSummary])
    """Newest first."""


@dataclass(frozen=True, slots=True)
class AssessedAttempt:
    """An attempt, and what its newest feedback says as far as it can be followed over time."""

    attempt_id: str
    interview_id: str
    title: str
    """Of the interview."""
    number: int
    ended_at: datetime
    interview_type: InterviewType
    level: Level
    """Of the plan that this attempt had; the interview may have a newer one."""
    assessment_id: str
    overall_score: int | None
    scores: dict[Category, int | None]
    areas: list[AreaForImprovement]
    """Without their evidence."""
    delivery: Delivery
    grader: Grader


class OwnerView(Protocol):
    """What one signed-in person may read."""

    async def display_name(self) -> str: ...
    async def resume(self) -> Resume | None: ...
    async def interviews(self, query: InterviewQuery) -> Page[InterviewWithAttempts]: ...
    async def interview(self, interview_id: str) -> InterviewWithAttempts: ...
    async def technologies(self) -> list[str]:
        """Of all interviews, each once, by the alphabet."""
        ...

    async def attempt(self, attempt_id: str) -> Attempt: ...
    async def plan(self, plan_id: str) -> Plan: ...
    async def plans(self, interview_id: str) -> list[Plan]:
        """All versions, ascending; empty for an interview that isn't this person's."""
        ...

    async def turns(self, attempt_id: str, *, after_seq: int | None, limit: int) -> Page[Turn]:
        """Ascending by seq, from the first after `after_seq`. The cursor is a seq."""
        ...

    async def corrections(self, attempt_id: str) -> list[TurnCorrection]:
        """Ascending by seq; empty for an attempt that isn't this person's."""
        ...

    async def recordings(self, attempt_id: str) -> list[Recording]:
        """By epoch; empty for an attempt that isn't this person's."""
        ...

    async def assessments(self, attempt_id: str) -> list[Assessment]:
        """Newest first."""
        ...

    async def feedback(self, assessment_id: str) -> Feedback: ...
    async def setup(self, setup_id: str) -> SetupConversation: ...
    async def setups(
        self, statuses: Sequence[SetupStatus], *, cursor: str | None, limit: int
    ) -> Page[SetupConversation]:
        """In one of these states, newest first."""
        ...

    async def assessed_attempts(
        self, *, interview_id: str | None = None, limit: int = MOST_ASSESSED
    ) -> list[AssessedAttempt]:
        """Those that have feedback, of one interview or of all: newest first."""
        ...


class Store(AssessmentStore, SetupStore, DocumentStore, RecordingStore, Protocol):
    """Everything the token server does as the service."""

    def as_owner(self, access_token: str, user_id: str) -> OwnerView: ...

    async def ping(self) -> None:
        """Raises StoreUnavailableError unless a query through the API works."""
        ...

    # -- profiles
    async def display_name(self, user_id: str) -> str: ...
    async def set_display_name(self, user_id: str, display_name: str) -> None: ...
    async def note_seen(self, user_id: str, *, now: datetime) -> None:
        """That this person uses their account; kept to the day."""
        ...

    async def delete_account(self, user_id: str) -> None:
        """With everything that belongs to it, and what the auth service noted about it."""
        ...

    # -- retention: each at most `limit` at once, the oldest first
    async def delete_ended_attempts(self, *, before: datetime, limit: int) -> list[str]:
        """Those that ended before, with turns and feedback. Returns their ids."""
        ...

    async def delete_abandoned_setups(self, *, before: datetime, limit: int) -> list[str]:
        """Those that nobody has touched since. Returns their ids."""
        ...

    async def idle_accounts(self, *, before: datetime, limit: int) -> list[str]:
        """Ids of people who were last seen before, and sit in no attempt."""
        ...

    # -- interviews and plans
    async def create_interview(
        self, owner_id: str, title: str, parameters: InterviewParameters, draft: PlanDraft
    ) -> Interview: ...
    async def interview(self, interview_id: str) -> Interview: ...
    async def rename_interview(self, interview_id: str, title: str) -> None: ...
    async def add_plan(self, interview_id: str, parameters: InterviewParameters, draft: PlanDraft) -> Plan:
        """A new current plan with the next version. Existing attempts keep theirs."""
        ...

    async def plan(self, plan_id: str) -> Plan: ...
    async def plan_keys(self, plan_id: str) -> list[QuestionKey]: ...
    async def used_questions(self, interview_id: str) -> list[PlannedQuestion]:
        """Of all plans of the interview and of its owner's others for the same role, the oldest first and each once."""
        ...

    async def delete_interview(self, interview_id: str) -> None:
        """With plans, attempts, turns, assessments, feedback."""
        ...

    # -- attempts
    async def create_attempt(
        self,
        interview_id: str,
        owner_id: str,
        plan_id: str,
        *,
        record_audio: bool,
        idempotency_key: str | None = None,
    ) -> Attempt:
        """Status planned. ConflictError `attempt_open` (ref: its id) while the owner has one planned or live.

        Enforced by the database, so that two requests at once make one attempt. With a key that an attempt of this
        interview was made with: that attempt, as it is now.
        """
        ...

    async def attempt_of_key(self, interview_id: str, idempotency_key: str) -> Attempt | None:
        """The attempt that was made with this key. The caller has checked the interview's owner."""
        ...

    async def attempt(self, attempt_id: str) -> Attempt: ...
    async def raise_epoch(self, attempt_id: str, *, expected_epoch: int, silent_since: datetime | None = None) -> int:
        """Compare-and-set; returns the new epoch.

        ConflictError `superseded`, also where the job has reported after `silent_since`; `attempt_over`.
        """
        ...

    async def join_attempt(self, attempt_id: str, *, epoch: int, now: datetime) -> AttemptBrief:
        """A job goes live: planned becomes live with `started_at`, live stays live (resumed).

        ConflictError `superseded` for an older epoch than the stored one, `attempt_over` when it ended.
        """
        ...

    async def beat_attempt(
        self, attempt_id: str, *, epoch: int, now: datetime, position: Position, measurements: Measurements | None
    ) -> None:
        """ConflictError `superseded` or `attempt_over`."""
        ...

    async def append_turns(self, attempt_id: str, turns: Sequence[Turn]) -> list[int]:
        """Idempotent by seq: a turn that is there already stays as it is. Returns the seqs that are stored now.

        Words of the candidate that come after the end are judged too: abandoned becomes ended where they are the
        first answer, and an assessment is queued, or begins anew, unless it hasn't begun.
        """
        ...

    async def correct_turn(self, attempt_id: str, seq: int, text: str) -> TurnCorrection:
        """Takes the place of an earlier correction, and raises the transcript's revision unless it says the same.

        ConflictError `attempt_open` while the attempt isn't over, `validation_failed` for a turn of the interviewer.
        """
        ...

    async def take_back_correction(self, attempt_id: str, seq: int) -> None:
        """Also when there is none. NotFoundError for no such turn."""
        ...

    async def end_attempt(
        self,
        attempt_id: str,
        *,
        reason: EndReason,
        now: datetime,
        epoch: int | None = None,
        position: Position | None = None,
        measurements: Measurements | None = None,
    ) -> Attempt:
        """To ended, or abandoned if the candidate never answered (no candidate turn with intent `answer`).

        Ended also queues an assessment, in the same call. Already over: returns it as it is. With `epoch`:
        ConflictError `superseded` when it is older than the stored one.
        """
        ...

    async def open_attempts(self) -> list[Attempt]:
        """Planned and live ones of everybody, for the sweep."""
        ...

    # -- workers
    async def beat_worker(self, heartbeat: WorkerHeartbeat, *, now: datetime) -> None: ...
    async def workers(self, *, seen_after: datetime) -> list[WorkerHeartbeat]: ...
