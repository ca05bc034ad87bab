"""The store in memory: same contract as the Supabase one, held to the same tests (test_store_contract.py).

`add_profile` stands in for the sign-up that makes a profile. Pass `clock` to move time by hand: leases and retry
delays follow it.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import uuid4

from storage.errors import ConflictError, NotFoundError, StoreUnavailableError
from storage.models.attempt import Attempt, EndReason, Measurements, Position
from storage.models.base import Model
from storage.models.interview import Interview, InterviewParameters, Plan, PlanDraft, PlannedQuestion, QuestionKey
from storage.models.transcript import Turn
from storage.models.worker_api import AttemptBrief, WorkerHeartbeat
from storage.store import OwnerView
from storage.text import drop_nul
from tests.fakes.assessments import FakeAssessments
from tests.fakes.corrections import FakeCorrections
from tests.fakes.documents import FakeDocuments
from tests.fakes.owner_view import FakeOwnerView
from tests.fakes.recordings import FakeRecordings
from tests.fakes.setups import FakeSetups
from tests.fakes.tables import OPEN, Tables, find

ModelT = TypeVar("ModelT", bound=Model)


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _storable(model: ModelT) -> ModelT:
    """As it comes back from the database, which holds no NUL."""
    return type(model).model_validate(drop_nul(model.model_dump()))


class FakeStore(FakeAssessments, FakeCorrections, FakeDocuments, FakeRecordings, FakeSetups):
    """A Store. Single-threaded and without awaits inside, so that each call is one step, as in the database."""

    def __init__(self, clock: Callable[[], datetime] = _utc_now) -> None:
        super().__init__(Tables(), clock)
        self._attempt_ids_by_key: dict[tuple[str, str], str] = {}
        self.available = True
        """Set to False, and `ping` raises StoreUnavailableError."""

    def add_profile(self, display_name: str = "Ada", user_id: str | None = None) -> str:
        """A signed-up person. Returns the user id."""
        user_id = user_id or str(uuid4())
        self.tables.profiles[user_id] = display_name
        self.tables.last_seen[user_id] = self.clock()
        return user_id

    def as_owner(self, access_token: str, user_id: str) -> OwnerView:
        return FakeOwnerView(self.tables, user_id)

    async def ping(self) -> None:
        if not self.available:
            raise StoreUnavailableError("the fake store was switched off")

    # -- profiles
    async def display_name(self, user_id: str) -> str:
        return find(self.tables.profiles, user_id)

    async def set_display_name(self, user_id: str, display_name: str) -> None:
        find(self.tables.profiles, user_id)
        self.tables.profiles[user_id] = drop_nul(display_name)

    async def delete_account(self, user_id: str) -> None:
        find(self.tables.profiles, user_id)
        self.tables.drop_interviews([i.id for i in self.tables.interviews.values() if i.owner_id == user_id])
        self.tables.drop_setups(user_id)
        self.tables.resumes.pop(user_id, None)
        del self.tables.profiles[user_id]

    async def note_seen(self, user_id: str, *, now: datetime) -> None:
        if user_id in self.tables.profiles and now - self._seen(user_id) > timedelta(days=1):
            self.tables.last_seen[user_id] = now

    # -- retention
    async def delete_ended_attempts(self, *, before: datetime, limit: int) -> list[str]:
        ended = [(a.ended_at, a.id) for a in self.tables.attempts.values() if a.ended_at is not None]
        gone = [attempt_id for ended_at, attempt_id in sorted(ended) if ended_at < before][:limit]
        self.tables.drop_attempts(gone)
        return gone

    async def delete_abandoned_setups(self, *, before: datetime, limit: int) -> list[str]:
        old = [s for s in self.tables.setups.values() if s.status == "abandoned" and s.updated_at < before]
        gone = [setup.id for setup in sorted(old, key=lambda setup: setup.updated_at)][:limit]
        for setup_id in gone:
            del self.tables.setups[setup_id]
        return gone

    async def idle_accounts(self, *, before: datetime, limit: int) -> list[str]:
        busy = {a.owner_id for a in self.tables.attempts.values() if a.status in OPEN}
        idle = [user_id for user_id in self.tables.profiles if self._seen(user_id) < before and user_id not in busy]
        return sorted(idle, key=self._seen)[:limit]

    def _seen(self, user_id: str) -> datetime:
        return self.tables.last_seen[user_id]

    # -- interviews and plans
    async def create_interview(
        self, owner_id: str, title: str, parameters: InterviewParameters, draft: PlanDraft
    ) -> Interview:
        find(self.tables.profiles, owner_id)
        interview_id = str(uuid4())
        plan = self._new_plan(interview_id, 1, parameters, draft)
        interview = Interview(
            id=interview_id, owner_id=owner_id, title=drop_nul(title), current_plan=plan, created_at=self._next_time()
        )
        self.tables.interviews[interview_id] = interview
        return interview

    async def interview(self, interview_id: str) -> Interview:
        return find(self.tables.interviews, interview_id)

    async def rename_interview(self, interview_id: str, title: str) -> None:
        interview = find(self.tables.interviews, interview_id)
        self.tables.interviews[interview_id] = interview.model_copy(update={"title": drop_nul(title)})

    async def add_plan(self, interview_id: str, parameters: InterviewParameters, draft: PlanDraft) -> Plan:
        interview = find(self.tables.interviews, interview_id)
        plan = self._new_plan(interview_id, interview.current_plan.version + 1, parameters, draft)
        self.tables.interviews[interview_id] = interview.model_copy(update={"current_plan": plan})
        return plan

    async def plan(self, plan_id: str) -> Plan:
        return find(self.tables.plans, plan_id)

    async def plan_keys(self, plan_id: str) -> list[QuestionKey]:
        return list(find(self.tables.plan_keys, plan_id))

    async def used_questions(self, interview_id: str) -> list[PlannedQuestion]:
        interview = find(self.tables.interviews, interview_id)
        role = interview.current_plan.parameters.role.lower()
        same_role = {
            other.id
            for other in self.tables.interviews.values()
            if other.owner_id == interview.owner_id and other.current_plan.parameters.role.lower() == role
        }
        found: dict[str, PlannedQuestion] = {}
        for plan in self.tables.plans.values():
            if plan.interview_id in same_role:
                for question in plan.questions:
                    found.setdefault(question.question_id, question)
        return list(found.values())

    async def delete_interview(self, interview_id: str) -> None:
        find(self.tables.interviews, interview_id)
        self.tables.drop_interviews([interview_id])

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
        if idempotency_key is not None:
            again = await self.attempt_of_key(interview_id, idempotency_key)
            if again is not None:
                return again
        interview = find(self.tables.interviews, interview_id)
        plan = find(self.tables.plans, plan_id)
        if interview.owner_id != owner_id or plan.interview_id != interview_id:
            raise NotFoundError
        for other in self.tables.attempts.values():
            if other.owner_id == owner_id and other.status in OPEN:
                raise ConflictError("attempt_open", ref=other.id)
        now = self.clock()
        attempt = Attempt(
            id=str(uuid4()),
            interview_id=interview_id,
            owner_id=owner_id,
            plan_id=plan_id,
            number=len(self.tables.attempts_of(interview_id)) + 1,
            status="planned",
            record_audio=record_audio,
            audio_consented_at=now if record_audio else None,
            created_at=now,
        )
        if idempotency_key is not None:
            self._attempt_ids_by_key[interview_id, idempotency_key] = attempt.id
        return self._put(attempt)

    async def attempt_of_key(self, interview_id: str, idempotency_key: str) -> Attempt | None:
        attempt_id = self._attempt_ids_by_key.get((interview_id, idempotency_key))
        return self.tables.attempts.get(attempt_id) if attempt_id is not None else None

    async def attempt(self, attempt_id: str) -> Attempt:
        return find(self.tables.attempts, attempt_id)

    async def raise_epoch(self, attempt_id: str, *, expected_epoch: int, silent_since: datetime | None = None) -> int:
        attempt = self._open_attempt(attempt_id)
        has_reported = silent_since and attempt.heartbeat_at and attempt.heartbeat_at > silent_since
        if attempt.job_epoch != expected_epoch or has_reported:
            raise ConflictError("superseded")
        return self._put(attempt.model_copy(update={"job_epoch": expected_epoch + 1})).job_epoch

    async def join_attempt(self, attempt_id: str, *, epoch: int, now: datetime) -> AttemptBrief:
        attempt = self._open_attempt(attempt_id, epoch=epoch)
        resumed = attempt.status == "live"
        started_at = attempt.started_at or now
        attempt = self._put(
            attempt.model_copy(
                update={"status": "live", "started_at": started_at, "heartbeat_at": now, "job_epoch": epoch}
            )
        )
        return AttemptBrief(
            attempt_id=attempt.id,
            epoch=epoch,
            candidate_name=self.tables.profiles[attempt.owner_id],
            plan=self.tables.plans[attempt.plan_id],
            keys=self.tables.plan_keys[attempt.plan_id],
            started_at=started_at,
            elapsed_ms=max(0, round((now - started_at).total_seconds() * 1000)),
            resumed=resumed,
            position=attempt.position,
            measurements=attempt.measurements,
            turns=self.tables.turns_of(attempt.id),
            record_audio=attempt.may_be_recorded,
        )

    async def beat_attempt(
        self, attempt_id: str, *, epoch: int, now: datetime, position: Position, measurements: Measurements | None
    ) -> None:
        attempt = self._open_attempt(attempt_id, epoch=epoch)
        update = {
            "heartbeat_at": now,
            "position": position,
            "measurements": measurements or attempt.measurements,
        }
        self._put(attempt.model_copy(update=update))

    async def append_turns(self, attempt_id: str, turns: Sequence[Turn]) -> list[int]:
        attempt = find(self.tables.attempts, attempt_id)
        stored = self.tables.turns.setdefault(attempt_id, {})
        fresh = [turn for turn in turns if turn.seq not in stored]
        stored.update({turn.seq: _storable(turn) for turn in fresh})
        self.raise_revision(attempt, by=len(fresh))
        if attempt.status not in OPEN and any(turn.speaker == "candidate" for turn in fresh):
            self._take_up_late_words(attempt_id)
        return sorted({turn.seq for turn in turns})

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
        attempt = find(self.tables.attempts, attempt_id)
        if attempt.status not in OPEN:
            return attempt
        if epoch is not None and epoch < attempt.job_epoch:
            raise ConflictError("superseded")
        answered = self._has_answer(attempt_id)
        update = {
            "status": "ended" if answered else "abandoned",
            "ended_at": now,
            "end_reason": reason,
            "position": position or attempt.position,
            "measurements": measurements or attempt.measurements,
        }
        attempt = self._put(attempt.model_copy(update=update))
        if answered:
            self.add_assessment(attempt_id)
        return attempt

    async def open_attempts(self) -> list[Attempt]:
        return [a for a in self.tables.attempts.values() if a.status in OPEN]

    # -- workers
    async def beat_worker(self, heartbeat: WorkerHeartbeat, *, now: datetime) -> None:
        self.tables.workers[heartbeat.worker_id] = (heartbeat, now)

    async def workers(self, *, seen_after: datetime) -> list[WorkerHeartbeat]:
        beats = sorted(self.tables.workers.items())
        return [heartbeat for _, (heartbeat, seen_at) in beats if seen_at > seen_after]

    def _take_up_late_words(self, attempt_id: str) -> None:
        if self._has_answer(attempt_id):
            self._put(self.tables.attempts[attempt_id].model_copy(update={"status": "ended"}))
            self.judge_late_words(attempt_id)

    def _has_answer(self, attempt_id: str) -> bool:
        return any(t.speaker == "candidate" and t.intent == "answer" for t in self.tables.turns_of(attempt_id))

    def _new_plan(self, interview_id: str, version: int, parameters: InterviewParameters, draft: PlanDraft) -> Plan:
        plan = Plan(
            id=str(uuid4()),
            interview_id=interview_id,
            version=version,
            parameters=_storable(parameters),
            questions=draft.questions,
            source=draft.source,
            created_at=self.clock(),
        )
        self.tables.plans[plan.id] = plan
        self.tables.plan_keys[plan.id] = list(draft.keys)
        return plan

    def _next_time(self) -> datetime:
        """Later than any interview's: as in the database, also when the clock stands still."""
        newest = max((i.created_at for i in self.tables.interviews.values()), default=None)
        now = self.clock()
        return now if newest is None else max(now, newest + timedelta(microseconds=1))

    def _open_attempt(self, attempt_id: str, *, epoch: int | None = None) -> Attempt:
        attempt = find(self.tables.attempts, attempt_id)
        if attempt.status not in OPEN:
            raise ConflictError("attempt_over")
        if epoch is not None and epoch < attempt.job_epoch:
            raise ConflictError("superseded")
        return attempt

    def _put(self, attempt: Attempt) -> Attempt:
        self.tables.attempts[attempt.id] = attempt
        return attempt
