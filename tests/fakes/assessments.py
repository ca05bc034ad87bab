"""The part of the in-memory store that queues, leases and finishes assessments."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from storage.assessment_store import GAVE_UP, MAX_ASSESSMENT_TRIES, OVERDUE, RETRY_DELAY_SEC
from storage.errors import ConflictError
from storage.models.assessment import RUBRIC_VERSION, Assessment, AssessmentWork
from storage.models.feedback import Feedback
from tests.fakes.tables import OPEN, WORKING, Tables, find


class FakeAssessments:
    def __init__(self, tables: Tables, clock: Callable[[], datetime]) -> None:
        self.tables = tables
        self.clock = clock

    async def queue_assessment(self, attempt_id: str) -> Assessment:
        attempt = find(self.tables.attempts, attempt_id)
        if attempt.status in OPEN:
            raise ConflictError("attempt_open", ref=attempt_id)
        if any(a.status in WORKING for a in self.tables.assessments_of(attempt_id)):
            raise ConflictError("assessment_running")
        return self.add_assessment(attempt_id)

    def add_assessment(self, attempt_id: str) -> Assessment:
        assessment = Assessment(
            id=str(uuid4()),
            attempt_id=attempt_id,
            transcript_revision=self.tables.attempts[attempt_id].transcript_revision,
            rubric_version=RUBRIC_VERSION,
            status="queued",
            created_at=self.clock(),
        )
        self.tables.available_at[assessment.id] = assessment.created_at
        return self._save(assessment)

    async def claim_assessment(self, assessor_id: str, *, lease_sec: int) -> AssessmentWork | None:
        self._give_up_on_lost_ones()
        now = self.clock()
        for assessment in self.tables.assessments.values():
            waiting = assessment.status == "queued" and self.tables.available_at[assessment.id] <= now
            if waiting or self._lease_ran_out(assessment):
                attempt = self.tables.attempts[assessment.attempt_id]
                claimed = self._change(
                    assessment,
                    status="running",
                    lease_owner=assessor_id,
                    lease_until=now + timedelta(seconds=lease_sec),
                    tries=assessment.tries + 1,
                    progress=0.0,
                    error=None,
                    transcript_revision=attempt.transcript_revision,
                )
                return AssessmentWork(
                    assessment=claimed,
                    attempt=attempt,
                    plan=self.tables.plans[attempt.plan_id],
                    keys=self.tables.plan_keys[attempt.plan_id],
                    turns=self.tables.turns_of(attempt.id),
                    corrections=self.tables.corrections_of(attempt.id),
                )
        return None

    async def report_progress(self, assessment_id: str, *, assessor_id: str, progress: float, lease_sec: int) -> None:
        assessment = self._running(assessment_id, assessor_id)
        self._change(assessment, progress=progress, lease_until=self.clock() + timedelta(seconds=lease_sec))

    async def finish_assessment(self, assessment_id: str, *, assessor_id: str, feedback: Feedback) -> None:
        assessment = find(self.tables.assessments, assessment_id)
        if (feedback.assessment_id, feedback.attempt_id) != (assessment.id, assessment.attempt_id):
            raise ConflictError("validation_failed", "the feedback is of another assessment")
        if assessment.status == "done" and assessment.lease_owner == assessor_id:
            return
        self._change(self._running(assessment_id, assessor_id), status="done", progress=1.0, finished_at=self.clock())
        self.tables.feedback[assessment_id] = feedback

    async def mark_not_assessable(self, assessment_id: str, *, assessor_id: str, reason: str) -> None:
        assessment = find(self.tables.assessments, assessment_id)
        if assessment.status == "not_assessable" and assessment.lease_owner == assessor_id:
            return
        self._change(
            self._running(assessment_id, assessor_id),
            status="not_assessable",
            progress=1.0,
            error=reason,
            finished_at=self.clock(),
        )

    async def fail_assessment(self, assessment_id: str, *, assessor_id: str, reason: str, retry: bool) -> None:
        assessment = self._running(assessment_id, assessor_id)
        if retry and assessment.tries < MAX_ASSESSMENT_TRIES:
            self._change(assessment, status="queued", error=reason, lease_owner=None, lease_until=None, progress=0.0)
            delay = timedelta(seconds=RETRY_DELAY_SEC * assessment.tries)
            self.tables.available_at[assessment_id] = self.clock() + delay
        else:
            self._change(assessment, status="failed", error=reason, finished_at=self.clock())

    async def settle_assessments(self, *, overdue_sec: float) -> int:
        settled = self._give_up_on_lost_ones()
        since = self.clock() - timedelta(seconds=overdue_sec)
        for assessment in list(self.tables.assessments.values()):
            if assessment.status == "queued" and self.tables.available_at[assessment.id] < since:
                self._change(assessment, status="failed", error=OVERDUE, finished_at=self.clock())
                settled += 1
        return settled

    def judge_late_words(self, attempt_id: str) -> None:
        """An attempt that is over has got more words."""
        working = [one for one in self.tables.assessments_of(attempt_id) if one.status in WORKING]
        for assessment in working:
            if assessment.status == "running":
                tries = max(0, assessment.tries - 1)
                self._change(assessment, status="queued", lease_owner=None, lease_until=None, progress=0.0, tries=tries)
                self.tables.available_at[assessment.id] = self.clock()
        if not working:
            self.add_assessment(attempt_id)

    def _give_up_on_lost_ones(self) -> int:
        """A lease that ran out on the last try: the assessor died each time, so another would too."""
        lost = [
            assessment
            for assessment in self.tables.assessments.values()
            if self._lease_ran_out(assessment) and assessment.tries >= MAX_ASSESSMENT_TRIES
        ]
        for assessment in lost:
            self._change(assessment, status="failed", error=GAVE_UP, finished_at=self.clock())
        return len(lost)

    def _lease_ran_out(self, assessment: Assessment) -> bool:
        until = assessment.lease_until
        return assessment.status == "running" and until is not None and until < self.clock()

    def _running(self, assessment_id: str, assessor_id: str) -> Assessment:
        assessment = find(self.tables.assessments, assessment_id)
        if assessment.status != "running" or assessment.lease_owner != assessor_id:
            raise ConflictError("superseded")
        return assessment

    def _change(self, assessment: Assessment, **update: object) -> Assessment:
        return self._save(assessment.model_copy(update=update))

    def _save(self, assessment: Assessment) -> Assessment:
        self.tables.assessments[assessment.id] = assessment
        return assessment
